"""DRGs: what is attached to one belongs to it."""

import pytest

from rehearsal.world import Resource, ServiceError, World
from tests.unit.world.small import DISTRIBUTION, DRG, RPC, make, make_vcn

ATTACHMENT = "oci:Core/drgAttachment:DrgAttachment"
MANAGED = "oci:Core/drgAttachmentManagement:DrgAttachmentManagement"
TABLE = "oci:Core/drgRouteTable:DrgRouteTable"
STATEMENT = "oci:Core/drgRouteDistributionStatement:DrgRouteDistributionStatement"


@pytest.fixture
def drg(world: World) -> Resource:
    return make(world, DRG)


@pytest.fixture
def other(world: World) -> Resource:
    return make(world, DRG)


def attach(world: World, drg: Resource, vcn: Resource, **more: str) -> Resource:
    return make(world, ATTACHMENT, drgId=drg.id, networkDetails={"type": "VCN", "id": vcn.id}, **more)


def test_an_attachment_says_which_vcn_it_attaches(world: World, drg: Resource) -> None:
    vcn = make_vcn(world)
    assert attach(world, drg, vcn).body["vcnId"] == vcn.id


def test_a_vcn_is_attached_once(world: World, drg: Resource, other: Resource) -> None:
    vcn = make_vcn(world)
    attach(world, drg, vcn)
    with pytest.raises(ServiceError, match="is attached to a DRG already"):
        attach(world, other, vcn)


def test_an_attachment_uses_a_table_of_its_own_drg(world: World, drg: Resource, other: Resource) -> None:
    table = make(world, TABLE, drgId=other.id)
    with pytest.raises(ServiceError, match=r"drgRouteTableId: .* belongs to another DRG"):
        attach(world, drg, make_vcn(world), drgRouteTableId=table.id)


def test_a_table_imports_by_a_distribution_of_its_own_drg(world: World, drg: Resource, other: Resource) -> None:
    distribution = make(world, DISTRIBUTION, drgId=other.id, distributionType="IMPORT")
    with pytest.raises(ServiceError, match=r"importDrgRouteDistributionId: .* belongs to another DRG"):
        make(world, TABLE, drgId=drg.id, importDrgRouteDistributionId=distribution.id)


def test_statements_match_attachments_of_their_drg_and_differ_in_priority(
    world: World, drg: Resource, other: Resource
) -> None:
    distribution = make(world, DISTRIBUTION, drgId=drg.id, distributionType="IMPORT")

    def state(attachment: Resource) -> Resource:
        criteria = {"matchType": "DRG_ATTACHMENT_ID", "drgAttachmentId": attachment.id}
        return make(
            world,
            STATEMENT,
            drgRouteDistributionId=distribution.id,
            priority=1,
            matchCriteria=criteria,
            action="ACCEPT",
        )

    state(attach(world, drg, make_vcn(world)))
    with pytest.raises(ServiceError, match="has 1 already"):
        state(attach(world, drg, make_vcn(world, "10.129.0.0/16")))
    with pytest.raises(ServiceError, match="belongs to another DRG"):
        state(attach(world, other, make_vcn(world, "10.130.0.0/16")))


def test_the_attachment_of_a_peering_is_managed_by_one_and_for_its_own_drg(
    world: World, drg: Resource, other: Resource
) -> None:
    connection = make(world, RPC, drgId=drg.id)
    asked = {"attachmentType": "REMOTE_PEERING_CONNECTION", "networkId": connection.id}
    with pytest.raises(ServiceError, match="does not belong to the DRG"):
        make(world, MANAGED, drgId=other.id, **asked)
    make(world, MANAGED, drgId=drg.id, **asked)
    with pytest.raises(ServiceError, match="is managed already"):
        make(world, MANAGED, drgId=drg.id, **asked)
