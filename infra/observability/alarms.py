"""Alarms of one region: each message has the alarm's name, what it means, and the page that says what to do.

Source: Oracle, "Alarm Message Format", https://docs.oracle.com/iaas/Content/Monitoring/alarm-message-format.htm
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.config import Topic
from infra.observability.alarm_watches import WATCHES
from infra.place import Place
from infra.systems import System


@dataclass(frozen=True)
class AlarmsArgs:
    """Where they stand, whose metrics they watch, and the topics."""

    place: Place
    compartment_ids: Mapping[System, pulumi.Output[str]]
    topic_ids: Mapping[Topic, pulumi.Output[str]]


class Alarms(pulumi.ComponentResource):
    """The alarms of one region."""

    def __init__(self, name: str, args: AlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:observability:Alarms", name, None, opts)
        place = args.place
        for label, watch in WATCHES.items():
            oci.monitoring.Alarm(
                f"{name}-{label}",
                compartment_id=place.compartment_id,
                display_name=place.name(label),
                metric_compartment_id=args.compartment_ids[watch.system],
                namespace=watch.namespace,
                query=watch.query,
                severity="CRITICAL",
                is_enabled=True,
                pending_duration=watch.after,
                body=f"[{label}] {watch.says}. What to do: {watch.runbook}",
                destinations=[args.topic_ids[watch.topic]],
                defined_tags=place.tags(DataClass.OPERATIONAL),
                opts=place.holding(self),
            )
        self.register_outputs({})
