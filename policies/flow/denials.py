"""What `deny` statements take away from what others give, as far as that is certain.

A denial counts against a statement where it is for the same principals, or everybody, holds wherever the other gives,
and has no condition that may not hold. A statement of which the reference doesn't know every permission loses nothing,
nor does one that crosses tenancies: what denies those is `deny admit` and `deny endorse`.
Source: Oracle, "Deny Policies", https://docs.oracle.com/iaas/Content/Identity/policysyntax/denypolicies.htm
"""

from collections.abc import Iterable
from dataclasses import dataclass

from iam import Statement, StatementKind, allowed, denied
from policies.flow.compartments import SOMEWHERE, Compartments

_EVERYBODY = "any-user"


@dataclass(frozen=True, slots=True)
class _Denial:
    statement: Statement
    places: frozenset[str] | None
    permissions: frozenset[str]

    def is_for(self, statement: Statement) -> bool:
        ours, theirs = self.statement.subject, statement.subject
        if ours.kind == _EVERYBODY:
            return True
        names = {name.casefold() for name in ours.values}
        return ours.kind == theirs.kind and names >= {name.casefold() for name in theirs.values}

    def holds_in(self, places: frozenset[str] | None) -> bool:
        if self.places is None:
            return True
        # A place that the stack doesn't know lies in no other for certain.
        known = places - {SOMEWHERE} if places is not None else frozenset()
        return bool(known) and known <= self.places


class Denials:
    """The `deny` statements of a stack."""

    def __init__(self, statements: Iterable[Statement], compartments: Compartments) -> None:
        self._denials = [
            _Denial(each, compartments.surely(each.place), denied(each, sure=True).permissions)
            for each in statements
            if each.kind is StatementKind.DENY
        ]

    def leave(self, statement: Statement, places: frozenset[str] | None) -> frozenset[str] | None:
        """The permissions of a statement that no denial takes away; None where none is taken, or not all are known."""
        against = [each for each in self._denials if each.is_for(statement) and each.holds_in(places)]
        if statement.kind is not StatementKind.ALLOW or not against:
            return None
        given = allowed(statement)
        return None if given.unknown else given.permissions.difference(*(each.permissions for each in against))
