"""What alarms watch: one metric of one system each, in the region where it is measured. Pure data.

Virtual machines have one metric that says that they are down, bare metal another. Both are a number that is not zero,
so that the greatest of a minute is asked for: `count()` would count the minutes that say zero too.
Sources of namespaces and metrics: tunnels and lines, `alarms/preconfigured_alarms.tf` of Oracle's own module,
https://github.com/oci-landing-zones/terraform-oci-modules-observability; machines,
https://docs.oracle.com/iaas/Content/Compute/References/infrastructurehealthmetrics.htm; GPUs and their network,
https://docs.oracle.com/iaas/Content/Compute/References/high-performance-computing-metrics.htm; replicas of volumes (a
typical one is less than thirty minutes behind), https://docs.oracle.com/iaas/Content/Block/References/volumemetrics.htm;
streams, https://docs.oracle.com/iaas/Content/Streaming/Reference/streamingmetrics.htm; load balancers,
https://docs.oracle.com/iaas/Content/Balance/Reference/loadbalancermetrics.htm; buckets,
https://docs.oracle.com/iaas/Content/Object/Reference/objectstoragemetrics.htm; the query language,
https://docs.oracle.com/iaas/Content/Monitoring/Reference/mql.htm

Assumption: load balancers count `UnHealthyBackendServers` and `HttpResponses5xx`, buckets `PutRequests` and
`GetRequests`, and PostgreSQL has `CpuUtilization` in `oci_postgresql`; so they are called by who collects them.

Assumption: PostgreSQL tells how many seconds a standby is behind, as `ReplicationLag`; where it doesn't, that alarm is
silent, and the database has to be asked.

Assumption: the image of GPU nodes has Oracle's monitoring plug-in, without which `gpu_infrastructure_health` is empty.

No metric and no event of Oracle's was found that tells that a certificate is near its end, or how far a bucket's
replica is behind: the first renews itself (infra/edge/certificates.py), the second is asked for
(docs/runbooks/operations.md).
"""

from dataclasses import dataclass

from infra.config import Topic
from infra.observability.runbooks import LANE, LOST_REGION, OPERATIONS, VIOLATION
from infra.systems import System


@dataclass(frozen=True)
class Watch:
    """One metric of one system, and what its alarm says."""

    system: System
    namespace: str
    query: str
    topic: Topic
    says: str
    runbook: str
    after: str = "PT1M"
    """How long it has to be so."""


_HEALTH, _GPU, _BALANCER = "oci_compute_infrastructure_health", "gpu_infrastructure_health", "oci_lbaas"

_BOUNDARY = {
    "tunnels": Watch(
        System.NETWORK,
        "oci_vpn",
        "TunnelState[1m].count() > 0",
        Topic.BOUNDARY,
        "A tunnel out of the network exists, and none may: remove it, and find out who made it",
        VIOLATION,
    ),
    "private-lines": Watch(
        System.NETWORK,
        "oci_fastconnect",
        "ConnectionState[1m].count() > 0",
        Topic.BOUNDARY,
        "A private line out of the network exists, and none may: remove it, and find out who made it",
        VIOLATION,
    ),
}

_MACHINES = {
    f"{system}-{kind}": Watch(
        system, _HEALTH, f"{metric}[1m].max() > 0", Topic.OPERATIONS, f"A machine of {system} {is_down}", OPERATIONS
    )
    for system in (System.SERVING, System.TRAINING)
    for kind, metric, is_down in (
        ("machines", "instance_status", "is down"),
        ("bare-metal", "health_status", "has a defect"),
    )
}

_GPUS = {
    f"{system}-gpu-{kind}": Watch(
        system, namespace, f"{metric}[5m].max() > 0", Topic.OPERATIONS, f"{what} of {system} has a fault", OPERATIONS
    )
    for system in (System.SERVING, System.TRAINING)
    for kind, namespace, metric, what in (
        ("faults", _GPU, "Fault", "A GPU"),
        ("memory", _GPU, "GpuEccDoubleBitErrors", "The memory of a GPU"),
        ("network", "rdma_infrastructure_health", "RdmaLinkSpeedFault", "A line between GPUs"),
    )
    if (system, kind) != (System.SERVING, "network")
}

_EDGE = {
    "edge-errors": Watch(
        System.EDGE,
        _BALANCER,
        "HttpResponses5xx[5m].sum() > 1000",
        Topic.OPERATIONS,
        "The edge answers with errors of the server",
        OPERATIONS,
        "PT5M",
    ),
    "edge-backends": Watch(
        System.EDGE,
        _BALANCER,
        "UnHealthyBackendServers[1m].max() > 0",
        Topic.OPERATIONS,
        "A gateway behind the edge fails its health checks",
        OPERATIONS,
        "PT5M",
    ),
}

_DATA = {
    "database-busy": Watch(
        System.DATA,
        "oci_postgresql",
        "CpuUtilization[5m].mean() > 90",
        Topic.DATA,
        "The profile database has no time left: requests wait",
        OPERATIONS,
        "PT15M",
    ),
    "database-silent": Watch(
        System.DATA,
        "oci_postgresql",
        "CpuUtilization[5m].absent()",
        Topic.DATA,
        "The profile database says nothing of itself: it may be down",
        OPERATIONS,
        "PT10M",
    ),
    "standby-behind": Watch(
        System.DATA,
        "oci_postgresql",
        "ReplicationLag[5m].max() > 300",
        Topic.DATA,
        "The standby database is more than five minutes behind: a failover now would lose them",
        LOST_REGION,
        "PT10M",
    ),
    "volumes-behind": Watch(
        System.TRAINING,
        "oci_blockstore",
        "VolumeReplicationSecondsSinceLastUpload[5m].max() > 3600",
        Topic.DATA,
        "A replica of volumes is more than an hour behind: a failover now would lose it",
        LOST_REGION,
        "PT10M",
    ),
    "streams-fail": Watch(
        System.DATA,
        "oci_streaming",
        "PutMessagesFault.Count[1m].sum() > 0",
        Topic.DATA,
        "A stream refuses messages: events of viewers are lost unless their sender keeps them",
        OPERATIONS,
        "PT5M",
    ),
    "streams-full": Watch(
        System.DATA,
        "oci_streaming",
        "PutMessagesThrottling.Count[1m].sum() > 0",
        Topic.DATA,
        "A stream is too narrow for what is sent: it needs more partitions",
        OPERATIONS,
        "PT5M",
    ),
}

_LANES = {
    f"lane-used-{way}": Watch(
        system,
        "oci_objectstorage",
        f"{metric}[1h].sum() > 0",
        Topic.DATA,
        f"A lane {way} is used: look whether its owner expects it now",
        LANE,
    )
    for system, way, metric in (
        (System.TRANSFER, "in", "PutRequests"),
        (System.DEPARTURE, "out", "GetRequests"),
    )
}

WATCHES = {**_BOUNDARY, **_MACHINES, **_GPUS, **_EDGE, **_DATA, **_LANES}
