"""Alarms: on private lines and tunnels, of which there are none, and on machines that aren't well.

Virtual machines have one metric that says that they are down, bare metal another. Both are a number that is not zero,
so that the greatest of a minute is asked for: `count()` would count the minutes that say zero too.
Sources of namespaces and metrics: `alarms/preconfigured_alarms.tf` of Oracle's own module,
https://github.com/oci-landing-zones/terraform-oci-modules-observability, and "Infrastructure Health Metrics",
https://docs.oracle.com/iaas/Content/Compute/References/infrastructurehealthmetrics.htm; the query language,
https://docs.oracle.com/iaas/Content/Monitoring/Reference/mql.htm
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.observability.topics import Topic
from infra.place import Place
from infra.systems import System


@dataclass(frozen=True)
class Watch:
    """One metric of one system, and what its alarm says."""

    system: System
    namespace: str
    query: str
    topic: Topic
    says: str


WATCHES = {
    "tunnels": Watch(
        System.NETWORK,
        "oci_vpn",
        "TunnelState[1m].count() > 0",
        Topic.BOUNDARY,
        "A tunnel out of the network exists, and none may: remove it, and find out who made it",
    ),
    "private-lines": Watch(
        System.NETWORK,
        "oci_fastconnect",
        "ConnectionState[1m].count() > 0",
        Topic.BOUNDARY,
        "A private line out of the network exists, and none may: remove it, and find out who made it",
    ),
    **{
        f"{system}-{kind}": Watch(
            system,
            "oci_compute_infrastructure_health",
            f"{metric}[1m].max() > 0",
            Topic.OPERATIONS,
            f"A machine of the {system} system {is_down}",
        )
        for system in (System.SERVING, System.TRAINING)
        for kind, metric, is_down in (
            ("machines", "instance_status", "is down"),
            ("bare-metal", "health_status", "has a defect"),
        )
    },
}


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
                pending_duration="PT1M",
                body=watch.says,
                destinations=[args.topic_ids[watch.topic]],
                defined_tags=place.tags(DataClass.OPERATIONAL),
                opts=place.holding(self),
            )
        self.register_outputs({})
