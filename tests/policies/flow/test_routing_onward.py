"""Where packets go that leave their network over a DRG or a peering."""

from policies.flow.ranges import range_of
from tests.policies.flow.kit import ANYWHERE, Ref, Sample, route
from tests.policies.flow.routed import FAR, OWN, SUBNET, TABLE, VCN, Routed, attach, net, told


def two(table: str = "") -> Sample:
    """The network `net` and another, `far`, on one DRG; packets to all of ours go there."""
    stack = net(route("10.128.0.0/9", "hub"))
    attach(stack, "net", "hub")
    stack.add(VCN, "far", cidrBlocks=[FAR, "192.168.0.0/24"]).add(TABLE, "onward", vcnId=Ref("far"))
    attach(stack, "far", "hub", table)
    return stack


BY = "route 10.128.0.0/9, DRG hub, DRG attachment far-on-hub"


def test_a_drg_leads_to_the_ranges_of_a_network_behind_it() -> None:
    assert Routed(two()).told() == [f"10.129.0.0-10.129.255.255: {BY} → vcn far"]


def test_a_route_to_an_attachment_is_one_to_its_drg() -> None:
    stack = two().change("t", routeRules=[route("10.128.0.0/9", "far-on-hub")])
    assert Routed(stack).told() == [f"10.129.0.0-10.129.255.255: {BY} → vcn far"]


def test_a_table_behind_a_drg_leads_on_what_came_to_it() -> None:
    stack = two("onward").change("onward", routeRules=[route(ANYWHERE, "far-nat")])
    stack.add("Core/natGateway", "far-nat", vcnId=Ref("far"))
    near, on = Routed(stack).ways()
    assert told(near) == f"10.129.0.0-10.129.255.255: {BY} → vcn far"
    assert told(on) == f"10.128.0.0-10.255.255.255: {BY}, route 0.0.0.0/0, NAT gateway far-nat → internet"
    # What the far network takes itself goes no further, nor what the near one takes itself comes here.
    assert {range_of(FAR), range_of(OWN)} <= {*on.nearer}
    # A route behind it to nothing that came is none.
    stack.change("onward", routeRules=[route("198.51.100.0/24", "far-nat")])
    assert len(Routed(stack).ways()) == 1


def test_what_is_behind_a_line_is_the_outside_with_its_rule() -> None:
    stack = two().add("Core/ipsec", "line", drgId=Ref("hub"))
    (_, way) = Routed(stack).ways()
    assert (way.end, way.rule, way.words) == (
        "outside",
        "private-connection",
        "whatever is behind IPSec connection line",
    )
    assert told(way) == ("10.128.0.0-10.255.255.255: route 10.128.0.0/9, DRG hub, IPSec connection line → outside line")


def peer(stack: Sample, one: str, other: str) -> None:
    """Two networks beside each other; `one` has a table that leads to the other."""
    stack.add("Core/localPeeringGateway", f"{one}-{other}", vcnId=Ref(one), peerId=Ref(f"{other}-{one}"))
    stack.add("Core/localPeeringGateway", f"{other}-{one}", vcnId=Ref(other), routeTableId=Ref(f"{other}-table"))


def test_a_peering_leads_to_the_network_on_its_other_side() -> None:
    stack = net(route(FAR, "net-far")).add(VCN, "far", cidrBlocks=["10.129.0.0/17", "10.200.0.0/16"])
    stack.add(TABLE, "far-table", vcnId=Ref("far"), routeRules=[route("10.129.128.0/17", "far-nat")])
    peer(stack.add("Core/natGateway", "far-nat", vcnId=Ref("far")), "net", "far")
    by = "route 10.129.0.0/16, local peering net-far, local peering far-net"
    assert Routed(stack).told() == [
        f"10.129.0.0-10.129.127.255: {by} → vcn far",
        f"10.129.128.0-10.129.255.255: {by}, route 10.129.128.0/17, NAT gateway far-nat → internet",
    ]


def chain(*hops: str) -> list[str]:
    """Where a packet ends that goes over these hops to a NAT gateway in the last network: `peering` or `remote`."""
    first = "n0-n1" if hops[0] == "peering" else "d0"
    stack = Sample().add(VCN, "n0", cidrBlocks=["10.130.0.0/16"])
    stack.add(TABLE, "n0-table", routeRules=[route(ANYWHERE, first)]).add(SUBNET, "s", routeTableId=Ref("n0-table"))
    for at, hop in enumerate(hops):
        one, other = f"n{at}", f"n{at + 1}"
        nat = {"destination": ANYWHERE, "networkEntityId": Ref("nat")}
        following = hops[at + 1] if at + 1 < len(hops) else ""
        onward = {"peering": f"n{at + 1}-n{at + 2}", "remote": f"d{at + 1}", "": ""}[following]
        stack.add(VCN, other, cidrBlocks=[f"10.{131 + at}.0.0/16"])
        stack.add(TABLE, f"{other}-table", routeRules=[route(ANYWHERE, onward) if onward else nat])
        if hop == "peering":
            peer(stack, one, other)
        else:
            attach(stack, one, f"d{at}")
            attach(stack, other, f"e{at}", f"{other}-table")
            stack.add("Core/remotePeeringConnection", f"there-{at}", drgId=Ref(f"e{at}"))
            stack.add("Core/remotePeeringConnection", f"here-{at}", drgId=Ref(f"d{at}"), peerId=Ref(f"there-{at}"))
    stack.add("Core/natGateway", "nat", blockTraffic=False)
    return [way.end for way in Routed(stack).ways("n0") if way.end != "vcn"]


def test_a_way_ends_after_as_many_steps_as_a_packet_may_take() -> None:
    assert chain(*["peering"] * 4) == ["internet"]
    assert chain(*["peering"] * 5) == []
    assert chain("remote", "remote") == ["internet"]
    assert chain("remote", "remote", "peering") == []


def test_two_tables_that_lead_to_each_other_end() -> None:
    stack = net(route(ANYWHERE, "net-far"))
    stack.add(VCN, "far", cidrBlocks=[FAR]).add(TABLE, "far-table", routeRules=[route(ANYWHERE, "far-net")])
    peer(stack, "net", "far")
    stack.change("net-far", routeTableId=Ref("t"))
    assert [told(way).rpartition(" → ")[2] for way in Routed(stack).ways()] == ["vcn far", "vcn net"]
