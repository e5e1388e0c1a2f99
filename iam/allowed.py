"""What a statement allows: the permissions of its verb on a type or family, or those that it lists, under conditions.

A name that the reference doesn't know, or of which it doesn't tell all, is reported beside the permissions and is never
silently nothing. Whether a condition leaves a permission is asked in one of two ways: may it hold, or must it.
Sources: Oracle, "Verbs", https://docs.oracle.com/iaas/Content/Identity/policieshow/Verbs.htm; "Advanced Policy
Features" (`request.permission`), https://docs.oracle.com/iaas/Content/Identity/policieshow/Policy_Advanced_Features.htm

Assumption: a denied verb takes away what it holds beyond the weaker one, and the stronger verbs with it: to deny
`inspect` is to deny all, to deny `manage` leaves `use`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from iam.conditions import may_hold, must_hold
from iam.reference import VERBS, Call, Known, ResourceType, calls, families, find_type, permissions, resource_types
from iam.statements import Statement, StatementKind

ALL_RESOURCES = "all-resources"
_PERMISSION = "request.permission"
_GIVING = frozenset({StatementKind.ALLOW, StatementKind.ADMIT, StatementKind.ENDORSE})
_DENYING = frozenset({StatementKind.DENY, StatementKind.DENY_ADMIT, StatementKind.DENY_ENDORSE})
_CACHED = 4096


class UnknownKind(StrEnum):
    """What of a statement the reference can't tell."""

    TYPE = "resource type"
    FAMILY = "family"
    VERB = "verb"
    PERMISSION = "permission"


@dataclass(frozen=True, order=True)
class Unknown:
    """A name that the reference doesn't know. A verb is named with its type: of that type it doesn't tell all of it."""

    kind: UnknownKind
    name: str


@dataclass(frozen=True)
class Allowed:
    """Permissions, and what more there may be that nobody can tell."""

    permissions: frozenset[str] = frozenset()
    unknown: frozenset[Unknown] = frozenset()


@dataclass(frozen=True)
class Calls:
    """Calls of services, and the permissions of which no call is known to the reference because it has no such name."""

    calls: frozenset[Call]
    unknown: frozenset[Unknown]


def allowed(statement: Statement, request: Mapping[str, str] | None = None, *, sure: bool = False) -> Allowed:
    """What a statement gives for a request of which these attributes are known (in lower case).

    `sure` asks what it gives for every such request, otherwise for some. One that only takes away gives nothing.
    """
    if statement.kind not in _GIVING:
        return Allowed()
    return _under_conditions(statement, _spoken_of(statement.actions.values, statement.resource), request, sure)


def denied(statement: Statement, request: Mapping[str, str] | None = None, *, sure: bool = False) -> Allowed:
    """What a `deny` statement takes away, asked for as `allowed` is; another takes nothing."""
    if statement.kind not in _DENYING:
        return Allowed()
    spoken_of = _spoken_of(statement.actions.values, statement.resource)
    verb = statement.actions.values[0] if statement.resource else ""
    if verb in VERBS:
        weaker = VERBS[: VERBS.index(verb)][-1:]
        kept = _spoken_of(weaker, statement.resource).permissions if weaker else frozenset()
        all_of_it = _spoken_of(VERBS[-1:], statement.resource)
        spoken_of = Allowed(all_of_it.permissions - kept, all_of_it.unknown)
    return _under_conditions(statement, spoken_of, request, sure)


def calls_of(given: Iterable[str]) -> Calls:
    """Every call that somebody with these permissions can make, each in the case that needs the fewest."""
    held = frozenset(given)
    unknown = (Unknown(UnknownKind.PERMISSION, name) for name in held - permissions())
    return Calls(frozenset(each for each in calls().values() if each.is_given_by(held)), frozenset(unknown))


def permissions_for(service: str, operation: str) -> Call | None:
    """What a call needs; None where the reference has no such call, which says nothing about what it needs."""
    return calls().get((service, operation))


def _under_conditions(
    statement: Statement, spoken_of: Allowed, request: Mapping[str, str] | None, sure: bool
) -> Allowed:
    holds, known, conditions = must_hold if sure else may_hold, request or {}, statement.conditions
    # A permission that has no name yet may be any.
    unknown = spoken_of.unknown if may_hold(conditions, known) else frozenset()
    if conditions is None or all(each.attribute != _PERMISSION for each in conditions.clauses()):
        return Allowed(spoken_of.permissions if holds(conditions, known) else frozenset(), unknown)
    left = (each for each in spoken_of.permissions if holds(conditions, {**known, _PERMISSION: each}))
    return Allowed(frozenset(left), unknown)


@lru_cache(maxsize=_CACHED)
def _spoken_of(actions: tuple[str, ...], resource: str) -> Allowed:
    if not resource:
        listed = frozenset(each.upper() for each in actions)
        return Allowed(listed, frozenset(Unknown(UnknownKind.PERMISSION, each) for each in listed - permissions()))
    verb = actions[0].lower()
    if resource == ALL_RESOURCES:
        return _together(_of_type(each, verb) for each in resource_types().values())
    family = families().get(resource)
    if family is not None and family.attested:
        members = (_of_named(member, verb) for member in family.members)
        return _together((*members, Allowed(_held(family.extra, verb))))
    return _of_named(resource, verb)


def _of_named(name: str, verb: str) -> Allowed:
    found = find_type(name)
    if found is None or found.known is Known.DOUBTFUL:
        kind = UnknownKind.FAMILY if name in families() or name.endswith("-family") else UnknownKind.TYPE
        return Allowed(unknown=frozenset({Unknown(kind, name)}))
    return _of_type(found, verb)


def _of_type(type: ResourceType, verb: str) -> Allowed:
    told = verb in type.known.tells
    unknown = frozenset() if told else frozenset({Unknown(UnknownKind.VERB, f"{verb} {type.name}")})
    return Allowed(_held(type.verbs, verb), unknown)


def _held(verbs: Mapping[str, frozenset[str]], verb: str) -> frozenset[str]:
    """What a verb holds, the weaker ones with it."""
    upto = VERBS[: VERBS.index(verb) + 1] if verb in VERBS else ()
    return frozenset().union(*(verbs.get(each, frozenset()) for each in upto))


def _together(parts: Iterable[Allowed]) -> Allowed:
    every = tuple(parts)
    return Allowed(
        frozenset().union(*(each.permissions for each in every)), frozenset().union(*(each.unknown for each in every))
    )
