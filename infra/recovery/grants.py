"""What the recovery service may do for our protection groups: move what is in them, in our two regions.

Oracle, "Policies for Full Stack Disaster Recovery" and for the services that it manages,
https://docs.oracle.com/en-us/iaas/disaster-recovery/doc/policies.html: a protection group acts for itself, as a
resource principal of the type `drprotectiongroup`.
"""

from boundary import DataClass
from infra.iam import Grant, MachineGroup, machines
from infra.systems import System

_GROUPS = machines("protection-groups")
_BUCKET = "target.bucket.name = '{environment}-recovery'"

MACHINES = (MachineGroup("protection-groups", System.SERVING, "drprotectiongroup", why="Recovery acts for itself"),)

GRANTS = (
    Grant(_GROUPS, "read", "buckets", System.SERVING, DataClass.US_USER, (_BUCKET,), why="Recovery finds its bucket"),
    Grant(
        _GROUPS,
        ("OBJECT_READ", "OBJECT_CREATE", "OBJECT_OVERWRITE", "OBJECT_DELETE"),
        "",
        System.SERVING,
        conditions=(_BUCKET,),
        why="Recovery keeps its logs and the clusters' contents",
    ),
    Grant(_GROUPS, "manage", "cluster-family", System.SERVING, why="Recovery fills the other region's cluster"),
    Grant(_GROUPS, "use", "instance-family", System.TRAINING, why="Recovery starts and stops machines"),
    Grant(
        _GROUPS,
        "manage",
        "volume-groups",
        System.TRAINING,
        DataClass.US_USER,
        why="Recovery turns a replica into volumes",
    ),
    Grant(_GROUPS, "use", "key-delegate", System.SECURITY, why="What is recovered is under our key there"),
)
