"""Where a statement holds: in our regions and nowhere else.

A condition that names only other regions to leave out (`request.region != 'fra'`) holds in all the rest. IAM statements
name a region by its key, quotas by its full name. Types of IAM itself are the same everywhere, so that statements about
them need no region.
"""

from collections.abc import Iterator
from typing import Literal

from boundary import Boundary, regions
from iam import Statement
from iam.conditions import ANOTHER, may_hold
from iam.statements import Conditions, Pattern
from policies.core.findings import Problem
from policies.rules.statements.crossings import crossings

_REGION = "request.region"
_READING = frozenset({"inspect", "read"})


def region_problems(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    """Regions outside the boundary in which an `allow` statement can hold."""
    everywhere = statement.resource in crossings().globals or _is_bound_by_its_service(boundary, statement)
    for problem in region_limit_problems(boundary, statement.conditions, "key"):
        if problem.token or not everywhere:
            yield problem


def region_limit_problems(
    boundary: Boundary, conditions: Conditions | None, written: Literal["key", "name"]
) -> Iterator[Problem]:
    """Regions outside the boundary in which conditions can hold: those that they name, or else that there are some."""
    ours = sorted(getattr(region, written) for region in boundary.allowed_regions)
    named = (label for label in named_regions(conditions) if not boundary.is_allowed_region(label))
    giving = [label for label in named if may_hold(conditions, {_REGION: label})]
    for label in giving:
        yield Problem(
            "gives authority in {token}, which is no region of ours",
            token=label,
            lets_through="requests in a region that the boundary doesn't allow",
            instead=f"an allowed region in `{_REGION}`: {' or '.join(ours)}",
        )
    if not giving and any(may_hold(conditions, {_REGION: label}) for label in _others(boundary, written)):
        yield Problem(
            "isn't limited to our regions",
            lets_through="the same in every other region that the tenancy is ever subscribed to",
            instead=f"a condition such as `{_REGION} = '{ours[0]}'`; for two regions, `any {{…}}` around both",
        )


def service_problems(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    """Services of a region outside the boundary, such as `objectstorage-eu-frankfurt-1`."""
    if statement.subject.kind != "service":
        return
    for service in statement.subject.values:
        region = _region_of(service)
        if region and not boundary.is_allowed_region(region):
            yield Problem(
                "gives authority to {token}, a service of a region that isn't ours",
                token=service,
                lets_through="a service in a region that the boundary doesn't allow to what the statement names",
                instead="the service of an allowed region, such as `objectstorage-us-ashburn-1`",
            )


def _region_of(service: str) -> str:
    """The region that a service's name ends in."""
    return next((name for name in regions() if service.lower().endswith(f"-{name}")), "")


def _is_bound_by_its_service(boundary: Boundary, statement: Statement) -> bool:
    """Whether its services are of our regions by their names, or are of no region and read alone."""
    if statement.subject.kind != "service":
        return False
    reads = bool(statement.resource) and statement.actions.values[0].lower() in _READING
    return all(
        boundary.is_allowed_region(_region_of(service)) or (reads and service.lower() in crossings().services)
        for service in statement.subject.values
    )


def named_regions(conditions: Conditions | None) -> Iterator[str]:
    """The regions that conditions name, for or against, without patterns."""
    if conditions is not None:
        for clause in conditions.clauses():
            if clause.attribute == _REGION:
                yield from (value for value in clause.values if not isinstance(value, Pattern))


def _others(boundary: Boundary, written: str) -> Iterator[str]:
    yield ANOTHER
    yield from (getattr(region, written) for region in regions().values() if region not in boundary.allowed_regions)
