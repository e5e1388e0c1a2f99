"""Where a statement holds: in our regions and nowhere else.

A condition that names only other regions to leave out (`request.region != 'fra'`) holds in all the rest. Types of IAM
itself are the same everywhere, so that statements about them need no region.
"""

from collections.abc import Iterator

from boundary import Boundary, Statement, find_region, regions
from boundary.statements import Conditions, Pattern
from policies.core.findings import Problem
from policies.rules.statements.conditions import ANOTHER, may_hold
from policies.rules.statements.grants import grants

_REGION = "request.region"
_INSTEAD = "`where request.region = 'iad'`, with the key of an allowed region; for two, `any {…}` around both"


def region_problems(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    """Regions outside the boundary in which an `allow` statement can hold."""
    named = [label for label in _named(statement.conditions) if not boundary.is_allowed_region(label)]
    giving = [label for label in named if may_hold(statement.conditions, {_REGION: label})]
    if giving:
        for label in giving:
            yield Problem(
                "gives authority in {token}, which is no region of ours",
                token=label,
                lets_through="requests in a region that the boundary doesn't allow",
                instead="the key of an allowed region, such as `iad`, in `request.region`",
            )
    elif statement.resource not in grants().globals and _holds_elsewhere(boundary, statement.conditions):
        yield Problem(
            "isn't limited to our regions",
            lets_through="the same requests in every other region that the tenancy is ever subscribed to",
            instead=_INSTEAD,
        )


def service_problems(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    """Services of a region outside the boundary, such as `objectstorage-eu-frankfurt-1`."""
    if statement.subject.kind != "service":
        return
    for service in statement.subject.values:
        region = next((name for name in regions() if service.lower().endswith(f"-{name}")), "")
        if region and find_region(region) not in boundary.allowed_regions:
            yield Problem(
                "gives authority to {token}, a service of a region that isn't ours",
                token=service,
                lets_through="a service in a region that the boundary doesn't allow to what the statement names",
                instead="the service of an allowed region, such as `objectstorage-us-ashburn-1`",
            )


def _named(conditions: Conditions | None) -> Iterator[str]:
    if conditions is not None:
        for clause in conditions.clauses():
            if clause.attribute == _REGION:
                yield from (value for value in clause.values if not isinstance(value, Pattern))


def _holds_elsewhere(boundary: Boundary, conditions: Conditions | None) -> bool:
    keys = (region.key for region in regions().values() if region not in boundary.allowed_regions)
    return any(may_hold(conditions, {_REGION: key}) for key in (ANOTHER, *keys))
