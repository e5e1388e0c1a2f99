"""The VCNs of a region and the roles in them, as data.

A role is what a machine or an endpoint is in the network: it has a subnet and a security group of its own. Which subnet
of which VCN that is stands in one table, by the names that the address plan has slots for.
"""

from enum import StrEnum


class VcnName(StrEnum):
    """A VCN, as it is called in the address plan: the hub and its spokes."""

    HUB = "hub"
    EDGE = "edge"
    SERVING = "serving"
    TRAINING = "training"
    DATA = "data"
    ACCESS = "access"
    TRANSFER = "transfer"
    CODEBASE = "codebase"


class Role(StrEnum):
    """A role, as its subnet and its security group are called."""

    EDGE = "edge"
    SERVING = "serving"
    SERVING_BALANCERS = "serving-balancers"
    SERVING_API = "serving-api"
    SERVING_NODES = "serving-nodes"
    SERVING_PODS = "serving-pods"
    SERVING_CACHE = "serving-cache"
    TRAINING = "training"
    TRAINING_API = "training-api"
    TRAINING_NODES = "training-nodes"
    TRAINING_FILES = "training-files"
    STREAMS = "streams"
    DATABASES = "databases"
    SEARCH = "search"
    SPARK = "spark"
    ACCESS = "access"
    INSPECTION = "inspection"
    BUILDERS = "builders"
    NAMES = "names"
    EDGE_NAMES = "edge-names"
    SERVING_NAMES = "serving-names"
    TRAINING_NAMES = "training-names"
    DATA_NAMES = "data-names"
    ACCESS_NAMES = "access-names"
    TRANSFER_NAMES = "transfer-names"
    CODEBASE_NAMES = "codebase-names"

    @property
    def vcn(self) -> VcnName:
        """The VCN that it stands in."""
        return _PLACES[self][0]

    @property
    def subnet(self) -> str:
        """Its subnet, as the address plan calls it."""
        return _PLACES[self][1]

    @property
    def is_public(self) -> bool:
        """Whether it may have public addresses."""
        return self is Role.EDGE


_PLACES: dict[Role, tuple[VcnName, str]] = {
    Role.EDGE: (VcnName.EDGE, "load-balancers"),
    Role.SERVING: (VcnName.SERVING, "gateways"),
    Role.SERVING_BALANCERS: (VcnName.SERVING, "load-balancers"),
    Role.SERVING_API: (VcnName.SERVING, "api"),
    Role.SERVING_NODES: (VcnName.SERVING, "nodes"),
    Role.SERVING_PODS: (VcnName.SERVING, "pods"),
    Role.SERVING_CACHE: (VcnName.SERVING, "cache"),
    Role.TRAINING: (VcnName.TRAINING, "heads"),
    Role.TRAINING_API: (VcnName.TRAINING, "api"),
    Role.TRAINING_NODES: (VcnName.TRAINING, "nodes"),
    Role.TRAINING_FILES: (VcnName.TRAINING, "files"),
    Role.STREAMS: (VcnName.DATA, "streams"),
    Role.DATABASES: (VcnName.DATA, "databases"),
    Role.SEARCH: (VcnName.DATA, "search"),
    Role.SPARK: (VcnName.DATA, "spark"),
    Role.ACCESS: (VcnName.ACCESS, "bastions"),
    Role.INSPECTION: (VcnName.TRANSFER, "inspection"),
    Role.BUILDERS: (VcnName.CODEBASE, "builders"),
    # Where the endpoints of each VCN's resolver stand; the hub's is the one that the others ask.
    Role.NAMES: (VcnName.HUB, "names"),
    Role.EDGE_NAMES: (VcnName.EDGE, "names"),
    Role.SERVING_NAMES: (VcnName.SERVING, "names"),
    Role.TRAINING_NAMES: (VcnName.TRAINING, "names"),
    Role.DATA_NAMES: (VcnName.DATA, "names"),
    Role.ACCESS_NAMES: (VcnName.ACCESS, "names"),
    Role.TRANSFER_NAMES: (VcnName.TRANSFER, "names"),
    Role.CODEBASE_NAMES: (VcnName.CODEBASE, "names"),
}


def roles_in(vcn: VcnName) -> tuple[Role, ...]:
    """The roles that stand in a VCN."""
    return tuple(role for role in Role if role.vcn is vcn)


def names_role(vcn: VcnName) -> Role:
    """The role of the endpoints of a VCN's resolver."""
    return next(role for role in roles_in(vcn) if role.subnet == "names")
