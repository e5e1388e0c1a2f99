"""Where packets of a subnet can go: route tables, gateways, DRGs, peerings, as ways with an end.

A way is followed as far as the stack knows it; a target that isn't in the stack is the outside. A more specific route
of the same table takes the packets that it names away from the wider ones.
Sources: https://docs.oracle.com/iaas/Content/Network/Tasks/managingroutetables.htm (longest match, local routes),
https://docs.oracle.com/iaas/Content/Network/Tasks/managingDRGs.htm (tables, distributions, their defaults)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from policies.core.findings import Step
from policies.core.plain import Plain, Resource
from policies.flow.drg import PEERING, VCN, Drgs, Exit
from policies.flow.ranges import ANY, Range, lies_in, range_of, shared
from policies.flow.stack import Stack
from policies.flow.values import kind_of

_INTERNET, _NAT, _SERVICES = "Core/internetGateway", "Core/natGateway", "Core/serviceGateway"
_DRG, _ATTACHMENT = "Core/drg", "Core/drgAttachment"
_TABLE, _DEFAULT = "Core/routeTable", "Core/defaultRouteTable"
_ROUTED = ("Core/privateIp", "Core/instance", "Core/vnicAttachment", "NetworkFirewall/networkFirewall")
_TARGETS = (_INTERNET, _NAT, _SERVICES, _DRG, _ATTACHMENT, PEERING, *_ROUTED)
# A table that leads to itself through two networks ends after as many steps as a packet may take anywhere here.
_STEPS = 12


@dataclass(frozen=True, slots=True)
class Way:
    """Packets to a range can reach an end, by the stations in between.

    The end is the internet, a network of ours (`vcn`), any machine that routes on in one (`router`), or the outside,
    with the resource and the rule of the pack that say so. `inward`: who is there can open connections too. What is
    `nearer` is taken by more specific routes.
    """

    range: Range
    by: tuple[Step, ...]
    end: Literal["internet", "vcn", "router", "outside"]
    inward: bool = True
    resource: Resource | None = None
    rule: str = ""
    words: str = ""
    nearer: tuple[Range, ...] = ()

    def takes(self, range: Range) -> Range | None:
        """The addresses of a range whose packets go this way; None where a nearer route takes them all."""
        span = shared(range, self.range)
        return None if span is None or any(lies_in(span, other) for other in self.nearer) else span


class Routes:
    """The ways of each subnet of a stack."""

    def __init__(self, stack: Stack, drgs: Drgs) -> None:
        self._stack = stack
        self._drgs = drgs
        # The ways of a table in a network, by their URNs.
        self._of_table = cache(
            lambda table, vcn: tuple(self._follow(stack.by_urn[table], stack.by_urn[vcn], ANY, (), frozenset()))
        )
        self._attached: dict[str, list[Resource]] = {}
        for each in stack.of("Core/routeTableAttachment"):
            for subnet in stack.refers(each, "subnetId", "Core/subnet").resources:
                tables = stack.refers(each, "routeTableId", _TABLE, _DEFAULT).resources
                self._attached.setdefault(subnet.urn, []).extend(tables)

    def of_subnet(self, subnet: Resource, vcn: Resource) -> tuple[Way, ...]:
        """Every way out of a subnet, its own network first."""
        named = self._stack.refers(subnet, "routeTableId", _TABLE, _DEFAULT)
        tables = (*named.resources, *self._attached.get(subnet.urn, ()), *self._default_of(vcn, named.resources))
        ways = [Way(own, (), "vcn", resource=vcn) for own in self.ranges_of(vcn)]
        for table in tables:
            ways += self._of_table(table.urn, vcn.urn)
        if named.strays and not named.resources:
            ways.append(Way(ANY, (), "outside", words="a route table that isn't declared here"))
        return tuple(ways)

    def ranges_of(self, vcn: Resource) -> list[Range]:
        """The addresses of a network."""
        values = [*self._stack.values(vcn, "cidrBlocks"), *self._stack.values(vcn, "cidrBlock")]
        return [range_of(value) for value in values if value] or [ANY]

    def _default_of(self, vcn: Resource, named: tuple[Resource, ...]) -> Iterator[Resource]:
        """The managed default table of a network, for a subnet that names no other."""
        if named:
            return
        known = self._stack.value(vcn, "defaultRouteTableId")
        for each in self._stack.of(_DEFAULT):
            owners = self._stack.mentioned(each, VCN)
            managed = self._stack.value(each, "manageDefaultResourceId")
            if vcn in owners or (isinstance(managed, str) and managed == known):
                yield each

    def _follow(
        self, table: Resource, vcn: Resource, within: Range, by: tuple[Step, ...], passed: frozenset[str]
    ) -> Iterator[Way]:
        """The ways of a table for packets to a range, which came by these stations."""
        if len(by) > _STEPS or table.urn in passed:
            return
        hidden = self._stack.hides(table, "routeRules")
        rules = [(rule, range_of(_destination(rule))) for rule in self._stack.parts(table, "routeRules")]
        for at, (rule, destination) in enumerate(rules):
            span = shared(destination, within)
            # Oracle's services in the region can't be the target of anything but the service gateway.
            if span is None or rule.get("destinationType") == "SERVICE_CIDR_BLOCK":
                continue
            nearer = [other for _, other in rules if other != destination and lies_in(other, destination)]
            nearer += self.ranges_of(vcn)
            if any(lies_in(span, other) for other in nearer):
                continue
            named = _destination(rule)
            words = f"route {named}" if isinstance(named, str) and not hidden else "a route"
            step = (*by, Step(words, table.urn, f"routeRules[{at}]"))
            targets = self._stack.resolve(table, "routeRules", [rule.get("networkEntityId")], *_TARGETS)
            ways = [
                way
                for target in targets.resources
                for way in self._through(target, vcn, span, step, passed | {table.urn})
            ]
            if targets.strays:
                ways.append(Way(span, step, "outside", words="a gateway that isn't declared here"))
            yield from (replace(way, nearer=(*way.nearer, *nearer)) for way in ways)

    def _through(
        self, target: Resource, vcn: Resource, span: Range, by: tuple[Step, ...], passed: frozenset[str]
    ) -> Iterator[Way]:
        kind = kind_of(target)
        step = (*by, self._stack.step(target))
        if kind == _INTERNET and self._stack.value(target, "enabled") is not False:
            yield Way(span, step, "internet")
        elif kind == _NAT and self._stack.value(target, "blockTraffic") is not True:
            yield Way(span, step, "internet", inward=False)
        elif kind == _ATTACHMENT:
            # The identifier of a DRG, taken from an attachment so that the route waits for it.
            for drg in self._stack.mentioned(target, _DRG):
                yield from self._through(drg, vcn, span, by, passed)
        elif kind == _DRG:
            for exit in self._drgs.from_vcn(target, vcn, span):
                yield from self._arrive(exit, step, passed)
        elif kind == PEERING:
            for exit in self._drgs.peered(target):
                yield from self._arrive(replace(exit, range=span), step, passed)
        elif kind in _ROUTED:
            yield Way(span, step, "router", resource=vcn)

    def _arrive(self, exit: Exit, by: tuple[Step, ...], passed: frozenset[str]) -> Iterator[Way]:
        step = (*by, *exit.by)
        if exit.vcn is None:
            yield Way(exit.range, step, "outside", resource=exit.resource, rule=exit.rule, words=exit.words)
            return
        for own in self.ranges_of(exit.vcn):
            span = shared(own, exit.range)
            if span is not None:
                yield Way(span, step, "vcn", resource=exit.vcn)
        if exit.table is not None:
            yield from self._follow(exit.table, exit.vcn, exit.range, step, passed)


def _destination(rule: Mapping[str, Plain]) -> Plain:
    return rule.get("destination") or rule.get("cidrBlock")
