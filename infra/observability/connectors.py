"""Connectors: every log and the audit log into the archive, and those calls out of the audit log that make a crossing
to whoever has to know.

A connector reads from 16 sources at most. Logs and the audit log have connectors of their own, as many as it takes: a
source that is added at the end changes the last of its kind alone.
Source: Oracle, "Connector Hub", https://docs.oracle.com/iaas/Content/connector-hub/overview.htm; how many sources,
https://docs.oracle.com/iaas/api/#/en/serviceconnectors/latest/datatypes/LoggingSourceDetails; that `_Audit` stands
for a compartment's audit log, and is all that may go to a topic, is in the provider's own documentation
(`Sch/connector`, `source.logSources.logGroupId`); the form of the filter, "Logging Query Language",
https://docs.oracle.com/iaas/Content/Logging/Reference/query_language_specification.htm; who made a call,
`identity.principalId`, https://docs.oracle.com/iaas/Content/Audit/Reference/logeventreference.htm

Assumption: `not (…)` of a record that has no principal is true, so that a call by nobody is told of.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.observability.log_sources import LogSource
from infra.observability.runbooks import VIOLATION
from infra.observability.service_log import LogGroups
from infra.observability.topics import Topic
from infra.observability.watched import changes_of_ours, crossing_calls
from infra.place import Place
from infra.systems import System

_AUDIT = "_Audit"
_MOST_SOURCES = 16


@dataclass(frozen=True)
class ConnectorsArgs:
    """Where they stand, what they read, where they write (a bucket of our namespace, topics), and who deploys."""

    place: Place
    logs: LogGroups
    compartment_ids: Mapping[System, pulumi.Output[str]]
    also_audited: tuple[pulumi.Input[str], ...]
    namespace: str
    bucket: pulumi.Input[str]
    topic_ids: Mapping[Topic, pulumi.Input[str]]
    deployers: tuple[str, ...] = ()


class Connectors(pulumi.ComponentResource):
    """The connectors into the archive, and those that tell of crossings."""

    def __init__(self, name: str, args: ConnectorsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:observability:Connectors", name, None, opts)
        self._args = args
        audited = (*args.also_audited, *args.compartment_ids.values())
        audit = [oci.sch.ConnectorSourceLogSourceArgs(compartment_id=each, log_group_id=_AUDIT) for each in audited]
        groups = [
            oci.sch.ConnectorSourceLogSourceArgs(compartment_id=args.compartment_ids[system], log_group_id=group)
            for system, group in args.logs.ids.items()
        ]
        for label, sources in (("logs", groups), ("calls", audit)):
            for part, some in parts(sources):
                self._connect(
                    f"{name}-archive-{label}-{part}",
                    display_name=args.place.name(f"archive-{label}-{part}"),
                    description=f"Into the archive: {label}, part {part}",
                    source=oci.sch.ConnectorSourceArgs(kind="logging", log_sources=some),
                    target=oci.sch.ConnectorTargetArgs(
                        kind="objectStorage", namespace=args.namespace, bucket=args.bucket
                    ),
                )
        for told in tellings(args.deployers):
            for part, some in parts(audit):
                self._connect(
                    f"{name}-{told.label}-{part}",
                    display_name=args.place.name(f"{told.label}-{part}"),
                    description=f"{told.says}, part {part}: {VIOLATION}",
                    source=oci.sch.ConnectorSourceArgs(kind="logging", log_sources=some),
                    target=oci.sch.ConnectorTargetArgs(
                        kind="notifications", topic_id=args.topic_ids[told.topic], enable_formatted_messaging=True
                    ),
                    tasks=[oci.sch.ConnectorTaskArgs(kind="logRule", condition=told.condition)],
                )
        self.register_outputs({})

    def _connect(self, name: str, **of_connector: Any) -> None:
        place = self._args.place
        connector = oci.sch.Connector(
            name,
            compartment_id=place.compartment_id,
            defined_tags=place.tags(DataClass.OPERATIONAL),
            opts=place.holding(self),
            **of_connector,
        )
        self._args.logs.of(System.OBSERVABILITY, name, LogSource.CONNECTOR, connector.id, self)


def parts(sources: Sequence[Any]) -> Iterator[tuple[int, list[Any]]]:
    """The sources in their order, as many at once as one connector takes; parts are numbered from 1."""
    for part, first in enumerate(range(0, len(sources), _MOST_SOURCES), start=1):
        yield part, list(sources[first : first + _MOST_SOURCES])


@dataclass(frozen=True)
class Telling:
    """Which calls of the audit log a topic is told of; a filter may have 1,048,576 characters."""

    label: str
    says: str
    topic: Topic
    condition: str


def tellings(deployers: Sequence[str]) -> tuple[Telling, ...]:
    """Crossings by others than us to the boundary, ours to who runs things.

    While nobody is known to deploy, everybody is another.
    """
    crossings, by = "Calls that make a crossing", _any("data.identity.principalId", deployers)
    if not deployers:
        return (Telling("crossings", crossings, Topic.BOUNDARY, _any("data.eventName", crossing_calls())),)
    changes = _any("data.eventName", sorted({*crossing_calls(), *changes_of_ours()}))
    return (
        Telling("crossings", f"{crossings} or change guards, by others", Topic.BOUNDARY, f"({changes}) and not ({by})"),
        Telling(
            "deployments",
            f"{crossings}, by our own deployments",
            Topic.OPERATIONS,
            f"({_any('data.eventName', crossing_calls())}) and ({by})",
        ),
    )


def _any(field: str, values: Sequence[str]) -> str:
    return " or ".join(f"{field} = '{value}'" for value in values)
