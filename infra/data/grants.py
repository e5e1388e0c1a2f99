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
from infra.iam import Grant, MachineGroup, Verb, machines, service
from infra.systems import System

_JOBS, _DATABASES, _METASTORES = "spark-jobs", "databases", "metastores"

MACHINES = (
    MachineGroup(_JOBS, System.DATA, "dataflowrun", why="Runs of Spark"),
    MachineGroup(_DATABASES, System.DATA, "postgresqldbsystem", why="Database systems use their key"),
    MachineGroup(_METASTORES, System.DATA, "datacatalogmetastore", why="The metastore keeps its tables"),
)

_US_USER_BUCKETS = ("us-raw", "us-curated", "us-features")
_ACCEPTED = "target.bucket.name = /{environment}-accepted-*/"
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
        Grant(service("opensearch"), verb, what, System.NETWORK, why="Search joins our subnet")
        for verb, what in _OPENSEARCH_JOINS
    ),
    Grant(service("streaming"), "use", "keys", System.SECURITY, why="Streams are under a key of ours"),
    Grant(machines(_DATABASES), "use", "keys", System.SECURITY, why="Profiles are under a key of ours"),
    *(
        Grant(
            machines(_JOBS),
            does,
            "",
            System.DATA,
            DataClass.US_USER,
            (f"target.bucket.name = '{{environment}}-{store}'",),
            why="Jobs curate events and make features",
        )
        for store in _US_USER_BUCKETS
        for does in (("OBJECT_READ",), _WRITES)
    ),
    Grant(machines(_JOBS), "read", "objects", System.DATA, DataClass.CODE, why="Jobs run our own code"),
    Grant(
        machines(_JOBS),
        tuple(f"CATALOG_METASTORE_{what}" for what in ("EXECUTE", "INSPECT", "READ")),
        "",
        System.DATA,
        why="Jobs find their tables",
    ),
    *(
        Grant(
            machines(_METASTORES),
            verb,
            what,
            System.DATA,
            DataClass.US_USER,
            ("target.bucket.name = '{environment}-us-curated'",),
            why="The metastore keeps its tables",
        )
        for verb, what in _KEEPS_TABLES
    ),
    Grant(
        machines(_JOBS),
        _WRITES,
        "",
        System.DATA,
        DataClass.OPERATIONAL,
        ("target.bucket.name = '{environment}-spark-logs'",),
        why="Jobs say what they do",
    ),
    *(
        Grant(
            machines(_JOBS), "read", "objects", System.TRANSFER, data_class, (_ACCEPTED,), why="What came in is taken"
        )
        for data_class in (DataClass.US_USER, DataClass.CONTENT, DataClass.MODEL)
    ),
    Grant(
        machines(_JOBS),
        ("OBJECT_CREATE",),
        "",
        System.DATA,
        DataClass.MODEL,
        ("target.bucket.name = '{environment}-models'",),
        why="Models that came in are brought to the registry",
    ),
    Grant(machines(_JOBS), _WRITES, "", System.CONTENT, DataClass.CONTENT, why="Jobs bring content in"),
)


def storage_grants(buckets: Iterable[BucketArgs]) -> Iterator[Grant]:
    """What Object Storage may do wherever there is a bucket that it works on for us."""
    for system in sorted({each.system for each in buckets if each.is_worked_on}):
        yield Grant(
            service("objectstorage-{region}"), "manage", "object-family", system, why="Lifecycles and replication"
        )
