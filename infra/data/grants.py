"""What the data system may do, and what Oracle's services may do for it.

Sources: Oracle, "Using Object Lifecycle Management" and "Object Storage Replication" (the service acts for us, with a
name in each region), https://docs.oracle.com/iaas/Content/Object/Tasks/usinglifecyclepolicies.htm,
https://docs.oracle.com/iaas/Content/Object/Tasks/usingreplication.htm; "Managing Stream Pools" (keys),
https://docs.oracle.com/iaas/Content/Streaming/Tasks/managing-stream-pools.htm; "Data Flow Policies",
https://docs.oracle.com/iaas/data-flow/using/policies.htm; what Search with OpenSearch is to be granted before a cluster
is made, `oci_opensearch_opensearch_cluster` of https://github.com/oracle/terraform-provider-oci; "Data Catalog
Metastore" (it holds its tables itself), https://docs.oracle.com/iaas/data-catalog/using/metastore.htm, which acts as
`datacatalogmetastore`, https://docs.oracle.com/iaas/data-catalog/using/policies.htm.

Assumption: a database system is a principal of the type `postgresqldbsystem`, which uses the key itself.

Assumption: a run of Spark uses a metastore by the permissions that Oracle grants to SQL endpoints,
https://docs.oracle.com/iaas/Content/data-flow/using/policies-sql-endpoint.htm
"""

from collections.abc import Iterable, Iterator

from boundary import DataClass
from infra.data.bucket import BucketArgs
from infra.data.stores import CURATED, MODELS, SPARK_LOGS, STORES
from infra.iam import EXPORTING_NONE, Grant, MachineGroup, Service, Verb
from infra.systems import System
from infra.transfer.stages import ACCEPTED

MACHINES = (
    JOBS := MachineGroup("spark-jobs", System.DATA, "dataflowrun", why="Runs of Spark"),
    _DATABASES := MachineGroup("databases", System.DATA, "postgresqldbsystem", why="Database systems use their key"),
    _METASTORES := MachineGroup(
        "metastores", System.DATA, "datacatalogmetastore", why="The metastore keeps its tables"
    ),
)

_WRITES = ("OBJECT_CREATE", "OBJECT_OVERWRITE")
_OPENSEARCH_JOINS: tuple[tuple[Verb, str], ...] = (
    ("manage", "vnics"),
    ("use", "subnets"),
    ("use", "network-security-groups"),
    ("manage", "vcns"),
)

_KEEPS_TABLES: tuple[tuple[Verb, str], ...] = (("read", "buckets"), ("manage", "objects"))

GRANTS = (
    *(
        Grant(Service("opensearch"), verb, what, System.NETWORK, why="Search joins our subnet")
        for verb, what in _OPENSEARCH_JOINS
    ),
    Grant(Service("streaming"), "use", "keys", System.SECURITY, why="Streams are under a key of ours"),
    Grant(
        _DATABASES, "use", "keys", System.SECURITY, conditions=EXPORTING_NONE, why="Profiles are under a key of ours"
    ),
    *(
        Grant(
            JOBS,
            does,
            "",
            System.DATA,
            DataClass.US_USER,
            store,
            why="Jobs curate events and make features",
        )
        for store in STORES
        if store.data_class is DataClass.US_USER
        for does in (("OBJECT_READ",), _WRITES)
    ),
    Grant(JOBS, "read", "objects", System.DATA, DataClass.CODE, why="Jobs run our own code"),
    Grant(
        JOBS,
        tuple(f"CATALOG_METASTORE_{what}" for what in ("EXECUTE", "INSPECT", "READ")),
        "",
        System.DATA,
        why="Jobs find their tables",
    ),
    *(
        Grant(
            _METASTORES,
            verb,
            what,
            System.DATA,
            DataClass.US_USER,
            CURATED,
            why="The metastore keeps its tables",
        )
        for verb, what in _KEEPS_TABLES
    ),
    Grant(
        JOBS,
        _WRITES,
        "",
        System.DATA,
        DataClass.OPERATIONAL,
        SPARK_LOGS,
        why="Jobs say what they do",
    ),
    *(
        Grant(JOBS, "read", "objects", System.TRANSFER, data_class, ACCEPTED.each, why="What came in is taken")
        for data_class in (DataClass.US_USER, DataClass.CONTENT, DataClass.MODEL)
    ),
    Grant(
        JOBS,
        ("OBJECT_CREATE",),
        "",
        System.DATA,
        DataClass.MODEL,
        MODELS,
        why="Models that came in are brought to the registry",
    ),
    Grant(JOBS, _WRITES, "", System.CONTENT, DataClass.CONTENT, why="Jobs bring content in"),
)


def storage_grants(buckets: Iterable[BucketArgs]) -> Iterator[Grant]:
    """What Object Storage may do wherever there is a bucket that it works on for us."""
    for system in sorted({each.system for each in buckets if each.is_worked_on}):
        yield Grant(
            Service("objectstorage-{region}"), "manage", "object-family", system, why="Lifecycles and replication"
        )
