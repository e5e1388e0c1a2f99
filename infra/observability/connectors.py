"""Connectors: every log and the audit log into the archive, and those calls out of the audit log that make a crossing
to whoever has to know.

A connector reads from 16 sources at most. Logs and the audit log have connectors of their own, as many as it takes: a
source that is added at the end changes the last of its kind alone.
Source: Oracle, "Connector Hub", https://docs.oracle.com/iaas/Content/connector-hub/overview.htm; how many sources,
https://docs.oracle.com/iaas/api/#/en/serviceconnectors/latest/datatypes/LoggingSourceDetails; that `_Audit` stands
for a compartment's audit log, and is all that may go to a topic, is in the provider's own documentation
(`Sch/connector`, `source.logSources.logGroupId`); the form of the filter, "Logging Query Language",
https://docs.oracle.com/iaas/Content/Logging/Reference/query_language_specification.htm
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.observability.log_sources import LogSource
from infra.observability.service_log import LogGroups
from infra.observability.watched import crossing_calls
from infra.place import Place
from infra.systems import System

_AUDIT = "_Audit"
_MOST_SOURCES = 16


@dataclass(frozen=True)
class ConnectorsArgs:
    """Where they stand, what they read, and where they write: a bucket of our namespace, and a topic."""

    place: Place
    logs: LogGroups
    compartment_ids: Mapping[System, pulumi.Output[str]]
    also_audited: tuple[pulumi.Input[str], ...]
    namespace: str
    bucket: pulumi.Input[str]
    topic_id: pulumi.Input[str]


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
        for part, some in parts(audit):
            self._connect(
                f"{name}-crossings-{part}",
                display_name=args.place.name(f"crossings-{part}"),
                description=f"Calls that make a crossing, to those who answer for the boundary: part {part}",
                source=oci.sch.ConnectorSourceArgs(kind="logging", log_sources=some),
                target=oci.sch.ConnectorTargetArgs(
                    kind="notifications", topic_id=args.topic_id, enable_formatted_messaging=True
                ),
                tasks=[oci.sch.ConnectorTaskArgs(kind="logRule", condition=crossings_alone())],
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


def crossings_alone() -> str:
    """The filter that lets through the calls that make a crossing; it may have 1,048,576 characters."""
    return " or ".join(f"data.eventName = '{call}'" for call in crossing_calls())
