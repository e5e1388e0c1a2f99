"""What quotas may not say. Taking away is always fine, in regions that aren't ours above all; what gives something must
be limited to our regions, like a grant.

A region must be written with its full name: with any other word Oracle's condition never holds, and a `zero` takes
nothing away.
"""

from collections.abc import Iterator

from boundary import Boundary, regions
from iam import Quota
from policies.core.findings import Problem
from policies.rules.statements.regions import named_regions, region_limit_problems


def quota_problems(boundary: Boundary, quota: Quota) -> Iterator[Problem]:
    """What is wrong with a quota."""
    for label in named_regions(quota.conditions):
        if label.lower() not in regions():
            yield Problem(
                "names {token}, which isn't the full name of a region",
                token=label,
                lets_through="what the quota was to take away",
                instead="the region's full name, such as `us-ashburn-1`",
            )
    if not quota.takes_away:
        yield from region_limit_problems(boundary, quota.conditions, "name")
