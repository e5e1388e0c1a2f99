"""Names: zones, and the resolver that each VCN comes with."""

import pytest

from rehearsal.world import Resource, ServiceError, World
from rehearsal.world import service as services
from tests.unit.world.small import ASHBURN, make, make_subnet, make_vcn

ZONE, VIEW = "oci:Dns/zone:Zone", "oci:Dns/view:View"
RESOLVER, ENDPOINT = "oci:Dns/resolver:Resolver", "oci:Dns/resolverEndpoint:ResolverEndpoint"


def resolver_of(world: World, vcn: Resource) -> Resource:
    (found,) = world.find(RESOLVER, region=ASHBURN, fields={"attachedVcnId": vcn.id})
    return found


def endpoint(world: World, subnet: Resource, resolver: Resource, **more: object) -> Resource:
    asked = {"name": "forwarding", "isForwarding": True, "isListening": False, **more}
    return make(world, ENDPOINT, resolverId=resolver.id, subnetId=subnet.id, **asked)


def test_a_vcn_comes_with_a_resolver_and_takes_it_along(world: World) -> None:
    vcn = make_vcn(world)
    resolver = resolver_of(world, vcn)
    assert world.get(resolver.body["defaultViewId"])
    services.delete(world, vcn.id)
    assert not world.get(resolver.id)


def test_a_resolvers_rules_name_endpoints_of_its_own(world: World) -> None:
    vcn = make_vcn(world)
    resolver, subnet = resolver_of(world, vcn), make_subnet(world, vcn)
    rules = [{"action": "FORWARD", "sourceEndpointName": "Forwarding", "destinationAddresses": ["10.128.0.9"]}]
    with pytest.raises(ServiceError, match="the resolver has no endpoint Forwarding"):
        make(world, RESOLVER, resolverId=resolver.id, rules=rules)
    endpoint(world, subnet, resolver)
    assert make(world, RESOLVER, resolverId=resolver.id, rules=rules).id == resolver.id


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"isListening": True}, "either forwards or listens"),
        ({"forwardingAddress": "10.129.0.9"}, "is not in the subnet's 10.128.0.0/20"),
    ],
)
def test_an_endpoint_does_one_thing_in_its_subnet(world: World, asked: dict[str, object], says: str) -> None:
    vcn = make_vcn(world)
    with pytest.raises(ServiceError, match=says):
        endpoint(world, make_subnet(world, vcn), resolver_of(world, vcn), **asked)


def test_names_of_endpoints_and_zones_are_free(world: World) -> None:
    vcn = make_vcn(world)
    subnet, resolver = make_subnet(world, vcn), resolver_of(world, vcn)
    endpoint(world, subnet, resolver)
    with pytest.raises(ServiceError, match="has an endpoint FORWARDING already"):
        endpoint(world, subnet, resolver, name="FORWARDING")
    view = make(world, VIEW, scope="PRIVATE")
    for more in ({}, {"viewId": view.id, "scope": "PRIVATE"}):
        make(world, ZONE, name="us.internal", zoneType="PRIMARY", **more)
        with pytest.raises(ServiceError, match=r"the zone us\.internal exists already"):
            make(world, ZONE, name="us.internal", zoneType="PRIMARY", **more)


def test_a_zone_in_a_view_is_private_and_a_public_one_has_name_servers(world: World) -> None:
    view = make(world, VIEW, scope="PRIVATE")
    with pytest.raises(ServiceError, match="a zone in a view must be PRIVATE"):
        make(world, ZONE, name="us.internal", zoneType="PRIMARY", viewId=view.id)
    assert make(world, ZONE, name="stateside.example", zoneType="PRIMARY").body["nameservers"]
