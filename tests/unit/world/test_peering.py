"""Peerings have two sides, in one tenancy and across."""

import pytest

from rehearsal.world import Resource, ServiceError, World
from rehearsal.world import service as services
from tests.unit.world.small import (
    ASHBURN,
    DRG,
    FRANKFURT,
    LPG,
    OURS,
    PHOENIX,
    ROUTE_TABLE,
    RPC,
    THEIRS,
    change,
    make,
    make_vcn,
)


def local_gateways(world: World) -> tuple[Resource, Resource]:
    acceptor = make(world, LPG, vcnId=make_vcn(world, "10.129.0.0/16").id)
    requestor = make(world, LPG, vcnId=make_vcn(world, "10.128.0.0/16").id, peerId=acceptor.id)
    return requestor, acceptor


def now(world: World, resource: Resource) -> Resource:
    found = world.get(resource.id)
    assert found
    return found


def test_a_local_peering_shows_on_both_sides(world: World) -> None:
    requestor, acceptor = local_gateways(world)
    assert acceptor.body["peeringStatus"] == "NEW"
    for mine, other in ((now(world, requestor), requestor.body["peerId"]), (now(world, acceptor), requestor.id)):
        assert (mine.body["peeringStatus"], mine.body["peerId"]) == ("PEERED", other)
        assert mine.body["isCrossTenancyPeering"] is False
    assert requestor.body["peerAdvertisedCidr"] == "10.129.0.0/16"


def test_an_update_of_either_side_leaves_the_peering_alone(world: World) -> None:
    for side in local_gateways(world):
        changed = change(world, side, displayName="renamed")
        assert (changed.body["peeringStatus"], changed.body["displayName"]) == ("PEERED", "renamed")


@pytest.mark.parametrize("first", [0, 1])
def test_either_side_of_a_peering_may_go_and_the_other_sees_it_revoked(world: World, first: int) -> None:
    sides = local_gateways(world)
    gone, left = sides[first], sides[1 - first]
    services.delete(world, gone.id)
    seen = now(world, left)
    assert seen.body["peeringStatus"] == "REVOKED"
    assert change(world, seen, displayName="still there").body["peeringStatus"] == "REVOKED"
    services.delete(world, left.id)


def test_a_gateway_is_peered_once(world: World) -> None:
    _, acceptor = local_gateways(world)
    with pytest.raises(ServiceError, match="is peered already"):
        make(world, LPG, vcnId=make_vcn(world, "10.130.0.0/16").id, peerId=acceptor.id)


def test_vcns_that_overlap_are_not_peered(world: World) -> None:
    acceptor = make(world, LPG, vcnId=make_vcn(world, "10.128.0.0/17").id)
    with pytest.raises(ServiceError, match=r"peerId: the VCNs overlap in 10\.128\.0\.0/17"):
        make(world, LPG, vcnId=make_vcn(world, "10.128.0.0/16").id, peerId=acceptor.id)


def test_a_local_peering_stays_in_its_region_and_among_its_kind(world: World) -> None:
    (in_frankfurt,) = world.find(LPG, region=FRANKFURT)
    vcn = make_vcn(world)
    for peer in (in_frankfurt.id, vcn.id):
        with pytest.raises(ServiceError, match=f"peerId: no local peering gateway {peer} in us-ashburn-1"):
            make(world, LPG, vcnId=vcn.id, peerId=peer)


def test_the_global_stack_can_be_reached_by_local_peering(world: World) -> None:
    (theirs,) = world.find(LPG, tenancy=THEIRS, region=ASHBURN)
    ours = make(world, LPG, vcnId=make_vcn(world).id, peerId=theirs.id)
    assert (ours.body["isCrossTenancyPeering"], ours.body["peerTenancyId"]) == (True, THEIRS)
    seen = now(world, theirs)
    assert (seen.body["peeringStatus"], seen.body["isCrossTenancyPeering"]) == ("PEERED", True)
    assert seen.body["peerTenancyId"] == OURS
    services.delete(world, ours.id)
    assert now(world, theirs).body["peeringStatus"] == "REVOKED"


def remote(world: World, **body: str) -> Resource:
    return make(world, RPC, drgId=make(world, DRG).id, **body)


def test_the_global_stack_can_be_reached_by_remote_peering(world: World) -> None:
    (theirs,) = world.find(RPC, tenancy=THEIRS, region=FRANKFURT)
    ours = remote(world, peerId=theirs.id, peerRegionName=FRANKFURT)
    assert (ours.body["peeringStatus"], ours.body["peerTenancyId"]) == ("PEERED", THEIRS)
    assert now(world, theirs).body["peerId"] == ours.id
    with pytest.raises(ServiceError, match="is peered already"):
        remote(world, peerId=theirs.id, peerRegionName=FRANKFURT)


def test_a_remote_peer_lies_in_the_region_that_is_named(world: World) -> None:
    (theirs,) = world.find(RPC, tenancy=THEIRS, region=FRANKFURT)
    with pytest.raises(ServiceError, match="in us-phoenix-1"):
        remote(world, peerId=theirs.id, peerRegionName=PHOENIX)


def test_a_route_table_that_a_peered_gateway_uses_cannot_be_deleted(world: World) -> None:
    vcn = make_vcn(world, "10.129.0.0/16")
    table = make(world, ROUTE_TABLE, vcnId=vcn.id)
    acceptor = make(world, LPG, vcnId=vcn.id, routeTableId=table.id)
    make(world, LPG, vcnId=make_vcn(world).id, peerId=acceptor.id)
    with pytest.raises(ServiceError, match=f"in use by LocalPeeringGateway {acceptor.id}"):
        services.delete(world, table.id)
