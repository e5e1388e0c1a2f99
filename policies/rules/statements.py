"""What IAM policy statements may not say, judged on the parsed statement.

`endorse` and `admit` give authority across tenancies, and `define tenancy` is the first half of either. Their `deny`
forms only take away. A statement that can't be parsed can't be judged, so that it is a violation too.
"""

from collections.abc import Iterator

from boundary import Boundary, BoundaryError, Statement, StatementKind, parse_statements
from policies.core import Plain, Problem
from policies.core.constraints import Constraint
from policies.core.ruleset import Check

_GIVING = {StatementKind.ALLOW, StatementKind.ADMIT, StatementKind.ENDORSE}
_HOLDS_WHEN_EQUAL = {"eq", "in"}


def statements_check(boundary: Boundary) -> Check:
    """The check of one text of statements."""

    def check(value: Plain, _: Constraint) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem("is not a text of policy statements")
            return
        try:
            statements = parse_statements(value)
        except BoundaryError as error:
            yield Problem(
                str(error),
                lets_through="whatever Oracle reads in a statement that can't be judged here",
                instead="a statement in the form `allow group <name> to <verb> <type> in compartment <name>`",
            )
            return
        for statement in statements:
            yield from _across_tenancies(boundary, statement)
            yield from _across_regions(boundary, statement)

    return check


def _across_tenancies(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    match statement.kind:
        case StatementKind.ENDORSE:
            yield Problem(
                "endorses a group of ours in another tenancy",
                lets_through="our people and services to what belongs to another tenancy, with data under their arm",
            )
        case StatementKind.ADMIT:
            yield Problem(
                "admits somebody of another tenancy to what is ours",
                lets_through="people and services of another tenancy to what the statement names",
            )
        case StatementKind.DEFINE if statement.defines.kind == "tenancy":
            if statement.identifier.lower() != boundary.tenancy.ocid.lower():
                yield Problem(
                    "defines {token}, a tenancy that isn't ours",
                    token=statement.identifier,
                    lets_through="an `endorse` or `admit` statement for that tenancy, of which this is the first half",
                )


def _across_regions(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    if statement.kind not in _GIVING or statement.conditions is None:
        return
    for clause in statement.conditions.clauses():
        if clause.attribute == "request.region" and clause.operator in _HOLDS_WHEN_EQUAL:
            for label in clause.values:
                if not boundary.is_allowed_region(label):
                    yield Problem(
                        "gives authority in {token}, which is no region of ours",
                        token=label,
                        lets_through="requests in a region that the boundary doesn't allow",
                        instead="the key of an allowed region, such as `iad`, in `request.region`",
                    )
