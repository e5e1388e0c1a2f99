"""What trains may read US users' features and write models, and nothing else of what is stored.

Listing and creating can't be held to the target's tag, so models are written by permission and by the bucket's name;
the pack holds these statements to it. Source: Oracle, "Details for Object Storage",
https://docs.oracle.com/iaas/Content/Identity/policyreference/objectstoragepolicyreference.htm; Lustre's own grants,
https://docs.oracle.com/iaas/Content/lustre/manage-file-systems.htm, and its types,
https://docs.oracle.com/iaas/Content/lustre/policies.htm; types of Data Science,
https://docs.oracle.com/iaas/data-science/using/policies.htm; pools in reserved capacity, "Common Policies",
https://docs.oracle.com/iaas/Content/Identity/Concepts/commonpolicies.htm

Assumption: to read a project of Data Science is enough to put a job or a model into it.

Assumption: Lustre makes do without the three permissions by which using the network's family could make a crossing.
"""

from boundary import DataClass
from infra.iam import Grant, MachineGroup, machines, people, service
from infra.systems import System

_NODES, _JOBS = "training-nodes", "training-jobs"

MACHINES = (
    MachineGroup(_NODES, System.TRAINING, why="The head node and the GPU machines"),
    MachineGroup(_JOBS, System.TRAINING, "datasciencejobrun", why="Jobs of Data Science"),
)

_FEATURES = "target.bucket.name = '{environment}-us-features'"
_MODELS = "target.bucket.name = '{environment}-models'"

GRANTS = (
    *(
        grant
        for who in (machines(_NODES), machines(_JOBS))
        for grant in (
            Grant(
                who,
                ("OBJECT_READ",),
                "",
                System.DATA,
                DataClass.US_USER,
                (_FEATURES,),
                why="Training reads US users' features",
            ),
            Grant(
                who,
                ("OBJECT_CREATE", "OBJECT_OVERWRITE"),
                "",
                System.DATA,
                DataClass.MODEL,
                (_MODELS,),
                why="Training writes models, and can't read them back",
            ),
            Grant(who, "read", "repos", System.CODEBASE, why="Images come from our own registry"),
        )
    ),
    *(
        Grant(people("trainers"), "manage", what, System.TRAINING, why="Trainers run jobs and keep models' records")
        for what in (
            "data-science-jobs",
            "data-science-job-runs",
            "data-science-models",
            "data-science-modelversionsets",
        )
    ),
    Grant(people("trainers"), "read", "data-science-projects", System.TRAINING, why="Jobs and models are of a project"),
    Grant(people("training-operators"), "use", "instance-family", System.TRAINING, why="Operators restart machines"),
    Grant(people("training-operators"), "read", "lustre-file-system", System.TRAINING, why="Operators watch space"),
    Grant(
        service("compute_management"),
        "use",
        "compute-capacity-reservations",
        System.TRAINING,
        why="The machines of a pool start in reserved capacity",
    ),
    Grant(
        service("lustrefs"),
        "use",
        "virtual-network-family",
        System.NETWORK,
        conditions=tuple(
            f"request.permission != '{each}'" for each in ("DRG_ATTACH", "VIRTUAL_CIRCUIT_UPDATE", "VTAP_UPDATE")
        ),
        why="Lustre joins our subnet, and joins it to nothing else",
    ),
    Grant(service("lustrefs"), "use", "keys", System.SECURITY, why="The file system is under our key"),
)
