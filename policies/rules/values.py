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
from policies.core.shown import shown
from policies.rules.charts import chart_checks
from policies.rules.clients import client_checks
from policies.rules.endpoints import endpoint_checks
from policies.rules.recipients import recipient_checks
from policies.rules.records import record_checks
from policies.rules.repositories import repository_checks
from policies.rules.statements import statement_checks

# `Uocm:PHX-AD-1`, `xyzA:US-ASHBURN-AD-1`, `xyzA:EU-FRANKFURT-1-AD-1`: a region's key or name, whose last number the
# oldest regions leave out.
_AVAILABILITY_DOMAIN = re.compile(r"(?:[a-z0-9]{4}:)?(?P<region>[a-z0-9-]+?)-ad-\d+", re.IGNORECASE)
# A name that could be a region's.
_REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d")
_NOT_OUR_TENANCY = Problem("is not our tenancy")


def checks(boundary: Boundary) -> dict[str, Check]:
    """Every check, bound to the boundary."""

    def allowed_region(value: Plain, _: Constraint) -> Iterator[Problem]:
        if not isinstance(value, str) or find_region(value) is None:
            yield _said("is not the name of an Oracle region that is known", value, _REGION)
        elif not boundary.is_allowed_region(value):
            yield Problem("{token} is a region outside the boundary", token=value)

    def allowed_domain(value: Plain, _: Constraint) -> Iterator[Problem]:
        match = _AVAILABILITY_DOMAIN.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            yield Problem("is not the name of an availability domain", unread=True)
        elif not in_allowed_region(boundary, match["region"]):
            yield Problem("{token} is an availability domain outside the boundary", token=match[0])

    def allowed_ocid(value: Plain, _: Constraint) -> Iterator[Problem]:
        found = find_ocids(value) if isinstance(value, str) else []
        if len(found) != 1 or found[0].text != value:
            yield Problem("is not an OCID", unread=True)
        elif found[0].realm != boundary.realm or not boundary.is_allowed_region(found[0].region):
            yield Problem("{token} lies in a region outside the boundary", token=value)

    def own_tenancy(value: Plain, _: Constraint) -> Iterator[Problem]:
        if value != boundary.tenancy.ocid:
            found = find_ocids(value) if isinstance(value, str) else []
            if found and found[0].type == "tenancy":
                yield Problem("{token} is a tenancy that isn't ours", token=found[0].text)
            else:
                yield Problem("{token} is not our tenancy", token=found[0].text) if found else _NOT_OUR_TENANCY

    def own_namespace(value: Plain, _: Constraint) -> Iterator[Problem]:
        if value != boundary.tenancy.namespace:
            theirs = re.compile("|".join(re.escape(each.namespace) for each in boundary.outside.tenancies))
            yield _said("is not our own Object Storage namespace", value, theirs)

    def one_of(value: Plain, constraint: Constraint) -> Iterator[Problem]:
        if value not in constraint.values:
            # A provider takes true and "true" alike.
            wanted = " or ".join(dict.fromkeys(f"`{shown(each) or each}`" for each in constraint.values))
            found = shown(value)
            yield Problem(f"is {{token}}, not {wanted}", token=found) if found else Problem(f"is not {wanted}")

    def listed(value: Plain, _: Constraint) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem("is not a text", unread=True)

    def absent(value: Plain, _: Constraint) -> Iterator[Problem]:
        found = shown(value)
        yield Problem("is set to {token}", token=found) if found else Problem("is set")

    endpoints = endpoint_checks(boundary)
    return {
        "allowed-region": allowed_region,
        "allowed-domain": allowed_domain,
        "allowed-ocid": allowed_ocid,
        "own-tenancy": own_tenancy,
        "own-namespace": own_namespace,
        "one-of": one_of,
        "absent": absent,
        "listed": listed,
        **statement_checks(boundary),
        **endpoints,
        **repository_checks(boundary),
        **recipient_checks(boundary, endpoints["own-endpoint"]),
        **record_checks(endpoints["own-endpoint"]),
        **client_checks(boundary),
        **chart_checks(boundary, endpoints["own-image"]),
    }


def _said(says: str, value: Plain, pattern: re.Pattern[str]) -> Problem:
    """A problem with a value, which is shown where all of it is what a pattern matches."""
    if isinstance(value, str) and pattern.fullmatch(value):
        return Problem(f"{{token}} {says}", token=value)
    return Problem(says)


def in_allowed_region(boundary: Boundary, label: str) -> bool:
    """Whether the region part of an availability domain's name is one of ours."""
    return boundary.is_allowed_region(label) or boundary.is_allowed_region(f"{label}-1")
