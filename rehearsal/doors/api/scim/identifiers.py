"""The OCID of what is in an identity domain: it has an identifier of the domain's own, and an OCID in the tenancy."""

from boundary import parse_ocid
from rehearsal.world import Resource
from rehearsal.world.behaviour import behaviour_of
from rehearsal.world.identifiers import make_ocid

_PREFIX = "oci:Identity/domains"


def is_in_domain(type: str) -> bool:
    """Whether a type is of identity domains."""
    return type.startswith(_PREFIX)


def ocid_of(resource: Resource) -> str:
    """The OCID of a user, a group or a credential."""
    return ocid_for(resource.type, resource.tenancy, resource.id)


def ocid_for(type: str, tenancy: str, identifier: str) -> str:
    """The OCID of what has this identifier in its identity domain."""
    return make_ocid(behaviour_of(type).kind, parse_ocid(tenancy).realm, "", tenancy, identifier)
