"""Disaster recovery between the two regions of an environment.

What data systems replicate by themselves (buckets, databases, streams) is theirs; here is what has to be moved: what
runs in the clusters, and the disk of training's head node. How much a loss may cost, in minutes of data and of absence,
is said in infra/capacity (`recoveryPointMinutes`, `recoveryMinutes`); the first sets how often clusters
are backed up.
"""

from dataclasses import dataclass
from typing import Any

from infra.capacity import Capacity
from infra.recovery.group import Bucket, ProtectionGroup, ProtectionGroupArgs
from infra.recovery.plans import Plans
from infra.recovery.volumes import ReplicatedVolumes, ReplicatedVolumesArgs
from infra.serving import Serving
from infra.site import Site
from infra.systems import System
from infra.training import Training

# The most that Oracle keeps of a cluster, CreateOkeClusterBackupConfigDetails.maxNumberOfBackupsRetained:
# https://docs.oracle.com/iaas/api/#/en/disaster-recovery/latest/datatypes/CreateOkeClusterBackupConfigDetails
_BACKUPS_KEPT = 20
_MOST_HOURS = 24


@dataclass(frozen=True)
class RecoverySide:
    """One of the two regions, and what it runs."""

    site: Site
    serving: Serving
    training: Training


def declare_recovery(primary: RecoverySide, standby: RecoverySide) -> None:
    """Declares both sides, each in its own region: the standby's group first, because the primary's names it."""
    there = ProtectionGroup(
        f"recovery-{standby.site.key}",
        ProtectionGroupArgs(standby.site, lambda bucket: [_cluster(standby, primary, bucket)]),
        standby.site.options(holds_data=True),
    )
    domain = primary.site.stack.config.training.availability_domain
    volumes = ReplicatedVolumes(
        f"recovery-volumes-{primary.site.key}",
        ReplicatedVolumesArgs(
            place=primary.site.place(System.TRAINING),
            availability_domain=primary.training.head.availability_domain,
            volume_ids=[primary.training.head.boot_volume_id],
            to=standby.site,
            to_availability_domain=there.domains.apply(lambda names: names[domain - 1]),
        ),
        primary.site.options(holds_data=True),
    )
    here = ProtectionGroup(
        f"recovery-{primary.site.key}",
        ProtectionGroupArgs(
            primary.site,
            lambda _: [_cluster(primary, standby, there.bucket) | _backed_up(primary), volumes.member],
            there,
        ),
        primary.site.options(holds_data=True),
    )
    Plans(f"recovery-plans-{standby.site.key}", there, [here], standby.site.options())


def backup_schedule(capacity: Capacity) -> str:
    """How often a cluster's contents are backed up, as RFC 5545 says it: every 1 to 24 hours (the type's docstring)."""
    hours = min(_MOST_HOURS, max(1, int(capacity.assumptions.recovery_point_minutes // 60)))
    return f"FREQ=HOURLY;INTERVAL={hours}"


def _cluster(of: RecoverySide, peer: RecoverySide, backups: Bucket) -> dict[str, Any]:
    """A cluster is a member on both sides, each of which names the other: what is restored goes into the standby's."""
    nodes = of.serving.nodes
    return {
        "member_id": of.serving.cluster.cluster_id,
        "member_type": "OKE_CLUSTER",
        "peer_cluster_id": peer.serving.cluster.cluster_id,
        "backup_location": backups,
        "managed_node_pool_configs": [
            {"id": nodes.ids[pool.name], "minimum": pool.least, "maximum": pool.most} for pool in nodes.pools
        ],
    }


def _backed_up(primary: RecoverySide) -> dict[str, Any]:
    return {
        "backup_config": {
            "backup_schedule": backup_schedule(primary.site.stack.capacity),
            "max_number_of_backups_retained": _BACKUPS_KEPT,
        }
    }
