"""Each call needs a statement: without one it is refused as Oracle refuses it, and the world stays as it is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from oci.budget import BudgetClient
from oci.core import VirtualNetworkClient
from oci.core import models as core
from oci.exceptions import ServiceError
from oci.object_storage import ObjectStorageClient

from iam.reference import families, find_type
from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.rights import services
from rehearsal.world import Resource, World, order_late_iam
from tests.unit.api.clients import Clients
from tests.unit.world.small import COMPARTMENT, OURS, grant, grant_everything, make, make_vcn, picture, seeded

ROWS = yaml.safe_load(Path(__file__).with_name("rights.yaml").read_text(encoding="utf-8"))
CASES = [(row["may"], call, given) for row in ROWS for call, given in row["calls"].items()]
USER, GROUP = "oci:Identity/user:User", "oci:Identity/group:Group"
COMPARTMENT_ID = "compartmentId"
MEMBERSHIP = "oci:Identity/userGroupMembership:UserGroupMembership"


@dataclass(frozen=True)
class Scene:
    """A reader, who is in the group `readers`, and a VCN in the tenancy's root."""

    world: World
    reader: Resource
    vcn: Resource

    def clients(self) -> Clients:
        return Clients.over(self.world, Caller(OURS, self.reader.id))


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    world = seeded(tmp_path)
    make(world, COMPARTMENT, name="elsewhere", description="elsewhere")
    reader = make(world, USER, name="reader", description="a reader")
    for name in ("readers", "others"):
        make(world, GROUP, name=name, description=name)
    readers = next(each for each in world.find(GROUP) if each.body["name"] == "readers")
    make(world, MEMBERSHIP, userId=reader.id, groupId=readers.id)
    return Scene(world, reader, make_vcn(world))


CALLS: dict[str, Callable[[Clients, Resource], object]] = {
    "list_vcns": lambda clients, _: clients(VirtualNetworkClient).list_vcns(OURS),
    "list_subnets": lambda clients, _: clients(VirtualNetworkClient).list_subnets(OURS),
    "get_vcn": lambda clients, vcn: clients(VirtualNetworkClient).get_vcn(vcn.id),
    "create_vcn": lambda clients, _: clients(VirtualNetworkClient).create_vcn(
        core.CreateVcnDetails(compartment_id=OURS, cidr_blocks=["10.140.0.0/16"])
    ),
    "update_vcn": lambda clients, vcn: clients(VirtualNetworkClient).update_vcn(
        vcn.id, core.UpdateVcnDetails(display_name="changed")
    ),
    "delete_vcn": lambda clients, vcn: clients(VirtualNetworkClient).delete_vcn(vcn.id),
    "list_buckets": lambda clients, _: clients(ObjectStorageClient).list_buckets("statesideus", OURS),
    "list_budgets": lambda clients, _: clients(BudgetClient).list_budgets(OURS),
}


def answer(call: Callable[[], Any]) -> tuple[int, str]:
    try:
        return int(call().status), ""
    except ServiceError as error:
        return error.status, error.code


@pytest.mark.parametrize(("statements", "call", "given"), CASES, ids=str)
def test_a_call_needs_a_statement(scene: Scene, statements: list[str], call: str, given: bool) -> None:
    if statements:
        grant(scene.world, *statements)
    before = picture(scene.world)
    found = answer(lambda: CALLS[call](scene.clients(), scene.vcn))
    if given:
        assert found[0] in (200, 204)
    else:
        assert found == (404, "NotAuthorizedOrNotFound")
        assert picture(scene.world) == before


def test_there_are_enough_cases_of_both_kinds() -> None:
    assert len(CASES) >= 40
    assert 15 < sum(given for _, _, given in CASES) < len(CASES) - 15


