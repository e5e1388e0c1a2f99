"""What a statement gives: which stores it speaks of, and whether they may be read or written.

What isn't understood gives everything. What statements that deny take away is in denials.py.
"""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

from boundary import DataClass
from iam import Statement
from iam.statements import Clause, Conditions
from policies.flow.graph import EVERYTHING
from policies.flow.table import Table

_EQUALS = frozenset({"eq", "in"})
_READING = frozenset({"read", "use", "manage"})
_WRITING = frozenset({"use", "manage"})
_PERMISSION = "request.permission"
_BUCKET_NAME = "target.bucket.name"
_CLASS = re.compile(r"target\..+\.tag\.stateside-.+\.dataclass")


@dataclass(frozen=True, slots=True)
class Grant:
    """Stores by kind, class and name (any name, when there is none), to be read, written, or both."""

    kinds: frozenset[str]
    classes: frozenset[DataClass]
    names: tuple[str, ...]
    reads: bool
    writes: bool

    def takes_in(self, kind: str, classes: frozenset[DataClass], name: object) -> bool:
        """Whether a store is among them."""
        return (
            kind in self.kinds
            and (not classes or not self.classes.isdisjoint(classes))
            and (not self.names or not isinstance(name, str) or _is_one_of(name, self.names))
        )


def grant_of(statement: Statement, table: Table, left: frozenset[str] | None = None) -> Grant | None:
    """What a statement gives; None where that is nothing that holds data.

    `left` are the permissions that are left of it where others deny some.
    """
    grants = table.statements
    everything = table.stores | table.machines | table.records | {k for kinds in grants.gives.values() for k in kinds}
    permissions: tuple[str, ...] = ()
    if statement.actions.kind == "permissions":
        permissions = tuple(each.upper() for each in statement.actions.values)
        kinds: frozenset[str] = frozenset()
        for each in permissions:
            known = [found for start, found in grants.permissions.items() if each.startswith(start)]
            kinds |= frozenset(known[0]) if known else everything
    elif statement.resource in grants.gives_nothing:
        return None
    else:
        kinds = frozenset(grants.gives.get(statement.resource, everything))
    verbs = frozenset(each.lower() for each in statement.actions.values)
    reads = _some(permissions, grants.not_reading) if permissions else bool(verbs & _READING)
    writes = _some(permissions, grants.not_writing) if permissions else bool(verbs & _WRITING)
    if left is not None:
        reads = reads and _some(tuple(left), grants.not_reading)
        writes = writes and _some(tuple(left), grants.not_writing)
    classes = EVERYTHING
    names: tuple[str, ...] = ()
    for attribute, values in _narrowings(statement.conditions):
        if attribute == _PERMISSION:
            asked = tuple(each.upper() for each in values)
            reads, writes = reads and _some(asked, grants.not_reading), writes and _some(asked, grants.not_writing)
        elif attribute == _BUCKET_NAME and kinds <= {"ObjectStorage/bucket"}:
            names = values
        elif _CLASS.fullmatch(attribute):
            classes &= frozenset(each for each in DataClass if _is_one_of(each, values))
    return Grant(kinds, classes, names, reads, writes) if kinds and (reads or writes) else None


def _is_one_of(value: str, wanted: tuple[str, ...]) -> bool:
    """Whether a value is what a condition asks for; Oracle compares without case, and `*` stands for anything."""
    return any(fnmatchcase(value.casefold(), each.casefold()) for each in wanted)


def _some(permissions: tuple[str, ...], useless: tuple[str, ...]) -> bool:
    """Whether some permission is none of the useless ones."""
    return any(not any(re.search(end, each) for end in useless) for each in permissions)


def _narrowings(conditions: Conditions | None) -> list[tuple[str, tuple[str, ...]]]:
    """The attributes that must have one of some values, whatever else holds."""
    if conditions is None:
        return []
    if conditions.mode == "all" or len(conditions.items) == 1:
        found: list[tuple[str, tuple[str, ...]]] = []
        for item in conditions.items:
            if isinstance(item, Conditions):
                found += _narrowings(item)
            elif item.operator in _EQUALS:
                found.append((item.attribute, item.values))
        return found
    clauses = [item for item in conditions.items if isinstance(item, Clause) and item.operator in _EQUALS]
    attributes = {clause.attribute for clause in clauses}
    if len(clauses) == len(conditions.items) and len(attributes) == 1:
        return [(attributes.pop(), tuple(value for clause in clauses for value in clause.values))]
    return []
