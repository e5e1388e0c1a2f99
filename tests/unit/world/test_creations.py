"""Creations that make nothing new: what is taken over, and what an earlier try may have left behind."""

from typing import Any

import pytest

from rehearsal.world import Resource, ServiceError, World
from rehearsal.world import service as services
from tests.unit.world.small import (
    ASHBURN,
    DEFAULT_ROUTE_TABLE,
    FRANKFURT,
    INSTANCE,
    INTERNET_GATEWAY,
    LPG,
    OURS,
    PHOENIX,
    ROUTE_TABLE,
    THEIRS,
    VCN,
    change,
    make,
    make_subnet,
    make_vcn,
    picture,
)

MISSING = "ocid1.vcn.oc1.iad.aaaaaaaamissing"
URN = "urn:pulumi:dev::small::oci:Core/vcn:Vcn::main"


def the_seeded(world: World, type: str, region: str, of: str = THEIRS) -> Resource:
    (found,) = world.find(type, tenancy=of, region=region)
    return found


def adopt(world: World, vcn: Resource, **body: Any) -> Resource:
    return make(world, DEFAULT_ROUTE_TABLE, urn="urn", manageDefaultResourceId=vcn.body["defaultRouteTableId"], **body)


def test_a_default_route_table_is_taken_over_changed_and_reset(world: World) -> None:
    vcn = make_vcn(world)
    gateway = make(world, INTERNET_GATEWAY, vcnId=vcn.id)
    rules = [{"networkEntityId": gateway.id, "destination": "0.0.0.0/0"}]
    taken = adopt(world, vcn, routeRules=rules)
    assert (taken.id, taken.type, taken.urn) == (vcn.body["defaultRouteTableId"], ROUTE_TABLE, "urn")
    assert (taken.body["routeRules"], taken.body["vcnId"]) == (rules, vcn.id)
    assert len(world.find(ROUTE_TABLE, tenancy=OURS)) == 1
    with pytest.raises(ServiceError, match="in use by RouteTable"):
        services.delete(world, gateway.id)
    assert change(world, taken, displayName="ours").body["displayName"] == "ours"
    services.delete(world, taken.id)
    left = world.get(taken.id)
    assert left
    assert (left.body["routeRules"], left.urn) == ([], "")
    services.delete(world, gateway.id)
    services.delete(world, vcn.id)
    assert world.get(taken.id) is None


def test_a_taken_over_route_table_is_held_to_the_rules_of_its_own_type(world: World) -> None:
    vcn, other = make_vcn(world), make_vcn(world)
    elsewhere = make(world, INTERNET_GATEWAY, vcnId=other.id)
    with pytest.raises(ServiceError, match="is not in the route table's VCN"):
        adopt(world, vcn, routeRules=[{"networkEntityId": elsewhere.id, "destination": "0.0.0.0/0"}])


def test_a_foreign_default_route_table_cannot_be_taken_over(world: World) -> None:
    with pytest.raises(ServiceError) as caught:
        adopt(world, the_seeded(world, VCN, FRANKFURT))
    assert caught.value.status == 404


def vcn_request(world: World, label: str = "main", region: str = ASHBURN) -> Resource:
    return make(world, VCN, region=region, urn=URN, cidrBlocks=["10.128.0.0/16"], dnsLabel=label)


def test_the_same_request_gets_back_what_a_lost_reply_left_behind(world: World) -> None:
    left_behind = vcn_request(world)
    before = picture(world)
    assert vcn_request(world) == left_behind
    assert picture(world) == before


def test_another_request_removes_what_a_lost_reply_left_behind(world: World) -> None:
    left_behind = vcn_request(world)
    made = vcn_request(world, label="other")
    assert world.get(left_behind.id) is None
    assert [r.id for r in world.find(urn=URN)] == [made.id]


def test_the_same_request_in_another_region_is_another_request(world: World) -> None:
    left_behind = vcn_request(world)
    made = vcn_request(world, region=PHOENIX)
    assert made.region == PHOENIX
    assert world.get(left_behind.id) is None


def test_what_the_engine_knows_is_not_touched_by_a_second_creation(world: World) -> None:
    first = vcn_request(world)
    world.acknowledge(first.id)
    second = vcn_request(world)
    assert second.id != first.id
    assert world.get(first.id) == first


def test_what_another_request_builds_on_is_acknowledged_by_it(world: World) -> None:
    first = vcn_request(world)
    make_subnet(world, first)
    assert vcn_request(world).id != first.id
    assert world.get(first.id) == first


def test_a_refused_creation_leaves_nothing_not_even_a_part(world: World) -> None:
    vcn = make_vcn(world)
    subnet = make_subnet(world, vcn)
    before = picture(world)
    with pytest.raises(ServiceError):
        make(world, INSTANCE, availabilityDomain="nowhere", shape="x", createVnicDetails={"subnetId": subnet.id})
    with pytest.raises(ServiceError):
        make(world, LPG, vcnId=vcn.id, peerId=MISSING)
    assert picture(world) == before
