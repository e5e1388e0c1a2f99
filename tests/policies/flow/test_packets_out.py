"""Packets to the outside: over which security rule and gateway, from which places, by a gate or a lane."""

from typing import Any

import pytest

from boundary import DataClass
from policies.core import UNKNOWN, Plain
from policies.flow.builders.network import network
from policies.flow.graph import Node
from tests.policies.builder import OURS, boundary, lane
from tests.policies.flow.edges import Built
from tests.policies.flow.kit import ANYWHERE, Ref, Sample, route, tags
from tests.policies.flow.packets import FRIEND, INSTANCE, VCN, allow, net, paths

NAT = "instance m → subnet s → security rule r → route 0.0.0.0/0 → NAT gateway nat → internet"
DOOR = NAT.replace("NAT gateway nat", "internet gateway door")

SECURITY_RULE = "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule::r"


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("way", "peer", "found"),
    [
        ("EGRESS", FRIEND, {NAT}),
        ("EGRESS", ANYWHERE, {NAT}),
        # Nobody reaches private addresses over the internet, nor opens a connection to a NAT gateway.
        ("EGRESS", "10.0.0.0/8", set()),
        ("INGRESS", ANYWHERE, set()),
        # A group has no addresses out there.
        ("EGRESS", Ref("g"), set()),
    ],
)
def test_packets_leave_over_a_nat_gateway_under_a_rule_outward(
    way: str, peer: Any, found: set[str], known: bool
) -> None:
    assert paths(allow(net(), "r", way, peer), known) == found
    assert paths(net()) == set()


def test_each_rule_is_a_way_of_its_own() -> None:
    stack = allow(allow(net(), "r", "EGRESS", FRIEND), "r2", "EGRESS", FRIEND)
    assert paths(stack) == {NAT, NAT.replace("rule r", "rule r2")}


@pytest.mark.parametrize("way", ["EGRESS", "INGRESS"])
def test_answers_leave_over_an_internet_gateway_as_calls_do(way: str) -> None:
    assert paths(allow(net("door"), "r", way, ANYWHERE)) == {DOOR}
    assert paths(allow(net("door"), "r", way, "10.0.0.0/8")) == set()


def assigned(value: Plain) -> dict[str, Any]:
    vnic = {"subnetId": Ref("s"), "nsgIds": [Ref("g")], "assignPublicIp": value}
    return {"createVnicDetails": vnic}


@pytest.mark.parametrize(
    ("machine", "of_subnet", "public"),
    [
        ({}, {}, True),
        ({}, {"prohibitPublicIpOnVnic": False}, True),
        ({}, {"prohibitPublicIpOnVnic": True}, False),
        (assigned("true"), {}, True),
        (assigned(UNKNOWN), {}, True),
        (assigned("false"), {}, False),
        (assigned(False), {}, False),
        ({"createVnicDetails": [assigned("false")["createVnicDetails"], {"assignPublicIp": "true"}]}, {}, True),
        ({"isPrivate": True}, {}, False),
        ({"isPrivate": False}, {}, True),
        ({"isPrivate": UNKNOWN}, {}, True),
    ],
)
def test_an_internet_gateway_serves_what_may_have_a_public_address(
    machine: dict[str, Any], of_subnet: dict[str, Plain], public: bool
) -> None:
    stack = allow(net("door", **machine), "r", "EGRESS", ANYWHERE).change("s", **of_subnet)
    assert paths(stack) == ({DOOR} if public else set())
    # Behind a NAT gateway it doesn't matter.
    assert paths(stack.change("t", routeRules=[route(ANYWHERE, "nat")])) == {NAT}


def test_an_address_of_its_own_makes_a_machine_public_where_the_subnet_lets_it() -> None:
    stack = allow(net("door", **assigned("false")), "r", "EGRESS", ANYWHERE)
    stack.add("Core/publicIp", "address", privateIpId=Ref("m"), lifetime="RESERVED")
    assert paths(stack) == {DOOR}
    assert paths(stack.change("m", isPrivate=True)) == {DOOR}
    assert paths(stack.change("s", prohibitPublicIpOnVnic=True)) == set()


