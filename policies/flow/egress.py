"""Ways out over a NAT gateway that a lane can except: to named addresses and ports, by a security rule of their own.

Push services, payment and certificate status are called, and answer. A lane for such a call names the one security
rule of a group that lets it out, under the rule `connector`; the rule itself says to which addresses and ports. One to
everywhere, to all ports, or of a security list, which has many, can't have a lane.
"""

from policies.core.plain import Plain, Resource
from policies.flow.ranges import on_internet, range_of
from policies.flow.security import ALL_PORTS, GROUP_RULE, Rule
from policies.flow.values import kind_of

RULE = "connector"
# Apple's push service has a block of this size: https://support.apple.com/en-us/102266
_WIDEST = 2**24


def may_have_lane(rule: Rule, by: Resource | None) -> bool:
    """Whether a lane can except what a security rule lets out."""
    if by is None or kind_of(by) != GROUP_RULE or not rule.outward or rule.range is None or rule.protocol is None:
        return False
    return rule.ports != ALL_PORTS and rule.range[1] - rule.range[0] < _WIDEST


def needs_lane(resource: Resource) -> bool:
    """Whether a resource is a security rule to addresses of the internet, which a lane may be open for."""
    outward = resource.properties.get("direction") == "EGRESS"
    return kind_of(resource) == GROUP_RULE and outward and _is_on_internet(resource.properties.get("destination"))


def _is_on_internet(destination: Plain) -> bool:
    return isinstance(destination, str) and on_internet(range_of(destination))
