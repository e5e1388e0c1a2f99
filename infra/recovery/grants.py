"""What the recovery service may do for our protection groups: move what is in them, in our two regions.

Oracle, "Policies for Full Stack Disaster Recovery" and for the services that it manages,
https://docs.oracle.com/en-us/iaas/disaster-recovery/doc/policies.html: a protection group acts for itself, as a
resource principal of the type `drprotectiongroup`, and for clusters by containers that it starts beside them,
https://docs.oracle.com/en-us/iaas/disaster-recovery/doc/oke-policies.html.

To activate the replica of a volume group is to clone the group, the call CreateVolumeGroup, which takes permissions on
volumes too: "Volume Group Replication", https://docs.oracle.com/iaas/Content/Block/Concepts/volumegroupreplication.htm,
and "Permissions Required for Each API Operation",
https://docs.oracle.com/iaas/Content/Identity/policyreference/corepolicyreference_topic-Permissions_Required_for_Each_API_Operation.htm.
What is listed and what is only being made has no tag to be held to; what is changed or deleted has.

Assumption: recovery makes do with less than these pages grant it. They give whole families (objects, volumes) and the
reading of everything in the tenancy; here it has its own bucket, clusters, machines and volume groups.
"""

from boundary import DataClass
from infra.iam import Grant, MachineGroup, Verb
from infra.recovery.bucket import BUCKET
from infra.systems import System

_CONTAINERS_JOIN: tuple[tuple[Verb, str], ...] = (
    ("read", "vcns"),
    ("use", "subnets"),
    ("use", "vnics"),
    ("use", "network-security-groups"),
)

MACHINES = (
    _GROUPS := MachineGroup("protection-groups", System.SERVING, "drprotectiongroup", why="Recovery acts for itself"),
    _CONTAINERS := MachineGroup(
        "recovery-containers", System.SERVING, "computecontainerinstance", why="Recovery works on clusters"
    ),
)

GRANTS = (
    *(
        grant
        for who in (_GROUPS, _CONTAINERS)
        for grant in (
            Grant(who, "read", "buckets", System.SERVING, DataClass.US_USER, BUCKET, why="Recovery has a bucket"),
            Grant(
                who,
                ("OBJECT_INSPECT", "OBJECT_READ", "OBJECT_CREATE", "OBJECT_OVERWRITE", "OBJECT_DELETE"),
                "",
                System.SERVING,
                bucket=BUCKET,
                why="Recovery keeps its logs and the clusters' contents",
            ),
            Grant(who, "manage", "cluster-family", System.SERVING, why="Recovery fills the other region's cluster"),
        )
    ),
    Grant(_GROUPS, "manage", "disaster-recovery-family", System.SERVING, why="Groups run their plans"),
    Grant(_GROUPS, "manage", "compute-container-family", System.SERVING, why="Groups start what works on clusters"),
    *(
        Grant(_GROUPS, verb, what, System.NETWORK, why="What works on clusters joins their subnets")
        for verb, what in _CONTAINERS_JOIN
    ),
    Grant(_GROUPS, "use", "instance-family", System.TRAINING, why="Recovery starts and stops machines"),
    Grant(
        _GROUPS,
        "manage",
        "volume-groups",
        System.TRAINING,
        DataClass.US_USER,
        why="Recovery changes and removes the groups of what it protects",
    ),
    Grant(
        _GROUPS,
        ("VOLUME_GROUP_INSPECT", "VOLUME_INSPECT"),
        "",
        System.TRAINING,
        why="Recovery finds replicas and volumes",
    ),
    Grant(
        _GROUPS,
        ("VOLUME_GROUP_CREATE", "VOLUME_GROUP_INSPECT", "VOLUME_CREATE", "VOLUME_INSPECT", "VOLUME_WRITE"),
        "",
        System.TRAINING,
        conditions=("request.operation = 'CreateVolumeGroup'",),
        why="Recovery turns a replica into a group of volumes",
    ),
    Grant(
        _GROUPS,
        ("KEY_ASSOCIATE", "KEY_DISASSOCIATE"),
        "",
        System.SECURITY,
        why="What is recovered is under our key there",
    ),
)
