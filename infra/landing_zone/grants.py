"""What people may do by their duty. What one system alone needs is in that system's own `grants.py`.

Nobody is given data here, and only the administrators of the boundary what makes a crossing. Peerings, gateways,
replication, bastions and pools are made by the program: nobody has here all that those calls take. Who runs storage
can't delete what is stored; who runs IAM can't put anybody among those who administer the tenancy or the boundary. A
condition on a group fails where a call names none, so that to list users and groups is a grant apart.
Sources of types and permissions: Oracle, "Policy Reference", https://docs.oracle.com/iaas/Content/Identity/policyreference/policyreference.htm;
what each call takes, "Permissions Required for Each API Operation",
https://docs.oracle.com/iaas/Content/Identity/policyreference/corepolicyreference_topic-Permissions_Required_for_Each_API_Operation.htm,
"Details for Object Storage",
https://docs.oracle.com/iaas/Content/Identity/policyreference/objectstoragepolicyreference.htm, "Bastion IAM Policies",
https://docs.oracle.com/iaas/Content/Bastion/Reference/bastionpolicyreference.htm; "Variables Not Applicable to a
Request", https://docs.oracle.com/iaas/Content/Identity/policysyntax/conditions.htm; `use` is to change, "File Storage
with Lustre Policies", https://docs.oracle.com/iaas/Content/lustre/policies.htm;
what Vulnerability Scanning is granted, `vss_statements` in `iam_service_policies.tf` of
https://github.com/oci-landing-zones/terraform-oci-core-landingzone
"""

from collections.abc import Iterable, Iterator

from infra.data.bucket import BucketArgs
from infra.iam import Grant, Service
from infra.people import (
    AUDITORS,
    BOUNDARY_ADMINISTRATORS,
    IAM_ADMINISTRATORS,
    NETWORK_ADMINISTRATORS,
    SECURITY_ADMINISTRATORS,
    SERVING_OPERATORS,
    STORAGE_ADMINISTRATORS,
    TRAINING_OPERATORS,
)
from infra.place import resource_name
from infra.systems import System

_SCANNER = Service("vulnerability-scanning-service")

_PEERING = ("drgs", "remote-peering-connections")
_INSIDE = ("vcns", "subnets", "route-tables", "security-lists", "network-security-groups", "service-gateways", "vnics")
_ATTACH_AND_BACK_UP = (
    "VOLUME_INSPECT",
    "VOLUME_WRITE",
    "VOLUME_ATTACHMENT_INSPECT",
    "VOLUME_ATTACHMENT_CREATE",
    "VOLUME_ATTACHMENT_DELETE",
    "INSTANCE_INSPECT",
    "INSTANCE_READ",
    "INSTANCE_ATTACH_VOLUME",
    "INSTANCE_DETACH_VOLUME",
    "VOLUME_BACKUP_INSPECT",
    "VOLUME_BACKUP_READ",
    "VOLUME_BACKUP_CREATE",
)
_RUN_CLUSTERS = (
    "CLUSTER_NETWORK_INSPECT",
    "CLUSTER_NETWORK_READ",
    "CLUSTER_NETWORK_UPDATE",
    "INSTANCE_POOL_INSPECT",
    "INSTANCE_POOL_READ",
    "INSTANCE_POOL_UPDATE",
    "INSTANCE_POOL_POWER_ACTIONS",
)

GRANTS = (
    *(
        Grant(BOUNDARY_ADMINISTRATORS, "manage", what, System.NETWORK, why="Look after what joins our regions")
        for what in _PEERING
    ),
    Grant(
        BOUNDARY_ADMINISTRATORS,
        ("INTERNET_GATEWAY_READ", "INTERNET_GATEWAY_UPDATE"),
        "",
        System.NETWORK,
        why="Switch the edge's way to the internet off and on",
    ),
    *(
        Grant(NETWORK_ADMINISTRATORS, "manage", what, System.NETWORK, why="Run the network inside the boundary")
        for what in _INSIDE
    ),
    Grant(NETWORK_ADMINISTRATORS, "manage", "load-balancers", System.EDGE, why="Run the edge"),
    Grant(NETWORK_ADMINISTRATORS, "manage", "waf-family", System.EDGE, why="Run the edge"),
    Grant(NETWORK_ADMINISTRATORS, "manage", "dns", System.NETWORK, why="Run names"),
    Grant(SECURITY_ADMINISTRATORS, "manage", "keys", System.SECURITY, why="Run keys"),
    Grant(SECURITY_ADMINISTRATORS, "use", "vaults", System.SECURITY, why="Run keys"),
    Grant(
        SECURITY_ADMINISTRATORS,
        "manage",
        "bastion-family",
        System.ACCESS,
        conditions=tuple(f"request.permission != 'BASTION_{what}CREATE'" for what in ("", "SESSION_")),
        why="Change bastions and end sessions, opening none",
    ),
    Grant(SECURITY_ADMINISTRATORS, "manage", "vss-family", System.SECURITY, why="Run scans"),
    Grant(
        STORAGE_ADMINISTRATORS,
        _ATTACH_AND_BACK_UP,
        "",
        System.SERVING,
        why="Attach and back up volumes, deleting none; to make or change one is to say where its replica is",
    ),
    Grant(
        STORAGE_ADMINISTRATORS, "use", "lustre-file-system", System.TRAINING, why="Change file systems, deleting none"
    ),
    Grant(SERVING_OPERATORS, "manage", "instances", System.SERVING, why="Run the machines that answer"),
    Grant(SERVING_OPERATORS, "manage", "clusters", System.SERVING, why="Run the clusters that answer"),
    Grant(TRAINING_OPERATORS, "manage", "instances", System.TRAINING, why="Run the machines that train"),
    Grant(
        TRAINING_OPERATORS, _RUN_CLUSTERS, "", System.TRAINING, why="Resize and restart the cluster network that trains"
    ),
    *(
        Grant(IAM_ADMINISTRATORS, "inspect", what, None, why="See whom there is to put where")
        for what in ("users", "groups")
    ),
    Grant(AUDITORS, "inspect", "all-resources", None, why="See what there is"),
    Grant(AUDITORS, "read", "audit-events", None, why="See what was done"),
    Grant(AUDITORS, "read", "instances", None, why="Listing instances takes read, at Oracle"),
    Grant(_SCANNER, "manage", "instances", None, why="Machines are scanned by their agent"),
    *(
        Grant(_SCANNER, "read", what, None, why="Scans find machines and images")
        for what in ("compartments", "vnics", "vnic-attachments", "repos")
    ),
)


def bucket_grants(buckets: Iterable[BucketArgs]) -> Iterator[Grant]:
    """Who sets buckets, wherever there is one."""
    for system in sorted({each.system for each in buckets}):
        yield Grant(
            BOUNDARY_ADMINISTRATORS,
            ("BUCKET_INSPECT", "BUCKET_READ", "BUCKET_UPDATE", "PAR_MANAGE"),
            "",
            system,
            why="Set buckets, and take back a lane; without objects, neither replication nor a lane comes of it",
        )


def membership_grants(environments: Iterable[str]) -> tuple[Grant, ...]:
    """Who puts people into groups: into any but the tenancy's administrators and those who administer a boundary."""
    closed = (
        "Administrators",
        *(resource_name(environment, BOUNDARY_ADMINISTRATORS.name) for environment in sorted(environments)),
    )
    conditions = tuple(f"target.group.name != '{group}'" for group in closed)
    return tuple(
        Grant(IAM_ADMINISTRATORS, "use", what, None, conditions=conditions, why="Put people into groups")
        for what in ("users", "groups")
    )
