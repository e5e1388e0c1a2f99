"""Packets: from each place in a subnet, over security rules and routes, to other places and to the outside.

A place is a subnet with a set of security groups, and whether what is there has a public address; resources in the same
place can do the same. A connection carries data both ways, so that it doesn't matter which side may open it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policies.core.findings import Step
from policies.core.plain import Resource
from policies.flow import egress
from policies.flow.drg import VCN, Drgs
from policies.flow.gates import Gates
from policies.flow.graph import Node
from policies.flow.ranges import ANY, Range, on_internet, range_of, shared
from policies.flow.routes import Routes, Way
from policies.flow.security import Rule, Security
from policies.flow.site import Site
from policies.flow.table import Gate
from policies.flow.values import kind_of

_SUBNET, _GROUP, _PUBLIC_ADDRESS = "Core/subnet", "Core/networkSecurityGroup", "Core/publicIp"
# What describes machines that something else makes: their security groups may be here and their subnet there.
_CONFIGURATION = "Core/instanceConfiguration"
_NAMES_SUBNET = re.compile(r"subnet_?ids?$", re.IGNORECASE)
_ASSIGNS_PUBLIC = ("createVnicDetails.assignPublicIp", "instanceDetails.launchDetails.createVnicDetails.assignPublicIp")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the network something is. Ranges are its subnet's; a gate is the one that its answers may pass; the
    key is what tells it from other places."""

    subnet: Resource
    vcn: Resource
    groups: frozenset[str]
    public: bool
    gate: Gate | None
    ranges: tuple[Range, ...]
    rules: tuple[Rule, ...]
    key: tuple[str, str, frozenset[str], bool, str]
    node: Node


def network(site: Site) -> None:
    """Every edge that packets make."""
    _Network(site).build()


