"""Which calls that cross a statement allows: `crossings.yaml`, held against what the statement gives.

A call counts as soon as one permission that decides can be given for it. Where Oracle's reference names none, the type
decides. A name that the reference doesn't know may be anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from boundary.load import read_model
from iam import Statement, Unknown, UnknownKind, allowed
from iam.conditions import ANOTHER, may_hold
from iam.reference import VERBS, calls, families, find_type, permissions, resource_types

PERMISSION = "request.permission"
_OPERATION = "request.operation"
_STRICT = ConfigDict(extra="forbid", frozen=True)
_CACHED = 4096


class Decisive(BaseModel):
    """What gives a call: any of these permissions, or this verb on a type."""

    model_config = _STRICT

    permissions: frozenset[str] = frozenset()
    types: dict[str, str] = {}

    @model_validator(mode="before")
    @classmethod
    def _a_list_is_of_permissions(cls, value: Any) -> Any:
        return {"permissions": value} if isinstance(value, list) else value


class Kind(BaseModel):
    """Calls by which the same is made."""

    model_config = _STRICT

    makes: str
    served: bool = False
    group: str = ""
    calls: dict[str, Decisive]


class Crossings(BaseModel):
    """The whole of `crossings.yaml`."""

    model_config = _STRICT

    kinds: tuple[Kind, ...]
    bounded: dict[str, str]
    classified: dict[str, str]
    globals: frozenset[str]
    services: frozenset[str]
    opening: frozenset[str]

    @property
    def calls(self) -> frozenset[str]:
        """The names of all calls that cross."""
        return frozenset(call for kind in self.kinds for call in kind.calls)


@dataclass(frozen=True)
class Crossing:
    """A call that crosses, what is made by it, and by which permission or type it is given."""

    call: str
    kind: Kind
    by: str


@cache
def crossings() -> Crossings:
    """The table, read once.

    Raises:
        BoundaryError: `crossings.yaml` can't be used.
    """
    return read_model(Path(__file__).with_name("crossings.yaml"), Crossings)


@lru_cache(maxsize=_CACHED)
def crossings_of(statement: Statement, groups: tuple[str, ...]) -> tuple[Crossing, ...]:
    """Every call that crosses and that a statement can give; `groups` are those that it must not make members of."""
    return tuple(_crossings_of(statement, groups))


@lru_cache(maxsize=_CACHED)
def unknown_of(statement: Statement) -> tuple[Unknown, ...]:
    """What a statement that changes something speaks of, and neither the reference nor `classified` tells."""
    given = allowed(statement).unknown
    if not given or statement.actions.values[0] in {"inspect", "read"}:
        return ()
    if may_hold(statement.conditions, {PERMISSION: ANOTHER}):
        return tuple(sorted(each for each in given if _subject_of(each) not in crossings().classified))
    # It gives what its conditions name, and nothing else.
    names = {each for each in given if each.kind is UnknownKind.PERMISSION}
    names |= {Unknown(UnknownKind.PERMISSION, name) for name in _named(statement) - permissions()}
    return tuple(sorted(names))


@cache
def types_of(resource: str) -> frozenset[str]:
    """The types that a statement means by a name, a family's members or itself, as the reference calls them."""
    if resource == "all-resources":
        return frozenset(resource_types())
    members = families()[resource].members if resource in families() else ()
    return frozenset().union(*map(types_of, members)) if members else frozenset({_type_name(resource)})


def _type_name(name: str) -> str:
    found = find_type(name)
    return found.name if found is not None else name


def _subject_of(unknown: Unknown) -> str:
    """The type that it is about."""
    return unknown.name.split()[-1]


def _crossings_of(statement: Statement, groups: tuple[str, ...]) -> Iterator[Crossing]:
    given = allowed(statement)
    held = given.permissions
    if given.unknown and not may_hold(statement.conditions, {PERMISSION: ANOTHER}):
        held |= _named(statement)
    for kind in crossings().kinds:
        members = [{kind.group: name} for name in groups] if kind.group else [{}]
        for call, decisive in kind.calls.items():
            by = next(_given_by(statement, call, decisive, held, members), None)
            if by is not None:
                yield Crossing(call, kind, by)


def _given_by(
    statement: Statement, call: str, decisive: Decisive, held: frozenset[str], members: list[dict[str, str]]
) -> Iterator[str]:
    for permission in sorted(decisive.permissions & held):
        if _may(statement, call, [{PERMISSION: permission, **member} for member in members]):
            yield permission
    verb = statement.actions.values[0]
    if verb in VERBS:
        for name, weakest in decisive.types.items():
            if (
                VERBS.index(verb) >= VERBS.index(weakest)
                and name in types_of(statement.resource)
                and may_hold(statement.conditions, {PERMISSION: ANOTHER})
                and _may(statement, call, members)
            ):
                yield name


def _may(statement: Statement, call: str, requests: list[dict[str, str]]) -> bool:
    return any(
        may_hold(statement.conditions, {**request, _OPERATION: name}) for request in requests for name in _names(call)
    )


@cache
def _names(call: str) -> frozenset[str]:
    """What a condition may call a call: what the SDK does, or what the reference does."""
    return frozenset({call, *(each.operation for each in calls().values() if each.api == call)})


def _named(statement: Statement) -> frozenset[str]:
    """The permissions that conditions name and leave. A pattern is a name too: it may be of one that nobody knows."""
    clauses = statement.conditions.clauses() if statement.conditions else ()
    named = {value.upper() for clause in clauses if clause.attribute == PERMISSION for value in clause.values}
    return frozenset(each for each in named | permissions() if may_hold(statement.conditions, {PERMISSION: each}))