@pytest.mark.parametrize(
    ("port", "peer", "breaks"),
    [
        (443, FRIEND, {"NAT gateway nat → internet": ("connector", SECURITY_RULE)}),
        (None, FRIEND, {}),
        (443, ANYWHERE, {}),
    ],
)
def test_a_call_over_a_nat_gateway_to_named_addresses_and_ports_may_have_a_lane(
    port: int | None, peer: str, breaks: dict[str, Any]
) -> None:
    assert Built(allow(net(), "r", "EGRESS", peer, port=port), network).breaks == breaks
    # Over an internet gateway none may.
    assert Built(allow(net("door"), "r", "EGRESS", peer, port=port), network).breaks == {}


def test_a_lane_stands_between_a_call_and_the_internet() -> None:
    name = "rehearsal-push"
    stack = allow(net(), name, "EGRESS", FRIEND)
    rule = SECURITY_RULE.removesuffix("r") + name
    stack.boundary = boundary({**lane("connector", rule), "direction": "out"})
    (path,) = paths(stack)
    assert path.endswith("NAT gateway nat → lane wanted → internet")


def test_a_rule_of_a_list_or_of_the_default_list_has_no_lane() -> None:
    stack = net().change("nothing", egressSecurityRules=[{"destination": FRIEND, "protocol": "all"}])
    (path,) = paths(stack)
    assert "security list nothing" in path
    (path,) = (each for each in paths(net().change("s", securityListIds=[])) if each.endswith("internet"))
    assert "default security list" in path
    assert Built(stack, network).breaks == Built(net().change("s", securityListIds=[]), network).breaks == {}


def edge(**balancer: Any) -> Sample:
    """A load balancer of the edge, in a compartment of the edge, that viewers may call."""
    stack = net("door").add("Identity/compartment", "in-edge", name="prod-edge", compartmentId=OURS)
    of_edge = {"compartmentId": Ref("in-edge"), "definedTags": tags("public", "edge")}
    place = {"subnetIds": [Ref("s")], "networkSecurityGroupIds": [Ref("g")], "isPrivate": False}
    return stack.add("LoadBalancer/loadBalancer", "front", **{**place, **of_edge, **balancer})


VIEWERS = "load balancer front → subnet s → security rule r → route 0.0.0.0/0 → internet gateway door → internet"


def test_answers_of_the_edge_pass_its_gate_and_calls_do_not() -> None:
    stack = allow(edge(), "r", "INGRESS", ANYWHERE)
    assert f"{VIEWERS.removesuffix('internet')}gate edge → internet" in paths(stack)
    assert VIEWERS not in paths(stack)
    gate = Built(stack, network).node("gate edge")
    assert (gate.words, gate.stop, gate.urn, gate.outside) == ("gate edge", True, "", False)
    assert gate.admits == frozenset(DataClass) - {DataClass.NON_US_USER}
    assert VIEWERS in paths(allow(edge(), "r", "EGRESS", ANYWHERE))


def test_nobody_but_the_edge_passes_its_gate() -> None:
    assert VIEWERS in paths(allow(edge(definedTags=tags("public", "serving")), "r", "INGRESS", ANYWHERE))
    # A machine in the same place goes its own way, and a private load balancer has none.
    assert DOOR in paths(allow(edge(), "r", "INGRESS", ANYWHERE))
    assert paths(allow(edge(isPrivate=True), "r", "INGRESS", ANYWHERE)) == {DOOR}


def test_what_is_behind_a_peering_is_outside_for_packets_of_any_direction() -> None:
    stack = net("far", "10.9.0.0/16").add("Core/localPeeringGateway", "far", vcnId=Ref("net"))
    by = "instance m → subnet s → security rule r → route 10.9.0.0/16 → local peering far"
    for way in ("EGRESS", "INGRESS"):
        allow(stack, "r", way, "10.9.1.0/24")
        (path,) = paths(stack)
        assert path == f"{by} → whatever is behind local peering far"
        (broken,) = Built(stack, network).breaks.values()
        assert broken == ("peering", "oci:Core/localPeeringGateway:LocalPeeringGateway::far")
    assert paths(allow(stack, "r", "EGRESS", "10.10.0.0/16")) == set()


