"""A network under test, and the paths of packets between its resources and to the outside."""

from typing import Any

from policies.flow.builders.network import network
from tests.policies.flow.edges import Built, called
from tests.policies.flow.kit import ANYWHERE, Ref, Sample, allows, route, tags

VCN, SUBNET, TABLE, GROUP = "Core/vcn", "Core/subnet", "Core/routeTable", "Core/networkSecurityGroup"
RULE, INSTANCE = "Core/networkSecurityGroupSecurityRule", "Core/instance"
FRIEND = "198.51.100.0/24"


def net(target: str = "nat", to: str = ANYWHERE, **machine: Any) -> Sample:
    """A machine `m` with the group `g` in the subnet `s`, whose table leads to a target; no rule lets it."""
    stack = Sample().add(VCN, "net", cidrBlocks=["10.128.0.0/16"])
    stack.add("Core/securityList", "nothing", vcnId=Ref("net"), egressSecurityRules=[], ingressSecurityRules=[])
    stack.add("Core/natGateway", "nat", vcnId=Ref("net")).add("Core/internetGateway", "door", vcnId=Ref("net"))
    stack.add(TABLE, "t", vcnId=Ref("net"), routeRules=[route(to, target)])
    add_subnet(stack, "s", "10.128.0.0/20")
    add_machine(stack, "m", "s", "g", **machine)
    return stack


def add_subnet(stack: Sample, name: str, cidr: str, **more: Any) -> None:
    """A subnet with the table `t` and a list that lets nothing through."""
    place = {"vcnId": Ref("net"), "routeTableId": Ref("t"), "securityListIds": [Ref("nothing")]}
    stack.add(SUBNET, name, **{**place, "cidrBlock": cidr, "definedTags": tags("public", "network"), **more})


def add_machine(stack: Sample, name: str, subnet: str, group: str, **more: Any) -> None:
    """A machine in a subnet, with a group of its own, if there is no such group yet."""
    if group not in stack.resources:
        stack.add(GROUP, group, vcnId=Ref("net"))
    vnic = {"subnetId": Ref(subnet), "nsgIds": [Ref(group)]}
    stack.add(INSTANCE, name, **{"createVnicDetails": vnic, "definedTags": tags("model"), **more})


def allow(stack: Sample, name: str, way: str, peer: str | Ref, group: str = "g", **more: Any) -> Sample:
    """With a security rule of a group."""
    port = more.pop("port", 443)
    return stack.add(RULE, name, **{**allows(group, way, peer, port), **more})


def paths(stack: Sample, known: bool = True) -> set[str]:
    """Every path of packets from a resource to another or to the outside."""
    built = Built(stack, network, known=known)
    graph = built.graph
    own = {number for each in built.resources.values() if (number := graph.number(each.urn)) is not None}
    after: dict[int, list[int]] = {}
    for source, target in graph.edges:
        after.setdefault(source, []).append(target)
    found: set[str] = set()

    def follow(number: int, by: tuple[str, ...]) -> None:
        words = (*by, called(graph.nodes[number]))
        if by and (number in own or graph.nodes[number].outside):
            found.add(" → ".join(words))
            return
        for following in after.get(number, ()):
            follow(following, words)

    for number in own:
        follow(number, ())
    return found
