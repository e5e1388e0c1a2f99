"""Whom a statement speaks of, and where: groups by environment, name and identity domain, and the compartment.

A role is a group of our own domain, in the environment that the statement is about. Our own domain is the tenancy's
default one, or the one that is called after the environment.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from boundary import Boundary, Role
from boundary.granted import Granted
from iam import Statement
from iam.conditions import ANOTHER, may_hold
from iam.statements import Clause, Pattern

_GROUPS = frozenset({"group", "dynamic-group"})
_COMPARTMENTS = frozenset({"compartment-name", "compartment-path"})
_DEFAULT = frozenset({"", "default"})
_TYPE, _WHO = "request.principal.type", "request.principal.id"
# What may stand for what trains: machines, and what Data Science runs.
_TRAINING = ("instance", "datascience")
_PERSON = "user"


@dataclass(frozen=True)
class Who:
    """Somebody whom a statement names. The environment is empty where the name begins with none."""

    kind: str
    name: str
    environment: str = ""
    domain: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether it is what we mean by that name: it is of our own domain."""
        return self.domain in _DEFAULT or self.domain == self.environment

    @property
    def label(self) -> str:
        """As `boundary.yaml` names it."""
        return f"{self.kind} {self.name}"


def subjects(boundary: Boundary, statement: Statement) -> tuple[Who, ...]:
    """Everybody whom a statement names."""
    kind = statement.subject.kind
    if kind not in _GROUPS:
        return tuple(Who(kind, value.lower()) for value in statement.subject.values)
    return tuple(_group(boundary, kind, value) for value in statement.subject.values)


def environments_of(boundary: Boundary, statement: Statement) -> frozenset[str]:
    """The environments that the place of a statement names."""
    return frozenset(filter(None, (_split(boundary, part)[0] for part in _parts(statement))))


def may_cross(boundary: Boundary, statement: Statement) -> bool:
    """Whether a statement's subjects are all groups with the role `crossings`, in its own environment."""
    where = environments_of(boundary, statement)
    everybody = subjects(boundary, statement)
    return bool(everybody) and all(
        who.kind == "group"
        and who.is_ours
        and who.environment != ""
        and who.name == boundary.roles.crossings
        and where <= {who.environment}
        for who in everybody
    )


def roles_of(boundary: Boundary, statement: Statement) -> frozenset[Role]:
    """The roles that hold back somebody of a statement, whatever domain he is of; by OCID, those that he may have."""
    if statement.subject.kind == "any-user":
        return frozenset(_may_be(statement))
    groups = statement.subject.values if statement.subject.kind in _GROUPS else ()
    return frozenset(role for role in map(boundary.role_of, groups) if role not in {None, Role.CROSSINGS})


def granted_to(boundary: Boundary, statement: Statement, who: Who) -> Iterator[Granted]:
    """What the boundary names for somebody, as far as it holds where the statement does."""
    parts = [_split(boundary, part) for part in _parts(statement)]
    environment, place = parts[-1] if parts else ("", "")
    if not environment or not who.is_ours or (who.kind != "service" and who.environment != environment):
        return
    for granted in boundary.granted:
        if _names(granted.to, who) and (not granted.within or place in granted.within):
            yield granted


def _names(to: Iterable[str], who: Who) -> bool:
    return who.label in to


def _group(boundary: Boundary, kind: str, value: str) -> Who:
    domain, _, name = value.lower().rpartition("/")
    environment, rest = _split(boundary, name)
    return Who(kind, rest, environment, domain)


def _split(boundary: Boundary, name: str) -> tuple[str, str]:
    """The environment that a name begins with, and the rest of it."""
    lowered = name.lower()
    for environment in sorted(map(str.lower, boundary.addresses.environments), key=len, reverse=True):
        if lowered == environment or lowered.startswith(f"{environment}-"):
            return environment, lowered[len(environment) + 1 :]
    return "", lowered


def _parts(statement: Statement) -> list[str]:
    return list(statement.place.values) if statement.place.kind in _COMPARTMENTS else []


def _may_be(statement: Statement) -> Iterator[Role]:
    clauses = list(statement.conditions.clauses()) if statement.conditions else []
    kinds = [*_left(statement, clauses, _TYPE)]
    # What is no OCID may be anybody's.
    ids = [f"{value.lower()}..".split(".")[1] or _PERSON for value in _left(statement, clauses, _WHO)]
    for kind in map(str.lower, (*kinds, *ids)):
        if kind == _PERSON:
            yield Role.VENDOR
            yield Role.TRAINER
        elif kind.startswith(_TRAINING):
            yield Role.TRAINER


def _left(statement: Statement, clauses: Iterable[Clause], attribute: str) -> Iterator[str]:
    """The values of an attribute that a statement names and holds for; nothing where it holds for others too."""
    if may_hold(statement.conditions, {attribute: ANOTHER}):
        return
    for clause in clauses:
        if clause.attribute == attribute:
            for value in clause.values:
                # A pattern may be any of them.
                if isinstance(value, Pattern):
                    yield from (_PERSON, f"ocid1.{_PERSON}")
                elif may_hold(statement.conditions, {attribute: value}):
                    yield value
