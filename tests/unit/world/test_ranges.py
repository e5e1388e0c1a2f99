"""A rule or a route names a range of addresses, and what is none is refused."""

from typing import Any

import pytest

from rehearsal.world import ServiceError, World
from tests.unit.world.small import INTERNET_GATEWAY, ROUTE_TABLE, make, make_vcn, picture

GROUP = "oci:Core/networkSecurityGroup:NetworkSecurityGroup"
RULE = "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule"
LISTED = "oci:Core/securityList:SecurityList"
WRONG = {
    "10.0.0.0/33": "'10.0.0.0/33' does not appear to be an IPv4 or IPv6 network",
    "10.0.0.1/8": "10.0.0.1/8 has host bits set",
    "everybody": "'everybody' does not appear to be an IPv4 or IPv6 network",
}


def rule(world: World, **given: Any) -> object:
    group = make(world, GROUP, vcnId=make_vcn(world).id)
    return make(world, RULE, networkSecurityGroupId=group.id, direction="INGRESS", protocol="6", **given)


@pytest.mark.parametrize("value", WRONG)
def test_what_is_no_range_is_refused_where_a_range_stands(world: World, value: str) -> None:
    inside = make_vcn(world)
    gateway = make(world, INTERNET_GATEWAY, vcnId=inside.id)
    lists: dict[str, Any] = {"egressSecurityRules": [], "ingressSecurityRules": []}
    for at, call in (
        ("source: ", lambda: rule(world, source=value, sourceType="CIDR_BLOCK")),
        ("source: ", lambda: rule(world, source=value)),
        (
            "ingressSecurityRules[0].source: ",
            lambda: make(
                world,
                LISTED,
                vcnId=inside.id,
                **lists | {"ingressSecurityRules": [{"protocol": "6", "source": value}]},
            ),
        ),
        (
            "routeRules[0].destination: ",
            lambda: make(
                world,
                ROUTE_TABLE,
                vcnId=inside.id,
                routeRules=[{"destination": value, "networkEntityId": gateway.id}],
            ),
        ),
    ):
        with pytest.raises(ServiceError) as refused:
            call()
        assert (refused.value.status, refused.value.code) == (400, "InvalidParameter")
        assert at + WRONG[value] in refused.value.message
    assert not [each for each in picture(world).values() if value in str(each.body)]


@pytest.mark.parametrize("value", ["10.0.0.0/8", "0.0.0.0/0", "::/0", "2001:db8:123:45::/64", "192.0.2.7/32"])
def test_ranges_of_both_kinds_are_taken(world: World, value: str) -> None:
    assert rule(world, source=value, sourceType="CIDR_BLOCK")


def test_a_name_of_a_service_is_no_range(world: World) -> None:
    assert rule(world, source="all-iad-services-in-oracle-services-network", sourceType="SERVICE_CIDR_BLOCK")
