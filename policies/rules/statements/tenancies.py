"""Authority across tenancies: `endorse` and `admit` give it, `define tenancy` is the first half of either.

Their `deny` forms only take away.
"""

from collections.abc import Iterator

from boundary import Boundary
from iam import Statement, StatementKind
from policies.core.findings import Problem


def tenancy_problems(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    """What a statement gives to or takes from another tenancy."""
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
