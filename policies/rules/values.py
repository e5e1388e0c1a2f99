"""The checks of constrained values, by the name that the catalogue calls them.

Each is told a value that is known and set. What can't be shown safely is not quoted: only regions, domains and OCIDs
that a pattern matched are.
"""

import re
from collections.abc import Iterator

from boundary import Boundary, find_ocids, find_region
from policies.core import Plain, Problem
from policies.core.constraints import Constraint
from policies.core.ruleset import Check
from policies.rules.endpoints import endpoint_checks
from policies.rules.recipients import recipient_checks
from policies.rules.repositories import repository_checks
from policies.rules.statements import statement_checks

# `Uocm:PHX-AD-1`, `xyzA:US-ASHBURN-AD-1`, `xyzA:EU-FRANKFURT-1-AD-1`: a region's key or name, whose last number the
# oldest regions leave out.
_AVAILABILITY_DOMAIN = re.compile(r"(?:[a-z0-9]{4}:)?(?P<region>[a-z0-9-]+?)-ad-\d+", re.IGNORECASE)


def checks(boundary: Boundary) -> dict[str, Check]:
    """Every check, bound to the boundary."""

    def allowed_region(value: Plain, _: Constraint) -> Iterator[Problem]:
        if not isinstance(value, str) or find_region(value) is None:
            yield Problem("is not the name of an Oracle region that is known")
        elif not boundary.is_allowed_region(value):
            yield Problem("{token} is a region outside the boundary", token=value)

    def allowed_domain(value: Plain, _: Constraint) -> Iterator[Problem]:
        match = _AVAILABILITY_DOMAIN.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            yield Problem("is not the name of an availability domain")
        elif not in_allowed_region(boundary, match["region"]):
            yield Problem("{token} is an availability domain outside the boundary", token=match[0])

    def allowed_ocid(value: Plain, _: Constraint) -> Iterator[Problem]:
        found = find_ocids(value) if isinstance(value, str) else []
        if len(found) != 1 or found[0].text != value:
            yield Problem("is not an OCID")
        elif found[0].realm != boundary.realm or not boundary.is_allowed_region(found[0].region):
            yield Problem("{token} lies in a region outside the boundary", token=value)

    def own_tenancy(value: Plain, _: Constraint) -> Iterator[Problem]:
        if value != boundary.tenancy.ocid:
            found = find_ocids(value) if isinstance(value, str) else []
            if found and found[0].type == "tenancy":
                yield Problem("{token} is a tenancy that isn't ours", token=found[0].text)
            else:
                yield Problem("is not our tenancy")

    def own_namespace(value: Plain, _: Constraint) -> Iterator[Problem]:
        if value != boundary.tenancy.namespace:
            yield Problem("is not our own Object Storage namespace")

    def one_of(value: Plain, constraint: Constraint) -> Iterator[Problem]:
        if value not in constraint.values:
            yield Problem(f"is not {' or '.join(map(str, constraint.values))}")

    def absent(_: Plain, __: Constraint) -> Iterator[Problem]:
        yield Problem("is set")

    endpoints = endpoint_checks(boundary)
    return {
        "allowed-region": allowed_region,
        "allowed-domain": allowed_domain,
        "allowed-ocid": allowed_ocid,
        "own-tenancy": own_tenancy,
        "own-namespace": own_namespace,
        "one-of": one_of,
        "absent": absent,
        **statement_checks(boundary),
        **endpoints,
        **repository_checks(boundary),
        **recipient_checks(boundary, endpoints["own-endpoint"]),
    }


def in_allowed_region(boundary: Boundary, label: str) -> bool:
    """Whether the region part of an availability domain's name is one of ours."""
    return boundary.is_allowed_region(label) or boundary.is_allowed_region(f"{label}-1")
