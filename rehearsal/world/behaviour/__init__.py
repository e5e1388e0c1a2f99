"""The table of type behaviour, by Pulumi type token."""

from rehearsal.world.behaviour import (
    access,
    codebase,
    compute,
    credentials,
    data,
    databases,
    datascience,
    dns,
    edge,
    identity,
    joining,
    kubernetes,
    network,
    observability,
    recovery,
    security,
    storage,
    streaming,
)
from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.model import Body

_TABLE = (
    network.BEHAVIOURS
    | joining.BEHAVIOURS
    | dns.BEHAVIOURS
    | edge.BEHAVIOURS
    | compute.BEHAVIOURS
    | kubernetes.BEHAVIOURS
    | codebase.BEHAVIOURS
    | datascience.BEHAVIOURS
    | recovery.BEHAVIOURS
    | identity.BEHAVIOURS
    | access.BEHAVIOURS
    | credentials.BEHAVIOURS
    | security.BEHAVIOURS
    | observability.BEHAVIOURS
    | storage.BEHAVIOURS
    | data.BEHAVIOURS
    | databases.BEHAVIOURS
    | streaming.BEHAVIOURS
)

__all__ = ["Behaviour", "Change", "asked_as", "behaviour_of"]


def behaviour_of(type: str) -> Behaviour:
    """A type's row, or the generic one: an OCID of its own, state AVAILABLE, nothing computed."""
    known = _TABLE.get(type)
    if known:
        return known
    _, path, name = type.split(":")
    return Behaviour(kind=name.lower(), is_global=path.startswith("Identity/"))


def asked_as(type: str, asked: Body) -> str:
    """The type whose arguments a request has: what takes over a part of something is a type of its own."""
    kind = behaviour_of(type).kind
    adopting = (each for each, row in _TABLE.items() if row.adopts and row.adopts in asked and row.kind == kind)
    return next(adopting, type)
