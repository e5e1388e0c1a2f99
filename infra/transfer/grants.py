"""What the machines of the lanes may do: read quarantines, write what passed and what was seen. A sender has a link.

What is to leave can be written by the batch jobs that find it, which can't read it again; nothing of the product can.
What was done is written once by whoever does it, and read by auditors. Source: Oracle, "Details for Object Storage",
https://docs.oracle.com/iaas/Content/Identity/policyreference/objectstoragepolicyreference.htm
"""

from boundary import DataClass
from infra.iam import Grant, MachineGroup, machines, people
from infra.systems import System

_INSPECTORS, _JOBS = "inspection-machines", "spark-jobs"

MACHINES = (MachineGroup(_INSPECTORS, System.TRANSFER, why="Machines that inspect what comes in"),)

_IN = (DataClass.CODE, DataClass.MODEL, DataClass.US_USER, DataClass.CONTENT)
_WRITES = ("OBJECT_CREATE", "OBJECT_OVERWRITE")

GRANTS = (
    *(
        grant
        for data_class in _IN
        for grant in (
            Grant(
                machines(_INSPECTORS),
                ("OBJECT_INSPECT", "OBJECT_READ", "OBJECT_DELETE"),
                "",
                System.TRANSFER,
                data_class,
                ("target.bucket.name = /{environment}-quarantine-*/",),
                why="What was sent is inspected, and refused for good",
            ),
            Grant(
                machines(_INSPECTORS),
                _WRITES,
                "",
                System.TRANSFER,
                data_class,
                ("target.bucket.name = /{environment}-accepted-*/",),
                why="What passed can be taken",
            ),
        )
    ),
    *(
        Grant(
            machines(who),
            ("OBJECT_CREATE",),
            "",
            system,
            DataClass.OPERATIONAL,
            (f"target.bucket.name = '{{environment}}-{ledger}'",),
            why="What was done is written down, once",
        )
        for who, system, ledger in (
            (_INSPECTORS, System.TRANSFER, "manifests"),
            (_JOBS, System.DEPARTURE, "reconciliation"),
        )
    ),
    *(
        Grant(people("auditors"), ("OBJECT_READ",), "", system, DataClass.OPERATIONAL, why="What was done is seen")
        for system in (System.TRANSFER, System.DEPARTURE)
    ),
    Grant(
        machines(_JOBS),
        ("OBJECT_CREATE",),
        "",
        System.DEPARTURE,
        DataClass.NON_US_USER,
        ("target.bucket.name = /{environment}-holding-*/",),
        why="Others' data is put where it leaves from",
    ),
)
