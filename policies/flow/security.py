"""Security rules, of groups and of lists, in one form.

A connection that is allowed carries data both ways. What Oracle does with a subnet that names no list (its VCN's
default one, which lets everything out and SSH in) is done here too.
Sources: https://docs.oracle.com/iaas/Content/Network/Concepts/securityrules.htm,
https://docs.oracle.com/iaas/Content/Network/Concepts/securitylists.htm (the default security list)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from policies.core.findings import Step
from policies.core.plain import Plain, Resource, opened
from policies.flow.ranges import ANY, Range, range_of
from policies.flow.stack import Stack
from policies.flow.values import kind_of

_GROUP, _LIST, _DEFAULT = "Core/networkSecurityGroup", "Core/securityList", "Core/defaultSecurityList"
GROUP_RULE = "Core/networkSecurityGroupSecurityRule"
_TCP, _UDP, _ICMP = "6", "17", "1"
ALL_PORTS = (0, 65535)
# "Destination unreachable" answers a packet and is answered by none: it carries nothing out.
_UNREACHABLE = 3.0


@dataclass(frozen=True, slots=True)
class Rule:
    """What may open a connection: outward or inward, with whom, over what.

    The peer is a range, the members of security groups (by URN), or with neither Oracle's services in the region. A
    protocol of None is any.
    """

    step: Step
    outward: bool
    range: Range | None = None
    groups: frozenset[str] = frozenset()
    protocol: str | None = None
    ports: tuple[int, int] = ALL_PORTS

    def fits(self, other: "Rule") -> bool:
        """Whether a connection can satisfy both, as far as protocol and port go."""
        if self.protocol is None or other.protocol is None:
            return True
        return self.protocol == other.protocol and self.ports[0] <= other.ports[1] and other.ports[0] <= self.ports[1]


_ORACLES_DEFAULT = (
    Rule(Step("default security list"), True, ANY),
    Rule(Step("default security list"), False, ANY, protocol=_TCP, ports=(22, 22)),
)


class Security:
    """The rules of each group and list of a stack."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._of_group: dict[str, list[Rule]] = {}
        for rule in stack.of(GROUP_RULE):
            for group in stack.refers(rule, "networkSecurityGroupId", _GROUP).resources:
                self._of_group.setdefault(group.urn, []).extend(self._group_rule(rule))
        self.of_list = cache(lambda urn: tuple(self._list_rules(stack.by_urn[urn])))

    def of_group(self, urn: str) -> list[Rule]:
        """The rules of a group."""
        return self._of_group.get(urn, [])

    def of_subnet(self, subnet: Resource, vcns: tuple[Resource, ...]) -> tuple[Rule, ...]:
        """The rules of a subnet's lists."""
        named = self._stack.refers(subnet, "securityListIds", _LIST, _DEFAULT, "Core/vcn")
        lists = [each for each in named.resources if kind_of(each) != "Core/vcn"]
        takes_default = named.strays or not named.resources or len(lists) < len(named.resources)
        rules = [rule for each in lists for rule in self.of_list(each.urn)]
        if takes_default:
            rules += self._default_of(vcns)
        return tuple(rules)

    def _default_of(self, vcns: tuple[Resource, ...]) -> tuple[Rule, ...]:
        urns = {vcn.urn for vcn in vcns}
        ids = {self._stack.value(vcn, "defaultSecurityListId") for vcn in vcns}
        for each in self._stack.of(_DEFAULT):
            owners = self._stack.mentioned(each, "Core/vcn")
            known = self._stack.value(each, "manageDefaultResourceId")
            if urns & {vcn.urn for vcn in owners} or (isinstance(known, str) and known in ids):
                return self.of_list(each.urn)
        return _ORACLES_DEFAULT

    def _group_rule(self, rule: Resource) -> Iterator[Rule]:
        value = {key: self._stack.value(rule, key) for key in _FIELDS}
        step = Step(f"security rule {rule.name}", rule.urn)
        for outward in _directions(value["direction"]):
            side = "destination" if outward else "source"
            groups = self._stack.refers(rule, side, _GROUP)
            by_group = value[f"{side}Type"] == "NETWORK_SECURITY_GROUP" and not groups.strays
            members = frozenset(each.urn for each in groups.resources) if by_group else frozenset()
            yield from _rules(step, outward, members, value)

    def _list_rules(self, each: Resource) -> Iterator[Rule]:
        for argument, outward in (("egressSecurityRules", True), ("ingressSecurityRules", False)):
            for at, rule in enumerate(self._stack.parts(each, argument)):
                step = Step(f"security list {each.name}", each.urn, f"{argument}[{at}]")
                yield from _rules(step, outward, frozenset(), rule)


_FIELDS = (
    "direction", "destination", "destinationType", "source", "sourceType", "protocol", "tcpOptions", "udpOptions",
    "icmpOptions",
)  # fmt: skip


def _directions(value: Plain) -> tuple[bool, ...]:
    return {"EGRESS": (True,), "INGRESS": (False,)}.get(str(value), (True, False))


def _rules(step: Step, outward: bool, groups: frozenset[str], rule: Mapping[str, Plain]) -> Iterator[Rule]:
    side = "destination" if outward else "source"
    number = str(rule.get("protocol"))
    protocol = number if number.isdecimal() else None
    if protocol == _ICMP and _number(_part(rule, "icmpOptions").get("type")) == _UNREACHABLE:
        return
    ports = ALL_PORTS
    if protocol in (_TCP, _UDP):
        options = _part(rule, "tcpOptions" if protocol == _TCP else "udpOptions")
        span = _part(options, "destinationPortRange") or options
        low, high = _number(span.get("min")), _number(span.get("max"))
        ports = (int(low), int(high)) if low is not None and high is not None else ALL_PORTS
    services = rule.get(f"{side}Type") == "SERVICE_CIDR_BLOCK"
    yield Rule(step, outward, None if groups or services else range_of(rule.get(side)), groups, protocol, ports)


def _part(rule: Mapping[str, Plain], key: str) -> Mapping[str, Any]:
    value = opened(rule.get(key))
    return {name: opened(each) for name, each in value.items()} if isinstance(value, dict) else {}


def _number(value: Plain) -> float | None:
    try:
        return float(value) if isinstance(value, int | float | str) else None
    except ValueError:
        return None