def test_a_gateway_that_is_not_declared_here_is_outside_and_no_rule_says_so() -> None:
    stack = allow(net(), "r", "EGRESS", "10.9.0.0/16")
    stack.change("t", routeRules=[{"destination": ANYWHERE, "networkEntityId": "ocid1.drg.oc1.iad.theirs"}])
    (path,) = paths(stack)
    assert path.endswith("security rule r → route 0.0.0.0/0 → a gateway that isn't declared here")
    assert Built(stack, network).breaks == {}


def test_an_attachment_that_is_not_declared_here_is_outside_and_no_rule_says_so() -> None:
    stack = allow(net("hub"), "r", "EGRESS", "10.9.0.0/16").add("Core/drg", "hub", name="hub")
    details = {"id": Ref("net"), "type": "VCN"}
    stack.add("Core/drgAttachment", "on", drgId=Ref("hub"), drgRouteTableId=Ref("of-hub"), networkDetails=details)
    stack.add("Core/drgRouteTable", "of-hub", drgId=Ref("hub"))
    stray = {"destination": ANYWHERE, "nextHopDrgAttachmentId": "ocid1.drgattachment.oc1.iad.theirs"}
    stack.add("Core/drgRouteTableRouteRule", "away", drgRouteTableId=Ref("of-hub"), **stray)
    (path,) = paths(stack)
    assert path.endswith("DRG hub → an attachment that isn't declared here")
    assert Built(stack, network).breaks == {}


def test_a_subnet_that_is_not_declared_here_is_outside() -> None:
    theirs = "ocid1.subnet.oc1.iad.theirs"
    out = {"instance m → a subnet that isn't declared here"}
    for vnic in ({"subnetId": theirs}, {"subnetId": UNKNOWN}, {"SUBNET_IDS": [theirs]}, {"subnetIds": [theirs]}):
        assert paths(Sample().add(INSTANCE, "m", createVnicDetails=vnic)) == out
    assert paths(Sample().add(INSTANCE, "m", createVnicDetails={"subnetIdOf": theirs, "imageId": theirs})) == set()
    assert paths(Sample().add("Core/vnicAttachment", "m", subnetId=theirs)) == {
        "vnic attachment m → a subnet that isn't declared here"
    }
    # One that is declared beside it answers for the argument.
    details = {"subnetId": Ref("s"), "subnetIds": [theirs]}
    assert paths(net(createVnicDetails=details)) == set()
    assert paths(net(createVnicDetails={"subnetId": theirs, "nsgIds": [Ref("g")]})) == out


def test_a_network_that_is_not_declared_here_is_outside() -> None:
    stack = net().change("s", vcnId="ocid1.vcn.oc1.iad.theirs")
    assert paths(stack) == {"instance m → a network that isn't declared here"}


def test_the_nodes_of_a_path_are_what_they_stand_for() -> None:
    built = Built(allow(net(), "r", "EGRESS", FRIEND), network)
    urns = {name: each.urn for name, each in built.resources.items()}
    places = [node for node in built.graph.nodes if node.words == "subnet s"]
    assert places == [Node("subnet s", urn=urns["s"], system="network")] * 2
    assert built.node("security rule r") == Node("security rule r", urn=urns["r"])
    assert built.node("route 0.0.0.0/0") == Node("route 0.0.0.0/0", urn=urns["t"], path="routeRules[0]")


def test_a_subnet_may_be_of_each_network_that_it_may_refer_to() -> None:
    stack = allow(net(), "r", "EGRESS", FRIEND).change("s", routeTableId=None, vcnId=[Ref("net"), Ref("other")])
    stack.add(VCN, "other", cidrBlocks=["10.129.0.0/16"])
    stack.add("Core/defaultRouteTable", "d", vcn=Ref("other"), routeRules=[route(ANYWHERE, "nat")])
    assert paths(stack) == {NAT}