def test_a_statement_about_a_compartment_counts_there_and_below(scene: Scene) -> None:
    world = scene.world
    outer = next(each for each in world.find(COMPARTMENT) if each.body["name"] == "elsewhere")
    inner = make(world, COMPARTMENT, compartmentId=outer.id, name="inside", description="inside")
    grant(world, "Allow group readers to read virtual-network-family in compartment elsewhere")
    network = scene.clients()(VirtualNetworkClient)
    assert answer(lambda: network.list_vcns(inner.id))[0] == 200
    assert answer(lambda: network.list_vcns(outer.id))[0] == 200
    assert answer(lambda: network.list_vcns(OURS))[0] == 404


def test_a_compartment_that_the_body_names_does_not_stand_for_what_the_path_names(scene: Scene) -> None:
    world = scene.world
    mine = next(each for each in world.find(COMPARTMENT) if each.body["name"] == "elsewhere")
    group = make(world, "oci:Core/networkSecurityGroup:NetworkSecurityGroup", vcnId=scene.vcn.id)
    grant(world, "Allow group readers to manage all-resources in compartment elsewhere")
    before = picture(world)
    rule = {"direction": "INGRESS", "protocol": "6", "source": "10.0.0.0/8", "sourceType": "CIDR_BLOCK"}
    network = scene.clients()(VirtualNetworkClient)
    for call, body in (
        (network.add_network_security_group_security_rules, {"securityRules": [rule]}),
        (network.remove_network_security_group_security_rules, {"securityRuleIds": []}),
        (network.update_network_security_group_security_rules, {"securityRules": []}),
    ):
        found = answer(lambda call=call, body=body: call(group.id, body | {COMPARTMENT_ID: mine.id}))
        assert found == (404, "NotAuthorizedOrNotFound")
    assert picture(world) == before


def test_what_is_moved_needs_a_statement_where_it_goes_too(scene: Scene) -> None:
    world = scene.world
    goal = next(each for each in world.find(COMPARTMENT) if each.body["name"] == "elsewhere")
    inner = make(world, COMPARTMENT, compartmentId=goal.id, name="inside", description="inside")
    vcn = make_vcn(world, "10.141.0.0/16")
    network = scene.clients()(VirtualNetworkClient)
    details = core.ChangeVcnCompartmentDetails(compartment_id=inner.id)
    grant(world, f"Allow group readers to manage all-resources in tenancy where target.compartment.id = '{OURS}'")
    assert answer(lambda: network.change_vcn_compartment(vcn.id, details)) == (404, "NotAuthorizedOrNotFound")
    grant(world, "Allow group readers to manage all-resources in compartment elsewhere")
    assert answer(lambda: network.change_vcn_compartment(vcn.id, details))[0] in (200, 202, 204)
    assert [each.compartment for each in world.find("oci:Core/vcn:Vcn") if each.id == vcn.id] == [inner.id]


def test_members_of_a_group_of_a_domain_are_people_too(scene: Scene) -> None:
    world = scene.world
    domain = make(
        world,
        "oci:Identity/domain:Domain",
        displayName="people",
        description="people",
        homeRegion="us-ashburn-1",
        licenseType="free",
    )
    make(
        world,
        "oci:Identity/domainsGroup:DomainsGroup",
        idcsEndpoint=domain.body["url"],
        displayName="editors",
        schemas=["urn:ietf:params:scim:schemas:core:2.0:Group"],
        members=[{"type": "User", "value": "f00d", "ocid": scene.reader.id}],
    )
    grant(world, "Allow group people/editors to inspect vcns in tenancy")
    assert answer(lambda: scene.clients()(VirtualNetworkClient).list_vcns(OURS))[0] == 200


def test_a_statement_that_is_late_gives_nothing_yet(scene: Scene) -> None:
    order_late_iam(scene.world, 60)
    grant_everything(scene.world)
    assert answer(lambda: scene.clients()(VirtualNetworkClient).list_vcns(OURS))[0] == 404
    order_late_iam(scene.world, 0)
    assert answer(lambda: scene.clients()(VirtualNetworkClient).list_vcns(OURS))[0] == 200


def test_what_the_table_of_services_names_is_known() -> None:
    for module, row in services().items():
        name = row.otherwise
        assert name == "all-resources" or name in families() or find_type(name), f"{module}: {name}"
