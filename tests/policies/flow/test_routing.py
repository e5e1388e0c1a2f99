"""Where packets of a subnet can go: by which table, to which gateway."""

import pytest

from policies.core import UNKNOWN, Plain, Secret
from policies.flow.ranges import ANY, range_of
from policies.flow.routes import Way
from tests.policies.builder import urn
from tests.policies.flow.kit import ANYWHERE, Ref, Sample, route
from tests.policies.flow.routed import FAR, OWN, TABLE, VCN, Routed, net

DEFAULT = "Core/defaultRouteTable"
STRAY = "ocid1.internetgateway.oc1.iad.theirs"
LABEL = "all-iad-services-in-oracle-services-network"


def test_a_way_takes_what_no_nearer_route_takes_away() -> None:
    way = Way((10, 20), (), "internet", nearer=((12, 15), (17, 17)))
    assert way.takes((0, 12)) == (10, 12)
    assert way.takes((12, 15)) is None
    assert way.takes((13, 14)) is None
    assert way.takes((17, 17)) is None
    assert way.takes((12, 16)) == (12, 16)
    assert way.takes((21, 30)) is None


def test_a_network_has_the_ranges_that_it_names_and_any_where_it_names_none() -> None:
    for blocks, ranges in (
        ({"cidrBlocks": [OWN, FAR]}, [range_of(OWN), range_of(FAR)]),
        ({"cidrBlock": OWN}, [range_of(OWN)]),
        ({"cidrBlocks": [FAR], "cidrBlock": OWN}, [range_of(FAR), range_of(OWN)]),
        ({"cidrBlocks": UNKNOWN}, [ANY]),
        ({"cidrBlocks": [None, OWN]}, [range_of(OWN)]),
        ({"cidrBlocks": []}, [ANY]),
    ):
        routed = Routed(Sample().add(VCN, "net", name="net", **blocks))
        assert routed.routes.ranges_of(routed.by_name["net"]) == ranges


def test_a_subnets_own_network_comes_first() -> None:
    routed = Routed(net(route(ANYWHERE, "nat")))
    own, out = routed.routes.of_subnet(routed.by_name["s"], routed.by_name["net"])
    assert own == Way(range_of(OWN), (), "vcn", resource=routed.by_name["net"])
    assert out.end == "internet"


