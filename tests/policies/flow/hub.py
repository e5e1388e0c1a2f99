"""A DRG for tests, and where packets come out of it."""

from collections.abc import Iterable
from typing import Any

from policies.core import Resource
from policies.flow.drg import Drgs, Exit
from policies.flow.ranges import ANY, Range
from policies.flow.stack import Stack
from policies.flow.table import load_table
from tests.policies.builder import boundary
from tests.policies.flow.kit import Ref, Sample

ATTACHMENT, MANAGED = "Core/drgAttachment", "Core/drgAttachmentManagement"
REMOTE, PEERING = "Core/remotePeeringConnection", "Core/localPeeringGateway"
TABLE, RULE = "Core/drgRouteTable", "Core/drgRouteTableRouteRule"
DISTRIBUTION, STATEMENT = "Core/drgRouteDistribution", "Core/drgRouteDistributionStatement"
ROUTES = ["Core/routeTable", "Core/defaultRouteTable"]
FAR, OFFICE, LINE, WAITING = "far", "office", "line", "waiting"
ALL = {FAR, OFFICE, LINE, WAITING}


def hub() -> Sample:
    """A DRG with two networks, a line of each kind and a remote peering that nobody has connected to."""
    stack = Sample().add("Core/drg", "hub", displayName="hub")
    for name in ("near", FAR):
        attach(stack, name)
    stack.add("Core/ipsec", OFFICE, drgId=Ref("hub"))
    stack.add("Core/virtualCircuit", LINE, gatewayId=Ref("hub"))
    return stack.add(REMOTE, WAITING, drgId=Ref("hub"))


def attach(stack: Sample, name: str, drg: str = "hub", **more: Any) -> Sample:
    """With one more network on a DRG."""
    stack.add("Core/vcn", name, cidrBlocks=["10.130.0.0/16"])
    return stack.add(ATTACHMENT, f"{name}-on", drgId=Ref(drg), networkDetails={"id": Ref(name), **more})


class Out:
    """Where packets come out in a stack."""

    def __init__(self, stack: Sample, known: bool = True) -> None:
        self._resources = {each.name: each for each in stack.plain(known)}
        self._drgs = Drgs(Stack(list(self._resources.values()), load_table()), boundary())

    def of(self, vcn: str = "near", drg: str = "hub", span: Range = ANY) -> list[Exit]:
        return list(self._drgs.from_vcn(self._resources[drg], self._resources[vcn], span))

    def over(self, peering: str) -> list[Exit]:
        return list(self._drgs.peered(self._resources[peering]))


def ends(exits: Iterable[Exit]) -> list[str]:
    """What packets come out by, or in, by name."""
    return sorted(end_of(each).name for each in exits)


def end_of(exit: Exit) -> Resource:
    end = exit.vcn or exit.resource
    assert end is not None
    return end


def where(exits: Iterable[Exit]) -> list[tuple[str, str, str]]:
    """The way, what packets come out by or in, and by which rule."""
    return [(" → ".join(step.words for step in each.by), end_of(each).name, each.rule) for each in exits]


def static(stack: Sample, hop: Any) -> Sample:
    """With a static rule in the table `own`."""
    rule = {"drgRouteTableId": Ref("own"), "destination": "10.130.0.0/16", "nextHopDrgAttachmentId": hop}
    return stack.add(RULE, "rule", **rule)
