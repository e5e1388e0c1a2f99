"""What people may do by their duty. What one system alone needs is in that system's own `grants.py`.

Nobody is given data here, and only the administrators of the boundary what makes a crossing. Who runs storage can't
delete what is stored; who runs IAM can't put anybody among those who administer the tenancy or the boundary.
Sources of types and permissions: Oracle, "Policy Reference", https://docs.oracle.com/iaas/Content/Identity/policyreference/policyreference.htm;
what Vulnerability Scanning is granted, `vss_statements` in `iam_service_policies.tf` of
https://github.com/oci-landing-zones/terraform-oci-core-landingzone
"""

from collections.abc import Iterable

from infra.iam import Grant, people, service
from infra.systems import System

BOUNDARY = people("boundary-administrators")
IAM = people("iam-administrators")
NETWORK = people("network-administrators")
SECURITY = people("security-administrators")
STORAGE = people("storage-administrators")
SERVING = people("serving-operators")
TRAINING = people("training-operators")
AUDITORS = people("auditors")
SCANNER = service("vulnerability-scanning-service")

_CROSSING = ("drgs", "remote-peering-connections", "internet-gateways")
_INSIDE = ("vcns", "subnets", "route-tables", "security-lists", "network-security-groups", "service-gateways", "vnics")
_WITH_BUCKETS = (System.DATA, System.CONTENT, System.TRANSFER, System.DEPARTURE, System.OBSERVABILITY)


GRANTS = (
    *(Grant(BOUNDARY, "manage", what, System.NETWORK, why="Join our two regions, and no others") for what in _CROSSING),
    *(
        Grant(
            BOUNDARY,
            "manage",
            "buckets",
            system,
            conditions=("request.permission != 'BUCKET_DELETE'",),
            why="Replication and lanes, deleting nothing",
        )
        for system in _WITH_BUCKETS
    ),
    *(Grant(NETWORK, "manage", what, System.NETWORK, why="Run the network inside the boundary") for what in _INSIDE),
    Grant(NETWORK, "manage", "load-balancers", System.EDGE, why="Run the edge"),
    Grant(NETWORK, "manage", "waf-family", System.EDGE, why="Run the edge"),
    Grant(NETWORK, "manage", "dns", System.NETWORK, why="Run names"),
    Grant(SECURITY, "manage", "keys", System.SECURITY, why="Run keys"),
    Grant(SECURITY, "use", "vaults", System.SECURITY, why="Run keys"),
    Grant(SECURITY, "manage", "bastion-family", System.ACCESS, why="Run bastions"),
    Grant(SECURITY, "manage", "vss-family", System.SECURITY, why="Run scans"),
    Grant(
        STORAGE,
        "manage",
        "volumes",
        System.SERVING,
        conditions=tuple(f"request.permission != 'VOLUME_{what}'" for what in ("DELETE", "CREATE", "UPDATE")),
        why="Attach and back up volumes, deleting none; to make or change one is to say where its replica is",
    ),
    Grant(
        STORAGE,
        "manage",
        "file-systems",
        System.TRAINING,
        conditions=("request.permission != 'FILE_SYSTEM_DELETE'",),
        why="Run file systems, deleting none",
    ),
    Grant(SERVING, "manage", "instances", System.SERVING, why="Run the machines that answer"),
    Grant(SERVING, "manage", "clusters", System.SERVING, why="Run the clusters that answer"),
    Grant(TRAINING, "manage", "instances", System.TRAINING, why="Run the machines that train"),
    Grant(TRAINING, "manage", "clusters", System.TRAINING, why="Run the clusters that train"),
    Grant(AUDITORS, "inspect", "all-resources", None, why="See what there is"),
    Grant(AUDITORS, "read", "audit-events", None, why="See what was done"),
    Grant(AUDITORS, "read", "instances", None, why="Listing instances takes read, at Oracle"),
    Grant(SCANNER, "manage", "instances", None, why="Machines are scanned by their agent"),
    *(
        Grant(SCANNER, "read", what, None, why="Scans find machines and images")
        for what in ("compartments", "vnics", "vnic-attachments", "repos")
    ),
)


def membership_grants(environments: Iterable[str]) -> tuple[Grant, ...]:
    """Who puts people into groups: into any but the tenancy's administrators and those who administer a boundary."""
    closed = ("Administrators", *(f"{environment}-{BOUNDARY.name}" for environment in sorted(environments)))
    conditions = tuple(f"target.group.name != '{group}'" for group in closed)
    return tuple(
        Grant(IAM, "use", what, None, conditions=conditions, why="Put people into groups")
        for what in ("users", "groups")
    )
