"""How networking behaves: ranges, gateways and routes."""

from ipaddress import IPv4Network

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehearsal.world import Resource, ServiceError, World
from rehearsal.world import service as services
from tests.unit.world.small import (
    ASHBURN,
    DRG,
    INTERNET_GATEWAY,
    NAT_GATEWAY,
    ROUTE_TABLE,
    SERVICE_GATEWAY,
    SUBNET,
    VCN,
    change,
    make,
    make_subnet,
    make_vcn,
)


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ([], "cidrBlocks: at least one range is needed"),
        (["10.0.0.0/15"], "cidrBlocks: 10.0.0.0/15 must be from /16 to /30"),
        (["10.0.0.0/31"], "cidrBlocks: 10.0.0.0/31 must be from /16 to /30"),
        (["10.0.0.1/16"], "cidrBlocks: 10.0.0.1/16 has host bits set"),
        (["ten"], "cidrBlocks: "),
        (["10.0.0.0/16", "10.1.0.0/16", "10.0.128.0/17"], "cidrBlocks: 10.0.128.0/17 overlaps 10.0.0.0/16"),
    ],
)
def test_a_vcn_with_ranges_that_oracle_does_not_take_is_refused(world: World, blocks: list[str], sentence: str) -> None:
    with pytest.raises(ServiceError) as caught:
        make(world, VCN, cidrBlocks=blocks)
    assert caught.value.message.startswith(sentence)


def test_a_vcn_computes_its_ranges_its_domain_and_its_default_parts(world: World) -> None:
    vcn = make(world, VCN, cidrBlock="10.128.0.0/16", dnsLabel="main")
    assert (vcn.body["cidrBlocks"], vcn.body["vcnDomainName"]) == (["10.128.0.0/16"], "main.oraclevcn.com")
    assert make_vcn(world, "10.1.0.0/16", "10.2.0.0/16").body["cidrBlock"] == "10.1.0.0/16"
    for output, kind in (
        ("defaultRouteTableId", "RouteTable"),
        ("defaultSecurityListId", "SecurityList"),
        ("defaultDhcpOptionsId", "DhcpOptions"),
    ):
        part = world.get(vcn.body[output])
        assert part
        assert (part.type.rpartition(":")[2], part.body["vcnId"], part.region) == (kind, vcn.id, ASHBURN)


def test_a_vcn_cannot_drop_a_range_that_a_subnet_lies_in(world: World) -> None:
    vcn = make_vcn(world, "10.1.0.0/16", "10.2.0.0/16")
    subnet = make_subnet(world, vcn, "10.2.0.0/20")
    assert change(world, vcn, cidrBlocks=["10.2.0.0/16"]).body["cidrBlock"] == "10.2.0.0/16"
    with pytest.raises(ServiceError, match=f"the subnet {subnet.id} has 10.2.0.0/20, which would lie outside"):
        change(world, vcn, cidrBlocks=["10.1.0.0/16"])


def test_a_subnet_lies_inside_its_vcn(world: World) -> None:
    vcn = make_vcn(world, "10.1.0.0/16", "10.2.0.0/16")
    assert make_subnet(world, vcn, "10.2.16.0/20").body["virtualRouterIp"] == "10.2.16.1"
    with pytest.raises(ServiceError, match="cidrBlock: a subnet needs a range"):
        make(world, SUBNET, vcnId=vcn.id)
    with pytest.raises(ServiceError, match=r"10\.3\.0\.0/20 is not inside the VCN's 10\.1\.0\.0/16, 10\.2"):
        make_subnet(world, vcn, "10.3.0.0/20")


def test_a_subnet_takes_the_defaults_of_its_vcn_where_it_names_none(world: World) -> None:
    vcn = make_vcn(world)
    table = make(world, ROUTE_TABLE, vcnId=vcn.id)
    plain = make_subnet(world, vcn, "10.128.0.0/20")
    routed = make_subnet(world, vcn, "10.128.16.0/20", routeTableId=table.id)
    assert plain.body["routeTableId"] == vcn.body["defaultRouteTableId"]
    assert plain.body["securityListIds"] == [vcn.body["defaultSecurityListId"]]
    assert plain.body["dhcpOptionsId"] == vcn.body["defaultDhcpOptionsId"]
    assert routed.body["routeTableId"] == table.id
    back = services.update(world, routed.id, plain.asked | {"cidrBlock": "10.128.16.0/20"})
    assert back.body["routeTableId"] == vcn.body["defaultRouteTableId"]


blocks = st.tuples(st.integers(0, 2**14 - 1), st.integers(16, 24)).map(
    lambda at: IPv4Network((int(IPv4Network("10.128.0.0/14").network_address) + (at[0] << 4), at[1]), strict=False)
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(blocks, min_size=2, max_size=10), moves=st.lists(st.tuples(st.integers(0, 9), blocks)))
def test_subnets_never_overlap_whatever_the_order(
    world: World, wanted: list[IPv4Network], moves: list[tuple[int, IPv4Network]]
) -> None:
    vcn = make_vcn(world, *(f"10.{octet}.0.0/16" for octet in range(128, 132)))
    made: list[Resource] = []
    for block in wanted:
        try:
            made.append(make_subnet(world, vcn, str(block)))
        except ServiceError:
            assert any(block.overlaps(IPv4Network(other.body["cidrBlock"])) for other in made)
    for index, block in moves:
        moved = made[index % len(made)]
        try:
            change(world, moved, cidrBlock=str(block))
        except ServiceError as error:
            assert "overlaps" in str(error)
    held = [IPv4Network(found.body["cidrBlock"]) for each in made if (found := world.get(each.id))]
    assert not [1 for index, one in enumerate(held) for other in held[:index] if one.overlaps(other)]
    for each in (*made, vcn):
        services.delete(world, each.id)


@pytest.mark.parametrize("type", [INTERNET_GATEWAY, NAT_GATEWAY, SERVICE_GATEWAY])
def test_a_vcn_has_one_gateway_of_a_kind(world: World, type: str) -> None:
    vcn = make_vcn(world)
    first = make(world, type, vcnId=vcn.id, services=[])
    with pytest.raises(ServiceError, match="already; it can have one"):
        make(world, type, vcnId=vcn.id, services=[])
    assert make(world, type, vcnId=make_vcn(world).id, services=[])
    assert change(world, first, displayName="renamed")


def test_a_service_gateway_names_the_services_that_it_leads_to(world: World) -> None:
    service = world.find("oracle:Core/service:Service", region=ASHBURN)[1]
    gateway = make(world, SERVICE_GATEWAY, vcnId=make_vcn(world).id, services=[{"serviceId": service.id}])
    assert gateway.body["services"] == [{"serviceId": service.id, "serviceName": "OCI IAD Object Storage"}]
    assert gateway.body["blockTraffic"] is False


def test_a_route_leads_to_a_target_in_its_own_vcn(world: World) -> None:
    vcn, other = make_vcn(world), make_vcn(world)
    here, there = (make(world, INTERNET_GATEWAY, vcnId=each.id) for each in (vcn, other))
    drg = make(world, DRG)
    routes = [{"networkEntityId": target.id, "destination": "0.0.0.0/0"} for target in (here, drg, there)]
    table = make(world, ROUTE_TABLE, vcnId=vcn.id, routeRules=routes[:2])
    sentence = rf"routeRules\[2\].networkEntityId: {there.id} is not in the route table's VCN"
    with pytest.raises(ServiceError, match=sentence):
        change(world, table, routeRules=routes)
