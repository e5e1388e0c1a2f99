"""What a statement grants, read from `grants.yaml`: which types it reaches, with which permissions.

A permission is asked about one at a time, because a condition may take single ones away.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from boundary.load import read_model
from iam import Statement

VERBS = ("inspect", "read", "use", "manage")
_READING = {"inspect", "read"}
_STRICT = ConfigDict(extra="forbid", frozen=True)


class Crossing(BaseModel):
    """What can be made by one of the permissions, or by the verb, and the attribute that says about which group."""

    model_config = _STRICT

    makes: str
    permissions: frozenset[str] = frozenset()
    verb: str = "manage"
    group: str = ""


class ResourceType(BaseModel):
    """A resource type as the boundary sees it."""

    model_config = _STRICT

    data: bool = False
    permissions: dict[str, tuple[str, ...]] = {}
    crossing: Crossing | None = None


class Grants(BaseModel):
    """The whole of `grants.yaml`. `globals` are the types that no region limits."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    families: dict[str, frozenset[str]]
    types: dict[str, ResourceType]
    operations: dict[str, tuple[str, ...]]
    globals: frozenset[str]


class Reach(NamedTuple):
    """One permission on one type, by its name where that is known and by the verb that includes it."""

    name: str
    type: ResourceType
    verb: str
    permission: str = ""

    @property
    def reads(self) -> bool:
        """Whether it reads only."""
        return self.verb in _READING

    @property
    def crosses(self) -> Crossing | None:
        """The crossing that can be made with it."""
        crossing = self.type.crossing
        if crossing is None:
            return None
        if crossing.permissions:
            return crossing if self.permission in crossing.permissions else None
        return crossing if VERBS.index(self.verb) >= VERBS.index(crossing.verb) else None


@cache
def grants() -> Grants:
    """The table, read once.

    Raises:
        BoundaryError: `grants.yaml` can't be used.
    """
    return read_model(Path(__file__).with_name("grants.yaml"), Grants)


def reached(statement: Statement) -> Iterator[Reach]:
    """Every permission that a statement gives, on every type that matters to the boundary."""
    # Permissions name no type; a type after a single word is one after a verb of a service's own.
    listed = statement.actions.values if not statement.resource else ()
    for name, type in _types(statement):
        if listed:
            yield from _by_permissions(name, type, [each.upper() for each in listed])
        else:
            yield from _by_verb(name, type, statement.actions.values[0])


def _types(statement: Statement) -> Iterator[tuple[str, ResourceType]]:
    table, resource = grants(), statement.resource
    if resource in {"", "all-resources"}:
        yield from table.types.items()
    elif resource in table.families:
        yield from ((name, table.types[name]) for name in sorted(table.families[resource]))
    elif resource.endswith("-family"):
        # Nobody has said what is in it.
        yield resource, ResourceType(data=True)
    elif resource in table.types:
        yield resource, table.types[resource]


def _by_verb(name: str, type: ResourceType, verb: str) -> Iterator[Reach]:
    # A verb of a service's own is taken for the strongest.
    verb = verb if verb in VERBS else VERBS[-1]
    for each in VERBS[: VERBS.index(verb) + 1]:
        for permission in _permissions(type, each):
            yield Reach(name, type, each, permission)


def _permissions(type: ResourceType, verb: str) -> tuple[str, ...]:
    if type.permissions:
        return type.permissions.get(verb, ())
    crossing = type.crossing
    return ("", *sorted(crossing.permissions)) if crossing is not None and crossing.verb == verb else ("",)


def _by_permissions(name: str, type: ResourceType, listed: list[str]) -> Iterator[Reach]:
    known = {permission: verb for verb, permissions in type.permissions.items() for permission in permissions}
    crossing = type.crossing.permissions if type.crossing else frozenset()
    beginning = name.removesuffix("ies").removesuffix("s").replace("-", "_").upper()
    for permission in listed:
        if permission in known:
            yield Reach(name, type, known[permission], permission)
        elif permission in crossing or (not known and permission.startswith(beginning)):
            yield Reach(name, type, _verb_of(permission), permission)


def _verb_of(permission: str) -> str:
    ending = permission.rpartition("_")[2].lower()
    return ending if ending in VERBS else VERBS[-1]
