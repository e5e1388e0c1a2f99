"""The ways of a subnet of a stack under test, in words."""

from ipaddress import IPv4Address
from typing import Any

from policies.flow.drg import Drgs
from policies.flow.ranges import ANY, Range
from policies.flow.routes import Routes, Way
from policies.flow.stack import Stack
from policies.flow.table import load_table
from tests.policies.flow.kit import Ref, Sample

VCN, SUBNET, TABLE = "Core/vcn", "Core/subnet", "Core/routeTable"
OWN, FAR = "10.128.0.0/16", "10.129.0.0/16"


class Routed:
    """The routes of a stack, by the short names of the tests."""

    def __init__(self, sample: Sample, known: bool = True) -> None:
        stack = Stack(sample.plain(known), load_table())
        self.by_name = {each.name: each for each in stack.resources}
        self.routes = Routes(stack, Drgs(stack, sample.boundary))

    def ways(self, vcn: str = "net") -> list[Way]:
        """The ways of the subnet `s`, but for those inside its network."""
        every = self.routes.of_subnet(self.by_name["s"], self.by_name[vcn])
        return [way for way in every if way.end != "vcn" or way.by]

    def told(self, vcn: str = "net") -> list[str]:
        return [told(way) for way in self.ways(vcn)]


def text(span: Range) -> str:
    return "any" if span == ANY else f"{IPv4Address(span[0])}-{IPv4Address(span[1])}"


def told(way: Way) -> str:
    """A way in words: `any: route 0.0.0.0/0, NAT gateway nat → internet`."""
    end = f"{way.end} {way.resource.name}" if way.resource else " ".join(filter(None, [way.end, way.words]))
    return f"{text(way.range)}: {', '.join(step.words for step in way.by)} → {end}"


def net(*rules: Any, **more: Any) -> Sample:
    """A network with a subnet, whose table has these rules, and a gateway of each kind."""
    stack = Sample().add(VCN, "net", cidrBlocks=[OWN]).add(TABLE, "t", vcnId=Ref("net"), routeRules=[*rules])
    stack.add("Core/internetGateway", "door", vcnId=Ref("net"), enabled=True)
    stack.add("Core/natGateway", "nat", vcnId=Ref("net")).add("Core/serviceGateway", "services", vcnId=Ref("net"))
    return stack.add(SUBNET, "s", vcnId=Ref("net"), **{"routeTableId": Ref("t"), **more})


def attach(stack: Sample, vcn: str, drg: str, table: str = "") -> None:
    """A network on a DRG, with a table for what arrives there."""
    stack.add("Core/drg", drg, name=drg)
    details = {"id": Ref(vcn), "type": "VCN", **({"routeTableId": Ref(table)} if table else {})}
    stack.add("Core/drgAttachment", f"{vcn}-on-{drg}", drgId=Ref(drg), networkDetails=details)
