"""The table of type behaviour, by Pulumi type token."""

from rehearsal.world.behaviour import compute, dns, edge, identity, joining, network, storage
from rehearsal.world.behaviour.base import Behaviour, Change

_TABLE = (
    network.BEHAVIOURS
    | joining.BEHAVIOURS
    | dns.BEHAVIOURS
    | edge.BEHAVIOURS
    | compute.BEHAVIOURS
    | identity.BEHAVIOURS
    | storage.BEHAVIOURS
)

__all__ = ["Behaviour", "Change", "behaviour_of"]


def behaviour_of(type: str) -> Behaviour:
    """A type's row, or the generic one: an OCID of its own, state AVAILABLE, nothing computed."""
    known = _TABLE.get(type)
    if known:
        return known
    _, path, name = type.split(":")
    return Behaviour(kind=name.lower(), is_global=path.startswith("Identity/"))
