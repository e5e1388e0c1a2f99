"""What data a statement gives: which types that hold it, or that open it, and by which permissions.

Which names give data is the flow proof's list (`policies/flow/table.yaml`); what it doesn't
name counts as data.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from iam import Statement
from iam.conditions import ANOTHER
from iam.reference import VERBS, families, find_type, resource_types
from policies.flow.table import load_table
from policies.rules.statements.crossings import crossings

_ALL = "all-resources"
_CACHED = 4096


class Reach(NamedTuple):
    """A permission on a type with data, and the weakest verb that holds it. One that nobody knows has no name."""

    type: str
    verb: str
    permission: str = ""

    @property
    def reads(self) -> bool:
        """Whether it reads only."""
        return self.verb in VERBS[:2]


@lru_cache(maxsize=_CACHED)
def data_reached(actions: tuple[str, ...], resource: str) -> tuple[Reach, ...]:
    """Every permission on data of a verb on a type, or of a list of permissions."""
    if not resource:
        return tuple(_of_permissions(tuple(each.upper() for each in actions)))
    return tuple(each for name in _names(resource) if has_data(name) for each in _of_verb(name, actions[0].lower()))


def reached(statement: Statement) -> tuple[Reach, ...]:
    """Every permission on data that a statement speaks of."""
    return data_reached(statement.actions.values, statement.resource)


@cache
def has_data(name: str) -> bool:
    """Whether a type or family, as a statement names it, holds data or opens it, or nobody says that it doesn't."""
    found = find_type(name)
    names = {name, found.name, *found.aliases} if found is not None else {name}
    table, given = load_table(), load_table().statements
    if not names.isdisjoint(crossings().opening):
        return True
    kinds = {kind for each in names for kind in given.gives.get(each, ())}
    if kinds:
        return any(kind not in table.passing and kind not in table.network for kind in kinds)
    return names.isdisjoint(given.gives_nothing)


@cache
def _says(name: str) -> bool:
    """Whether the flow proof's list or ours says something about a name."""
    given = load_table().statements
    return name in given.gives or name in given.gives_nothing or name in crossings().opening


def _names(resource: str) -> tuple[str, ...]:
    """The types that it unfolds to; a family of which something is said stands for itself, beside what opens data."""
    if resource == _ALL:
        # What is said something about comes first, and is shown.
        return tuple(sorted(resource_types(), key=lambda name: (not _says(name), name)))
    family = families().get(resource)
    if family is None or not family.attested:
        return (resource,)
    if _says(resource) and has_data(resource):
        return tuple(sorted(each for each in family.members if has_data(each))) or (resource,)
    return () if _says(resource) else family.members


def _of_verb(name: str, verb: str) -> Iterator[Reach]:
    found = find_type(name)
    upto = VERBS[: VERBS.index(verb) + 1] if verb in VERBS else VERBS
    told = found.known.tells if found is not None else ()
    held: frozenset[str] = frozenset()
    for each in upto:
        more = (found.verbs.get(each, frozenset()) if found is not None else frozenset()) - held
        yield from (Reach(name, each, permission) for permission in sorted(more))
        held |= more
        if each not in told:
            yield Reach(name, each)
        elif not more:
            # It gives nothing more today.
            yield Reach(name, each, ANOTHER)


def _of_permissions(listed: tuple[str, ...]) -> Iterator[Reach]:
    for permission in listed:
        holders = _holders().get(permission)
        if holders is None:
            # It may be on anything.
            yield Reach(permission, _verb_of(permission), permission)
        for name, verb in holders or ():
            if has_data(name) and _says(name):
                yield Reach(name, verb, permission)
                break


def _verb_of(permission: str) -> str:
    ending = permission.rpartition("_")[2].lower()
    return ending if ending in VERBS else VERBS[-1]


@cache
def _holders() -> dict[str, tuple[tuple[str, str], ...]]:
    """The types that hold a permission, each with the weakest verb that does."""
    found: dict[str, dict[str, str]] = {}
    for type in resource_types().values():
        for verb in reversed(VERBS):
            for permission in type.verbs.get(verb, ()):
                found.setdefault(permission, {})[type.name] = verb
        for permission in type.others:
            found.setdefault(permission, {}).setdefault(type.name, _verb_of(permission))
    return {permission: tuple(sorted(types.items())) for permission, types in found.items()}
