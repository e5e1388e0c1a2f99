"""What nobody may do, whatever else is granted: the second lock on what grants leave out anyhow.

IAM takes `deny` only in a tenancy that has opted in, which its administrators do in the console; where that is not done
yet, `stateside:landingZone: {denyStatements: false}` leaves the statements out. Members of the default domain's
Administrators are exempt from them.
Source: Oracle, "Deny Policies", https://docs.oracle.com/iaas/Content/Identity/policysyntax/denypolicies.htm; types:
"Details for the Core Services", https://docs.oracle.com/iaas/Content/Identity/policyreference/corepolicyreference.htm

Assumption: a denied verb takes the stronger ones with it: to deny `inspect` is to deny all.
"""

from collections.abc import Iterator

from boundary import Region
from infra.landing_zone.compartments import compartment_name
from infra.landing_zone.statements import group_name
from infra.systems import System

_NOWHERE = ("local-peering-gateways", "cpes", "ipsec-connections", "virtual-circuits", "cross-connects", "vtaps")
"""Ways out of the network of which there are none. NAT gateways beside them, where a system has no business outside."""

_STORED = ("object-family", "volume-family")
"""What vendors never read where they may look after machines: what a call can read."""


def denials(environment: str, regions: tuple[Region, ...], vendors: frozenset[str]) -> Iterator[str]:
    """The statements: ways out of the network, every other region, and data from vendors."""
    for way in (*_NOWHERE, "nat-gateways"):
        yield f"Deny any-user to manage {way} in compartment {environment}"
    elsewhere = ", ".join(f"request.region != '{region.key}'" for region in regions)
    yield f"Deny any-user to inspect all-resources in compartment {environment} where all {{{elsewhere}}}"
    for vendor in sorted(vendors):
        group = f"group '{environment}'/'{group_name(environment, vendor)}'"
        for system in System:
            for what in _denied_to_vendors(system):
                yield f"Deny {group} to read {what} in compartment {compartment_name(environment, system)}"


def _denied_to_vendors(system: System) -> tuple[str, ...]:
    if system.guards.closed_to_vendors:
        return ("all-resources",)
    return _STORED if system.guards.denies_vendors_data else ()
