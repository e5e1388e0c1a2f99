"""Gateways to the internet, judged by whose data is in their network, whether or not a route leads to them yet.

The flow proof finds a gateway once a route and a security rule let packets out by it. By then two thirds of a leak have
been reviewed as harmless. So a gateway is a finding by itself, where what stands in its network says that it has data:

- A NAT gateway is for machines that open connections to the internet. It stands only where everything is public, or
  where a lane is open to what is there (egress.py).
- An internet gateway stands only where something answers viewers (`gates` of `believed.yaml`), and nothing else has
  data.

What stands in a network is what names it or a subnet of it; whose data it has is said by its tag, and by no name. A
network that isn't declared here may have any data; one in which nothing stands has none.
"""

from collections.abc import Iterator, Sequence

from boundary import Boundary, DataClass, Direction
from policies.core.findings import Finding
from policies.core.judge import Clock
from policies.core.lanes import Lanes
from policies.core.plain import Resource
from policies.core.ruleset import RuleInfo, StackRule
from policies.flow import egress
from policies.flow.gates import Gates
from policies.flow.graph import NOTHING
from policies.flow.security import GROUP_RULE
from policies.flow.stack import Stack
from policies.flow.table import load_table
from policies.flow.values import kind_of

_INTERNET, _NAT = "Core/internetGateway", "Core/natGateway"
_VCN, _SUBNET, _GROUP = "Core/vcn", "Core/subnet", "Core/networkSecurityGroup"
_BESIDE_NAT = frozenset({DataClass.PUBLIC})
_BESIDE_INTERNET = frozenset({DataClass.PUBLIC, DataClass.OPERATIONAL})


def gateway_rule(boundary: Boundary, info: RuleInfo, clock: Clock) -> StackRule:
    """The rule about a stack."""

    def gateway(resources: Sequence[Resource], _: frozenset[str]) -> Iterator[Finding]:
        if not any(kind_of(each) in (_INTERNET, _NAT) for each in resources):
            return
        out = (lane for lane in boundary.open_lanes(clock()) if lane.direction is Direction.OUT)
        lanes = Lanes(out, boundary.addresses.environments)
        networks = _Networks(Stack(resources, load_table()), lanes)
        for each in networks.stack.of(_INTERNET, _NAT):
            if says := networks.objection(each):
                yield Finding(
                    rule=info.id,
                    urn=each.urn,
                    resource=f"{each.type}::{each.name}",
                    path="vcnId",
                    says=says,
                    lets_through=info.lets_through,
                    instead=info.instead,
                )

    return gateway


class _Networks:
    """What stands in each network of a stack."""

    def __init__(self, stack: Stack, lanes: Lanes) -> None:
        self.stack = stack
        self._lanes = lanes
        self._gates = Gates(stack)
        self._in: dict[str, list[Resource]] = {}
        for each in stack.carriers:
            # A log is about what stands there, and is kept elsewhere.
            if stack.classes(each) and kind_of(each) not in stack.table.records:
                for urn in self._of(each):
                    self._in.setdefault(urn, []).append(each)

    def objection(self, gateway: Resource) -> str:
        """Why a gateway may not be where it is; empty where it may."""
        networks = self.stack.refers(gateway, "vcnId", _VCN)
        if not networks.resources or networks.strays:
            return "stands in a network that isn't declared here, which may have any data"
        return next(filter(None, (self._objection(gateway, vcn) for vcn in networks.resources)), "")

    def _objection(self, gateway: Resource, vcn: Resource) -> str:
        inside, where = self._in.get(vcn.urn, []), f"stands in network {vcn.name}"
        if not inside:
            return ""
        is_nat = kind_of(gateway) == _NAT
        harmless = _BESIDE_NAT | self._with_lanes(vcn) if is_nat else _BESIDE_INTERNET
        gates = {} if is_nat else {each.urn: gate for each in inside if (gate := self._gates.of(each))}
        having = [
            (each, has)
            for each in inside
            if (
                has := self.stack.classes(each) - harmless - (gates[each.urn].classes if each.urn in gates else NOTHING)
            )
        ]
        if having:
            classes = [each for each in DataClass if any(each in has for _, has in having)]
            worst = next(each for each, has in having if classes[0] in has)
            others = f" and {len(having) - 1} more" if len(having) > 1 else ""
            return f"{where}, where {self.stack.words(worst)}{others} may have {_listed(classes)} data"
        return "" if is_nat or gates else f"{where}, where nothing answers viewers"

    def _with_lanes(self, vcn: Resource) -> frozenset[DataClass]:
        """The classes that lanes let out of a network by one of its security rules."""
        found: set[DataClass] = set()
        for rule in self.stack.of(GROUP_RULE):
            lane = self._lanes.of(egress.RULE, rule)
            if lane is not None and egress.needs_lane(rule):
                groups = self.stack.refers(rule, "networkSecurityGroupId", _GROUP).resources
                if vcn in [each for group in groups for each in self.stack.refers(group, "vcnId", _VCN).resources]:
                    found |= lane.data_classes
        return frozenset(found)

    def _of(self, resource: Resource) -> set[str]:
        """The networks that a resource stands in."""
        found = {each.urn for each in self.stack.mentioned(resource, _VCN)}
        for subnet in self.stack.mentioned(resource, _SUBNET):
            found |= {each.urn for each in self.stack.refers(subnet, "vcnId", _VCN).resources}
        return found


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