@pytest.mark.parametrize(
    ("target", "properties", "ways"),
    [
        ("door", {}, ["internet"]),
        ("door", {"enabled": None}, ["internet"]),
        ("door", {"enabled": UNKNOWN}, ["internet"]),
        ("door", {"enabled": False}, []),
        ("nat", {}, ["internet"]),
        ("nat", {"blockTraffic": False}, ["internet"]),
        ("nat", {"blockTraffic": UNKNOWN}, ["internet"]),
        ("nat", {"blockTraffic": True}, []),
        # To a service gateway lead routes to Oracle's services alone.
        ("services", {}, []),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_a_gateway_leads_to_the_internet_while_it_is_open(
    target: str, properties: dict[str, Plain], ways: list[str], known: bool
) -> None:
    found = Routed(net(route(ANYWHERE, target)).change(target, **properties), known).ways()
    assert [way.end for way in found] == ways
    for way in found:
        assert (way.range, way.inward, way.nearer) == (ANY, target == "door", (range_of(OWN),))


def test_a_way_is_told_by_its_route_and_its_gateway() -> None:
    (way,) = Routed(net(route(FAR, "t"), route(ANYWHERE, "nat"))).ways()[1:]
    table, nat = (
        urn(f"oci:Core/{kind}:{kind[0].upper()}{kind[1:]}", name)
        for kind, name in (("routeTable", "t"), ("natGateway", "nat"))
    )
    assert [tuple(step) for step in way.by] == [
        ("route 0.0.0.0/0", table, "routeRules[1]"),
        ("NAT gateway nat", nat, ""),
    ]


def test_a_route_that_is_not_known_or_is_a_secret_is_not_told() -> None:
    rule = {"destination": UNKNOWN, "networkEntityId": Ref("nat")}
    assert Routed(net(rule)).told() == ["any: a route, NAT gateway nat → internet"]
    rule = {"destination": Secret("198.51.100.0/24"), "networkEntityId": Ref("nat")}
    assert Routed(net(rule)).told() == ["198.51.100.0-198.51.100.255: a route, NAT gateway nat → internet"]
    rule = {"cidrBlock": "198.51.100.0/24", "networkEntityId": Ref("nat")}
    assert Routed(net(rule)).told() == [
        "198.51.100.0-198.51.100.255: route 198.51.100.0/24, NAT gateway nat → internet"
    ]


def test_a_target_that_is_not_declared_here_is_the_outside() -> None:
    rule = {"destination": ANYWHERE, "networkEntityId": STRAY}
    gone = "any: route 0.0.0.0/0 → outside a gateway that isn't declared here"
    assert Routed(net(rule)).told() == [gone]
    assert Routed(net(rule, route(FAR, "nat"))).told()[0] == gone
    # In a first preview an unknown target may be each that the rules depend on.
    (one, other) = Routed(net(route(ANYWHERE, "door"), route(FAR, "nat")), known=False).ways()[:2]
    assert {one.inward, other.inward} == {True, False}


def test_oracles_services_are_no_way_out() -> None:
    rule = {"destination": LABEL, "destinationType": "SERVICE_CIDR_BLOCK", "networkEntityId": Ref("nat")}
    assert Routed(net(rule)).told() == []
    assert len(Routed(net(rule, route(ANYWHERE, "nat"))).told()) == 1


def test_nearer_routes_and_the_own_network_take_packets_from_a_wider_one() -> None:
    wide, near = Routed(net(route("10.128.0.0/9", "nat"), route(FAR, "door"), route("0.0.0.0/1", "door"))).ways()[:2]
    assert wide.nearer == (range_of(FAR), range_of(OWN))
    assert near.nearer == (range_of(OWN),)
    # Two routes to one range don't hide each other; one into the own network is never taken.
    assert len(Routed(net(route(FAR, "nat"), route(FAR, "door"))).ways()) == 2
    assert Routed(net(route("10.128.32.0/20", "nat"), route(OWN, "nat"))).ways() == []


def test_a_machine_that_routes_on_is_an_end() -> None:
    for kind in ("Core/privateIp", "Core/instance", "Core/vnicAttachment", "NetworkFirewall/networkFirewall"):
        (way,) = Routed(net(route(ANYWHERE, "it")).add(kind, "it", name="it")).ways()
        assert (way.end, way.range, way.by[-1].urn.rpartition("::")[2]) == ("router", ANY, "it")
        assert way.resource is not None
        assert way.resource.name == "net"


def test_a_subnet_without_a_table_of_its_own_has_the_default_one_if_that_is_managed() -> None:
    rules = {"routeRules": [route(ANYWHERE, "nat")]}
    ways = ["any: route 0.0.0.0/0, NAT gateway nat → internet"]
    stack = net(routeTableId=None).add(DEFAULT, "d", vcn=Ref("net"), **rules)
    assert Routed(stack).told() == Routed(stack, known=False).told() == ways
    default = "ocid1.routetable.oc1.iad.default"
    stack = net(routeTableId=None).change("net", defaultRouteTableId=default)
    stack.add(DEFAULT, "d", manageDefaultResourceId=default, **rules)
    assert Routed(stack).told() == ways
    assert Routed(stack.change("s", routeTableId=Ref("t"))).told() == []
    assert Routed(stack.change("s", routeTableId=Ref("d"))).told() == ways
    stack = net(routeTableId=None).change("net", defaultRouteTableId=default)
    assert Routed(stack.add(DEFAULT, "d", manageDefaultResourceId=f"{default}-of-another", **rules)).told() == []
    # Another network's, or one of which nothing is known, isn't taken.
    for nothing in (None, UNKNOWN):
        stack = net(routeTableId=None).change("net", defaultRouteTableId=nothing)
        assert Routed(stack.add(DEFAULT, "d", manageDefaultResourceId=nothing, **rules)).told() == []
    assert Routed(net(routeTableId=None)).told() == []


def test_a_table_that_is_not_declared_here_leads_outside() -> None:
    assert Routed(net(routeTableId="ocid1.routetable.oc1.iad.theirs")).told() == [
        "any:  → outside a route table that isn't declared here"
    ]
    assert Routed(net(route(ANYWHERE, "nat"), routeTableId=[Ref("t"), "ocid1.routetable.oc1.iad.theirs"])).told() == [
        "any: route 0.0.0.0/0, NAT gateway nat → internet"
    ]


@pytest.mark.parametrize("kind", [TABLE, DEFAULT])
def test_a_table_may_be_attached_to_a_subnet(kind: str) -> None:
    stack = net(routeTableId=None).add(kind, "more", vcnId="x", routeRules=[route(ANYWHERE, "nat")])
    for name in ("t", "more"):
        stack.add("Core/routeTableAttachment", f"{name}-on-s", subnetId=Ref("s"), routeTableId=Ref(name))
    stack.change("t", routeRules=[route(FAR, "door")])
    assert [way.inward for way in Routed(stack).ways()] == [False, True]