class _Network:
    def __init__(self, site: Site) -> None:
        self._site, self._stack, self._graph = site, site.stack, site.graph
        self._security = Security(site.stack)
        self._gates = Gates(site.stack)
        self._routes = Routes(site.stack, Drgs(site.stack, site.boundary))
        self._places: dict[tuple[object, ...], Place] = {}
        self._in_vcn: dict[str, list[Place]] = {}
        addresses = [self._stack.mentions(each) for each in self._stack.of(_PUBLIC_ADDRESS)]
        self._with_address = {each.urn for named in addresses for found in named.values() for each in found}

    def build(self) -> None:
        for resource in self._stack.carriers:
            self._settle(resource)
        for place in self._places.values():
            self._in_vcn.setdefault(place.vcn.urn, []).append(place)
        for place in list(self._places.values()):
            for way in self._routes.of_subnet(place.subnet, place.vcn):
                self._along(place, way)

    def _settle(self, resource: Resource) -> None:
        """Puts a resource into its places."""
        if self._strays(resource):
            self._graph.edge(self._site.of(resource), self._graph.outside("a subnet that isn't declared here"))
        described = (resource, *self._stack.mentioned(resource, _CONFIGURATION))
        subnets = {each.urn: each for one in described for each in self._stack.mentioned(one, _SUBNET)}.values()
        if not subnets:
            return
        number = self._site.of(resource)
        groups = frozenset(each.urn for one in described for each in self._stack.mentioned(one, _GROUP))
        for subnet in subnets:
            vcns = self._stack.refers(subnet, "vcnId", VCN).resources
            for vcn in vcns:
                place = self._place(resource, subnet, vcn, groups)
                self._graph.edge(number, self._out(place))
                self._graph.edge(self._in(place), number)
            if not vcns:
                self._graph.edge(number, self._graph.outside("a network that isn't declared here"))

    def _strays(self, resource: Resource) -> bool:
        """Whether a resource names a subnet that isn't in the stack."""
        mentions = self._stack.mentions(resource)
        return any(
            _NAMES_SUBNET.search(key) and not any(kind_of(each) == _SUBNET for each in mentions.get(argument, ()))
            for argument, key in self._stack.unanswered(resource)
        )

    def _place(self, resource: Resource, subnet: Resource, vcn: Resource, groups: frozenset[str]) -> Place:
        public = self._may_be_public(resource, subnet)
        gate = self._gates.of(resource)
        key = (subnet.urn, vcn.urn, groups, public, gate.name if gate else "")
        place = self._places.get(key)
        if place is None:
            rules = [rule for urn in sorted(groups) for rule in self._security.of_group(urn)]
            rules += self._security.of_subnet(subnet, (vcn,))
            values = [*self._stack.values(subnet, "cidrBlock"), *self._stack.values(subnet, "ipv4cidrBlocks")]
            ranges = tuple(range_of(value) for value in values if value) or (ANY,)
            node = Node(self._stack.words(subnet), urn=subnet.urn, system=self._stack.system(subnet))
            place = self._places[key] = Place(subnet, vcn, groups, public, gate, ranges, tuple(rules), key, node)
        return place

    def _may_be_public(self, resource: Resource, subnet: Resource) -> bool:
        if self._stack.value(subnet, "prohibitPublicIpOnVnic") is True:
            return False
        if resource.urn in self._with_address:
            return True
        if self._stack.value(resource, "isPrivate") is True:
            return False
        described = (resource, *self._stack.mentioned(resource, _CONFIGURATION))
        assigned = [value for one in described for path in _ASSIGNS_PUBLIC for value in self._stack.values(one, path)]
        return not assigned or any(value not in (False, "false") for value in assigned)

    def _out(self, place: Place) -> int:
        return self._graph.node(("out", place.key), place.node)

    def _in(self, place: Place) -> int:
        return self._graph.node(("in", place.key), place.node)

    def _along(self, place: Place, way: Way) -> None:
        """The edges of a place along one way."""
        if way.end == "internet":
            self._to_internet(place, way)
        elif way.end == "outside":
            for rule in self._leaving(place, way):
                last = self._chain(place, way, rule.step)
                if way.resource is not None and way.rule:
                    self._site.leave(last, way.resource, way.rule, way.words)
                else:
                    self._graph.edge(last, self._graph.outside(way.words))
        elif way.resource is not None:
            for other in self._in_vcn.get(way.resource.urn, ()):
                # A machine that routes on sends packets as its own.
                if way.end == "router":
                    self._graph.edge(self._chain(place, way), self._in(other))
                elif any(way.takes(own) for own in other.ranges):
                    allowing = next(_between(place, other), None)
                    if allowing is not None:
                        self._graph.edge(self._chain(place, way, allowing.step), self._in(other))

    def _to_internet(self, place: Place, way: Way) -> None:
        # An internet gateway serves public addresses alone; nobody out there can open a connection to a NAT gateway.
        if way.inward and not place.public:
            return
        for rule in self._leaving(place, way):
            if not rule.outward and not way.inward:
                continue
            last = self._chain(place, way, rule.step)
            if not rule.outward and place.gate is not None:
                gate = Node(f"gate {place.gate.name}", admits=place.gate.classes, stop=True)
                last = self._step(last, gate)
            by = self._stack.by_urn.get(rule.step.urn)
            if by is not None and not way.inward and egress.may_have_lane(rule, by):
                self._site.leave(last, by, egress.RULE, "internet")
            else:
                self._graph.edge(last, self._graph.outside("internet"))

    def _leaving(self, place: Place, way: Way) -> Iterator[Rule]:
        """The security rules under which packets of a place, or answers to somebody there, go this way."""
        for rule in place.rules:
            span = way.takes(rule.range) if rule.range is not None else None
            if span is not None and (way.end != "internet" or on_internet(span)):
                yield rule

    def _chain(self, place: Place, way: Way, rule: Step | None = None) -> int:
        number = self._out(place)
        for step in (rule, *way.by) if rule else way.by:
            number = self._step(number, Node(step.words, urn=step.urn, path=step.path))
        return number

    def _step(self, number: int, node: Node) -> int:
        """The node after another one, made for the paths through that one alone."""
        after = self._graph.node(("after", number, node.words), node)
        self._graph.edge(number, after)
        return after


def _between(place: Place, other: Place) -> Iterator[Rule]:
    """The rules that let a connection be opened from one place to another, or back."""
    yield from _opening(place, other)
    yield from _opening(other, place)


def _opening(place: Place, other: Place) -> Iterator[Rule]:
    for out in place.rules:
        if out.outward and _meets(out, other):
            for into in other.rules:
                if not into.outward and _meets(into, place) and out.fits(into):
                    yield out
                    break


def _meets(rule: Rule, place: Place) -> bool:
    """Whether a rule's peer can be in a place."""
    if rule.groups:
        return not rule.groups.isdisjoint(place.groups)
    return rule.range is not None and any(shared(rule.range, own) for own in place.ranges)
