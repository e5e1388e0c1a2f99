"""Packets between places: which security rules open a connection, and over which ways it goes."""

from typing import Any

import pytest

from policies.core import UNKNOWN, Plain
from policies.flow.builders.network import network
from tests.policies.flow.edges import Built
from tests.policies.flow.kit import ANYWHERE, Ref, Sample, route
from tests.policies.flow.packets import GROUP, TABLE, VCN, add_machine, add_subnet, allow, net, paths

A, B = "10.128.0.0/20", "10.128.16.0/20"
THERE = "instance m → subnet s → security rule {} → subnet s2 → instance m2"
BACK = "instance m2 → subnet s2 → security rule {} → subnet s → instance m"


def two(**subnet: Any) -> Sample:
    """The machine `m` in the subnet `s`, and `m2` with the group `h` in the subnet `s2` of the same network."""
    stack = net("nat", "198.51.100.0/24")
    add_subnet(stack, "s2", B, **subnet)
    add_machine(stack, "m2", "s2", "h")
    return stack


def opening(out: Any, into: Any, **more: Any) -> Sample:
    """With a rule of `g` outward and one of `h` inward."""
    stack = allow(two(), "out", "EGRESS", out)
    return allow(stack, "into", "INGRESS", into, "h", **more)


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("out", "into", "open_"),
    [
        (B, A, True),
        (Ref("h"), Ref("g"), True),
        (Ref("h"), A, True),
        ("10.128.0.0/9", "10.128.0.7/32", True),
        ("10.128.31.0/24", A, True),
        ("10.128.32.0/24", A, False),
        (B, "10.128.16.0/20", False),
        (Ref("g"), A, False),
        (B, Ref("h"), False),
    ],
)
def test_a_connection_needs_a_rule_on_either_side_and_carries_data_both_ways(
    out: Any, into: Any, open_: bool, known: bool
) -> None:
    both = {THERE.format("out"), BACK.format("out")} if open_ else set()
    assert paths(opening(out, into), known) == both


def test_one_rule_alone_opens_nothing() -> None:
    assert paths(allow(two(), "out", "EGRESS", B)) == set()
    assert paths(allow(two(), "into", "INGRESS", A, "h")) == set()
    # Both outward, or both inward, never meet.
    assert paths(allow(allow(two(), "out", "EGRESS", B), "other", "EGRESS", A, "h")) == set()
    assert paths(allow(allow(two(), "in", "INGRESS", B), "other", "INGRESS", A, "h")) == set()


def test_rules_meet_in_protocol_and_port() -> None:
    assert paths(opening(B, A, port=444)) == set()
    assert paths(opening(B, A, port=None)) != set()
    assert paths(opening(B, A, protocol="17", tcpOptions=None)) == set()
    # Of several, one that fits will do.
    assert paths(allow(opening(B, A, port=444), "more", "INGRESS", A, "h")) != set()
    assert paths(allow(opening(B, A, port=444), "also", "EGRESS", B, port=444)) == {
        THERE.format("also"),
        BACK.format("also"),
    }


def test_a_rule_that_opens_is_told_once_for_each_place() -> None:
    stack = allow(allow(opening(B, A), "more", "INGRESS", A, "h"), "also", "EGRESS", B)
    assert len(paths(stack)) == 2


def test_resources_in_one_place_meet_when_its_rules_meet_themselves() -> None:
    stack = net()
    add_machine(stack, "m3", "s", "g")
    assert paths(stack) == set()
    allow(allow(stack, "out", "EGRESS", Ref("g")), "into", "INGRESS", Ref("g"))
    by = "subnet s → security rule out → subnet s"
    names = ("m", "m3")
    assert paths(stack) == {f"instance {one} → {by} → instance {other}" for one in names for other in names}


def test_no_rule_with_oracles_services_meets_a_place() -> None:
    label = "all-iad-services-in-oracle-services-network"
    assert paths(opening(label, A).change("out", destinationType="SERVICE_CIDR_BLOCK")) == set()


@pytest.mark.parametrize(
    ("subnet", "out", "open_"),
    [
        ({"cidrBlock": None, "ipv4cidrBlocks": [B]}, B, True),
        ({"cidrBlock": None, "ipv4cidrBlocks": ["10.128.64.0/20", B]}, B, True),
        ({"cidrBlock": B, "ipv4cidrBlocks": ["10.128.64.0/20"]}, B, True),
        ({"cidrBlock": None, "ipv4cidrBlocks": ["10.128.64.0/20"]}, B, False),
        # What isn't known, or isn't there, may be any address.
        ({"cidrBlock": UNKNOWN}, B, True),
        ({"cidrBlock": None}, B, True),
        ({"cidrBlock": None, "ipv4cidrBlocks": [None]}, B, True),
        ({"cidrBlock": B, "ipv4cidrBlocks": [None]}, "10.128.64.0/20", False),
    ],
)
def test_a_place_has_the_ranges_of_its_subnet(subnet: dict[str, Plain], out: str, open_: bool) -> None:
    stack = allow(allow(two(**subnet), "out", "EGRESS", out), "into", "INGRESS", A, "h")
    assert bool(paths(stack)) is open_


