"""What trains may read US users' features and write models, and nothing else of what is stored.

Listing and creating can't be held to the target's tag, so models are written by permission and by the bucket's name;
the pack holds these statements to it. Source: Oracle, "Details for Object Storage",
https://docs.oracle.com/iaas/Content/Identity/policyreference/objectstoragepolicyreference.htm; Lustre's own grants,
https://docs.oracle.com/iaas/Content/lustre/manage-file-systems.htm, and its types,
https://docs.oracle.com/iaas/Content/lustre/policies.htm; types of Data Science,
https://docs.oracle.com/iaas/data-science/using/policies.htm; pools in reserved capacity, "Common Policies",
https://docs.oracle.com/iaas/Content/Identity/Concepts/commonpolicies.htm

Assumption: to read a project of Data Science is enough to put a job or a model into it.

Assumption: Lustre makes do without the four permissions by which using the network's family could make a crossing.
"""

from boundary import DataClass
from infra.data.stores import FEATURES, MODELS
from infra.iam import Grant, MachineGroup, Service
from infra.people import TRAINERS, TRAINING_OPERATORS
from infra.systems import System

MACHINES = (
    _NODES := MachineGroup("training-nodes", System.TRAINING, why="The head node and the GPU machines"),
    _JOBS := MachineGroup("training-jobs", System.TRAINING, "datasciencejobrun", why="Jobs of Data Science"),
)

GRANTS = (
    *(
        grant
        for who in (_NODES, _JOBS)
        for grant in (
            Grant(
                who,
                ("OBJECT_READ",),
                "",
                System.DATA,
                DataClass.US_USER,
                FEATURES,
                why="Training reads US users' features",
            ),
            Grant(
                who,
                ("OBJECT_CREATE", "OBJECT_OVERWRITE"),
                "",
                System.DATA,
                DataClass.MODEL,
                MODELS,
                why="Training writes models, and can't read them back",
            ),
            Grant(who, "read", "repos", System.CODEBASE, why="Images come from our own registry"),
        )
    ),
    *(
        Grant(TRAINERS, "manage", what, System.TRAINING, why="Trainers run jobs and keep models' records")
        for what in (
            "data-science-jobs",
            "data-science-job-runs",
            "data-science-models",
            "data-science-modelversionsets",
        )
    ),
    Grant(TRAINERS, "read", "data-science-projects", System.TRAINING, why="Jobs and models are of a project"),
    Grant(TRAINING_OPERATORS, "use", "instance-family", System.TRAINING, why="Operators restart machines"),
    Grant(TRAINING_OPERATORS, "read", "lustre-file-system", System.TRAINING, why="Operators watch space"),
    Grant(
        Service("compute_management"),
        "use",
        "compute-capacity-reservations",
        System.TRAINING,
        why="The machines of a pool start in reserved capacity",
    ),
    Grant(
        Service("lustrefs"),
        "use",
        "virtual-network-family",
        System.NETWORK,
        conditions=tuple(
            f"request.permission != '{each}'"
            for each in ("DRG_ATTACH", "VIRTUAL_CIRCUIT_UPDATE", "VTAP_UPDATE", "PRIVATE_IP_ASSIGN_PUBLIC_IP")
        ),
        why="Lustre joins our subnet, and joins it to nothing else",
    ),
    Grant(Service("lustrefs"), "use", "keys", System.SECURITY, why="The file system is under our key"),
)
