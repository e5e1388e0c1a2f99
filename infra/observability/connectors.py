"""Connectors: every log and the audit log into the archive, and those calls out of the audit log that make a crossing
to whoever has to know.

Source: Oracle, "Connector Hub", https://docs.oracle.com/iaas/Content/connector-hub/overview.htm; that `_Audit` stands
for a compartment's audit log, and is all that may go to a topic, is in the provider's own documentation
(`Sch/connector`, `source.logSources.logGroupId`); the form of the filter, "Logging Query Language",
https://docs.oracle.com/iaas/Content/Logging/Reference/query_language_specification.htm
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.observability.log_sources import LogSource
from infra.observability.service_log import LogGroups
from infra.observability.watched import CALLS
from infra.place import Place
from infra.systems import System

_AUDIT = "_Audit"


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
    """One connector into the archive, and one that tells of crossings."""

    def __init__(self, name: str, args: ConnectorsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:observability:Connectors", name, None, opts)
        self._args = args
        audited = (*args.also_audited, *args.compartment_ids.values())
        audit = [oci.sch.ConnectorSourceLogSourceArgs(compartment_id=each, log_group_id=_AUDIT) for each in audited]
        groups = [
            oci.sch.ConnectorSourceLogSourceArgs(compartment_id=args.compartment_ids[system], log_group_id=group)
            for system, group in args.logs.ids.items()
        ]
        self._connect(
            f"{name}-archive",
            display_name=args.place.name("archive"),
            description="Every log, and every call, into the archive",
            source=oci.sch.ConnectorSourceArgs(kind="logging", log_sources=[*groups, *audit]),
            target=oci.sch.ConnectorTargetArgs(kind="objectStorage", namespace=args.namespace, bucket=args.bucket),
        )
        self._connect(
            f"{name}-crossings",
            display_name=args.place.name("crossings"),
            description="Calls that make a crossing, to those who answer for the boundary",
            source=oci.sch.ConnectorSourceArgs(kind="logging", log_sources=audit),
            target=oci.sch.ConnectorTargetArgs(
                kind="notifications", topic_id=args.topic_id, enable_formatted_messaging=True
            ),
            tasks=[oci.sch.ConnectorTaskArgs(kind="logRule", condition=crossing_calls())],
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


def crossing_calls() -> str:
    """The filter that lets through the calls that make a crossing."""
    return " or ".join(f"data.eventName = '{call}'" for call in CALLS)