def far() -> Sample:
    """`m`, and `m2` in another network that a peering leads to."""
    stack = net("near-side", "10.129.0.0/16")
    stack.add(VCN, "far", cidrBlocks=["10.129.0.0/16"]).add(TABLE, "t2", vcnId=Ref("far"), routeRules=[])
    stack.add("Core/localPeeringGateway", "near-side", vcnId=Ref("net"), peerId=Ref("far-side"))
    stack.add("Core/localPeeringGateway", "far-side", vcnId=Ref("far"))
    add_subnet(stack, "s2", "10.129.0.0/20", vcnId=Ref("far"), routeTableId=Ref("t2"))
    add_machine(stack, "m2", "s2", "h")
    allow(stack, "out", "EGRESS", "10.129.0.0/16")
    return allow(stack, "into", "INGRESS", A, "h")


OVER = (
    "subnet s → security rule out → route 10.129.0.0/16 → local peering near-side → local peering far-side → subnet s2"
)


def test_packets_to_another_network_go_by_its_stations() -> None:
    assert paths(far()) == {f"instance m → {OVER} → instance m2"}
    # One of its ranges is enough.
    several = far().change("s2", cidrBlock=None, ipv4cidrBlocks=["10.130.0.0/20", "10.129.0.0/20"])
    assert paths(several) == {f"instance m → {OVER} → instance m2"}
    # Only what the route takes: not the part of the far network that lies beside it.
    stack = far().change("t", routeRules=[route("10.129.128.0/17", "near-side")])
    assert paths(stack) == set()


def test_a_nearer_route_may_take_the_packets_elsewhere() -> None:
    stack = far().change("t", routeRules=[route("10.129.0.0/16", "near-side"), route("10.129.0.0/20", "nat")])
    assert paths(stack) == set()


def test_a_machine_that_routes_on_reaches_every_place_of_its_network_as_itself() -> None:
    stack = two().add("Core/privateIp", "router", vnicId="x").change("t", routeRules=[route(ANYWHERE, "router")])
    by = "route 0.0.0.0/0 → private ip router"
    assert f"instance m → subnet s → {by} → subnet s2 → instance m2" in paths(stack)
    assert f"instance m2 → subnet s2 → {by} → subnet s → instance m" in paths(stack)


def test_machines_of_a_pool_are_where_the_pool_and_its_configuration_say() -> None:
    stack = allow(allow(net(), "out", "EGRESS", Ref("pooled")), "into", "INGRESS", A, "pooled")
    stack.add(GROUP, "pooled", vcnId=Ref("net"))
    add_subnet(stack, "s2", B)
    vnic = {"createVnicDetails": {"nsgIds": [Ref("pooled")]}}
    stack.add("Core/instanceConfiguration", "c", instanceDetails={"launchDetails": vnic})
    pool = {"instanceConfigurationId": Ref("c"), "placementConfigurations": [{"primarySubnetId": Ref("s2")}]}
    stack.add("Core/instancePool", "p", **pool)
    assert "instance m → subnet s → security rule out → subnet s2 → instance pool p" in paths(stack)
    # The subnet may be that of the configuration alone.
    vnic["createVnicDetails"]["subnetId"] = Ref("s2")
    stack.change("p", placementConfigurations=[])
    assert "instance m → subnet s → security rule out → subnet s2 → instance pool p" in paths(stack)


def test_a_configuration_says_whether_its_machines_are_public() -> None:
    for public, found in (("false", 0), ("true", 1)):
        stack = net("door").add("Core/instancePool", "p", instanceConfigurationId=Ref("c"))
        vnic = {"subnetId": Ref("s"), "nsgIds": [Ref("g2")], "assignPublicIp": public}
        stack.add(GROUP, "g2", vcnId=Ref("net"))
        stack.add("Core/instanceConfiguration", "c", instanceDetails={"launchDetails": {"createVnicDetails": vnic}})
        allow(stack, "r", "EGRESS", ANYWHERE, "g2")
        assert sum(each.startswith("instance pool p") for each in paths(stack)) == found


def test_machines_in_one_place_share_its_nodes_and_others_do_not() -> None:
    def places(stack: Sample) -> int:
        return sum(node.words.startswith("subnet") for node in Built(stack, network).graph.nodes)

    stack = net()
    add_machine(stack, "m2", "s", "g")
    assert places(stack) == 2
    add_machine(stack, "m3", "s", "h")
    assert places(stack) == 4
    add_machine(stack, "m4", "s", "g", isPrivate=True)
    assert places(stack) == 6
    add_subnet(stack, "s2", B)
    add_machine(stack, "m5", "s2", "g")
    assert places(stack) == 8
