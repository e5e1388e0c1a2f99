"""The unmodified SDK makes, reads, lists, changes and deletes what the world holds, and hears what Oracle would say."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from oci import pagination
from oci.core import ComputeClient, VirtualNetworkClient, VirtualNetworkClientCompositeOperations
from oci.core import models as core
from oci.identity import IdentityClient
from oci.identity import models as identity
from oci.key_management import KmsManagementClient, KmsVaultClient
from oci.key_management import models as kms
from oci.object_storage import ObjectStorageClient
from oci.object_storage import models as storage
from oci.resource_search import ResourceSearchClient
from oci.resource_search.models import StructuredSearchDetails
from oci.work_requests import WorkRequestClient

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.messages import Request
from rehearsal.world import World, order_late_states, take_down
from rehearsal.world import service as services
from rehearsal.world.secret_keys import secret_of
from tests.unit.api.clients import USER, Clients, refused
from tests.unit.world.small import (
    ASHBURN,
    COMPARTMENT,
    DRG,
    FRANKFURT,
    OURS,
    PHOENIX,
    THEIRS,
    make,
    make_subnet,
    make_vcn,
    picture,
)

ONCE = "6b5f0c1e"


@pytest.fixture
def network(clients: Clients) -> Any:
    return clients(VirtualNetworkClient)


def vcn(**more: Any) -> core.CreateVcnDetails:
    given = {"compartment_id": OURS, "cidr_blocks": ["10.128.0.0/16"], "display_name": "one"} | more
    return core.CreateVcnDetails(**given)


def test_what_the_sdk_makes_is_in_the_world_and_the_other_way_round(world: World, network: Any) -> None:
    made = network.create_vcn(vcn(freeform_tags={"a": "b"})).data
    (found,) = [each for each in world.find("oci:Core/vcn:Vcn", tenancy=OURS) if each.id == made.id]
    assert (found.region, found.body["displayName"], found.body["freeformTags"]) == (ASHBURN, "one", {"a": "b"})
    assert (made.lifecycle_state, made.cidr_blocks, made.time_created.tzinfo is not None) == (
        "AVAILABLE",
        ["10.128.0.0/16"],
        True,
    )
    subnet = make_subnet(world, found, displayName="two")
    read = network.get_subnet(subnet.id).data
    assert (read.vcn_id, read.display_name, read.virtual_router_ip) == (made.id, "two", "10.128.0.1")
    assert network.get_security_list(made.default_security_list_id).data.vcn_id == made.id


def test_a_change_keeps_what_it_does_not_name(world: World, network: Any) -> None:
    made = network.create_vcn(vcn(dns_label="one")).data
    changed = network.update_vcn(made.id, core.UpdateVcnDetails(display_name="two")).data
    assert (changed.display_name, changed.dns_label, changed.cidr_blocks) == ("two", "one", ["10.128.0.0/16"])
    found = world.get(made.id)
    assert found and found.body["displayName"] == "two"


def test_what_has_changed_since_it_was_read_is_not_written_over(network: Any) -> None:
    made = network.create_vcn(vcn())
    before = made.headers["etag"]
    network.update_vcn(made.data.id, core.UpdateVcnDetails(display_name="two"), if_match=before)
    assert refused(
        lambda: network.update_vcn(made.data.id, core.UpdateVcnDetails(display_name="three"), if_match=before)
    )[:2] == (412, "NoEtagMatch")
    assert refused(lambda: network.delete_vcn(made.data.id, if_match=before))[:2] == (412, "NoEtagMatch")
    assert network.get_vcn(made.data.id).data.display_name == "two"


def test_what_is_in_use_is_not_deleted(world: World, network: Any) -> None:
    made = make_vcn(world)
    subnet = make_subnet(world, made)
    assert refused(lambda: network.delete_vcn(made.id))[:2] == (409, "Conflict")
    network.delete_subnet(subnet.id)
    network.delete_vcn(made.id)
    assert refused(lambda: network.get_vcn(made.id))[:2] == (404, "NotAuthorizedOrNotFound")
    assert world.get(made.id) is None


def test_a_creation_that_is_sent_twice_makes_one(world: World, network: Any) -> None:
    first = network.create_vcn(vcn(), opc_retry_token=ONCE).data
    assert network.create_vcn(vcn(), opc_retry_token=ONCE).data.id == first.id
    assert len(network.list_vcns(OURS).data) == 1
    other = refused(lambda: network.create_vcn(vcn(display_name="two"), opc_retry_token=ONCE))
    assert other[:2] == (409, "InvalidatedRetryToken")
    assert network.create_vcn(vcn(), opc_retry_token=ONCE[::-1]).data.id != first.id


def test_lists_come_in_pages_in_order_and_by_filters(world: World, network: Any) -> None:
    made = [make_vcn(world, f"10.{128 + at}.0.0/16") for at in range(5)]
    names = ["c", "a", "b", "e", "d"]
    for each, name in zip(made, names, strict=True):
        network.update_vcn(each.id, core.UpdateVcnDetails(display_name=name))
    assert [each.id for each in network.list_vcns(OURS).data] == [each.id for each in reversed(made)]
    pages, page = [], None
    while page is not None or not pages:
        found = network.list_vcns(OURS, limit=2, sort_by="DISPLAYNAME", **({"page": page} if page else {}))
        pages.append([each.display_name for each in found.data])
        page = found.next_page if found.has_next_page else None
    assert pages == [["a", "b"], ["c", "d"], ["e"]]
    every = pagination.list_call_get_all_results(network.list_vcns, OURS, limit=2).data
    assert len(every) == 5
    assert [each.display_name for each in network.list_vcns(OURS, display_name="d").data] == ["d"]
    assert network.list_vcns(OURS, lifecycle_state="TERMINATED").data == []


def test_a_page_of_another_list_is_refused(world: World, network: Any) -> None:
    for at in range(3):
        make_vcn(world, f"10.{128 + at}.0.0/16")
    token = network.list_vcns(OURS, limit=1).next_page
    says = "page was given by another list"
    assert refused(lambda: network.list_vcns(OURS, limit=1, page=token, display_name="x"))[2] == says
    assert refused(lambda: network.list_subnets(OURS, page=token))[2] == says
    assert refused(lambda: network.list_vcns(OURS, page="zz"))[:2] == (400, "InvalidParameter")
    assert refused(lambda: network.list_vcns(OURS, limit=0))[2] == "limit is '0'; it may be 1 to 1000"


def test_what_lies_in_another_region_or_tenancy_is_not_found(world: World, clients: Clients) -> None:
    here, there = make_vcn(world), make_vcn(world, region=PHOENIX)
    theirs = world.find("oci:Core/vcn:Vcn", tenancy=THEIRS)[0]
    network = clients(VirtualNetworkClient)
    for each in (there, theirs):
        assert refused(lambda each=each: network.get_vcn(each.id))[:2] == (404, "NotAuthorizedOrNotFound")
    assert [each.id for each in network.list_vcns(OURS).data] == [here.id]
    assert clients(VirtualNetworkClient, PHOENIX).get_vcn(there.id).data.id == there.id
    abroad = clients(VirtualNetworkClient, "ap-tokyo-1")
    assert refused(lambda: abroad.list_vcns(OURS)) == (
        404,
        "NotAuthorizedOrNotFound",
        "the tenancy is not subscribed to ap-tokyo-1",
    )
    assert clients(VirtualNetworkClient, FRANKFURT).list_vcns(OURS).data == []


def test_a_region_that_is_down_does_not_answer(world: World, network: Any) -> None:
    take_down(world, ASHBURN)
    network.retry_strategy = None
    assert refused(lambda: network.list_vcns(OURS))[:2] == (503, "ServiceUnavailable")


def test_iam_is_written_in_the_home_region_alone(clients: Clients) -> None:
    details = identity.CreateCompartmentDetails(compartment_id=OURS, name="made", description="made by the SDK")
    abroad = clients(IdentityClient, PHOENIX)
    assert refused(lambda: abroad.create_compartment(details))[:2] == (403, "NotAllowed")
    made = clients(IdentityClient).create_compartment(details).data
    assert abroad.get_compartment(made.id).data.name == "made"


def test_rules_of_a_group_are_added_changed_and_removed_together(world: World, network: Any) -> None:
    inside = make_vcn(world)
    group = network.create_network_security_group(
        core.CreateNetworkSecurityGroupDetails(compartment_id=OURS, vcn_id=inside.id)
    ).data
    port = core.TcpOptions(destination_port_range=core.PortRange(min=443, max=443))
    rules = [
        core.AddSecurityRuleDetails(
            direction="INGRESS", protocol="6", source=source, source_type="CIDR_BLOCK", tcp_options=port
        )
        for source in ("10.1.0.0/16", "10.2.0.0/16")
    ]
    added = network.add_network_security_group_security_rules(
        group.id, core.AddNetworkSecurityGroupSecurityRulesDetails(security_rules=rules)
    ).data.security_rules
    assert [each.source for each in added] == ["10.1.0.0/16", "10.2.0.0/16"]
    first = core.UpdateSecurityRuleDetails(
        id=added[0].id, direction="INGRESS", protocol="6", source="10.3.0.0/16", source_type="CIDR_BLOCK"
    )
    network.update_network_security_group_security_rules(
        group.id, core.UpdateNetworkSecurityGroupSecurityRulesDetails(security_rules=[first])
    )
    network.remove_network_security_group_security_rules(
        group.id, core.RemoveNetworkSecurityGroupSecurityRulesDetails(security_rule_ids=[added[1].id])
    )
    (left,) = network.list_network_security_group_security_rules(group.id).data
    assert (left.id, left.source, left.tcp_options.destination_port_range.min) == (added[0].id, "10.3.0.0/16", 443)


def test_of_several_rules_none_is_added_when_one_is_refused(world: World, network: Any) -> None:
    inside = make_vcn(world)
    group = network.create_network_security_group(
        core.CreateNetworkSecurityGroupDetails(compartment_id=OURS, vcn_id=inside.id)
    ).data
    rules = [
        core.AddSecurityRuleDetails(direction="INGRESS", protocol="6", source="10.1.0.0/16", source_type="CIDR_BLOCK"),
        core.AddSecurityRuleDetails(
            direction="INGRESS", protocol="6", source=f"{group.id[:-1]}0", source_type="NETWORK_SECURITY_GROUP"
        ),
    ]
    before = picture(world)
    details = core.AddNetworkSecurityGroupSecurityRulesDetails(security_rules=rules)
    assert refused(lambda: network.add_network_security_group_security_rules(group.id, details))[0] == 404
    assert picture(world) == before


def test_a_work_request_tells_what_was_done(clients: Clients, network: Any) -> None:
    made = network.create_vcn(vcn())
    work = clients(WorkRequestClient).get_work_request(made.headers["opc-work-request-id"]).data
    assert (work.status, work.percent_complete) == ("SUCCEEDED", 100.0)
    assert [each.identifier for each in work.resources] == [made.data.id]
    assert refused(lambda: clients(WorkRequestClient, PHOENIX).get_work_request(work.id))[0] == 404


def test_what_was_just_made_is_waited_for(world: World, network: Any) -> None:
    order_late_states(world, 0.3)
    composite = VirtualNetworkClientCompositeOperations(network)
    assert network.create_vcn(vcn()).data.lifecycle_state == "PROVISIONING"
    made = composite.create_vcn_and_wait_for_state(
        vcn(cidr_blocks=["10.129.0.0/16"]), ["AVAILABLE"], waiter_kwargs={"max_interval_seconds": 1}
    )
    assert made.data.lifecycle_state == "AVAILABLE"


def test_keys_are_made_at_the_host_of_their_vault(clients: Clients) -> None:
    vault = clients(KmsVaultClient).create_vault(
        kms.CreateVaultDetails(compartment_id=OURS, display_name="v", vault_type="DEFAULT")
    )
    at = vault.data.management_endpoint
    keys = clients(KmsManagementClient, service_endpoint=at)
    made = keys.create_key(
        kms.CreateKeyDetails(compartment_id=OURS, display_name="k", key_shape=kms.KeyShape(algorithm="AES", length=32))
    ).data
    assert made.vault_id == vault.data.id
    assert [each.id for each in keys.list_keys(OURS).data] == [made.id]


def test_buckets_are_named_by_their_namespace(world: World, clients: Clients) -> None:
    namespace = world.tenancies()[OURS].namespace
    objects = clients(ObjectStorageClient)
    details = storage.CreateBucketDetails(name="made", compartment_id=OURS, public_access_type="NoPublicAccess")
    assert objects.create_bucket(namespace, details).data.name == "made"
    assert objects.get_bucket(namespace, "made").data.public_access_type == "NoPublicAccess"
    changed = objects.update_bucket(namespace, "made", storage.UpdateBucketDetails(freeform_tags={"a": "b"})).data
    assert changed.freeform_tags == {"a": "b"}
    assert refused(lambda: clients(ObjectStorageClient, PHOENIX).get_bucket(namespace, "made"))[0] == 404
    assert refused(lambda: objects.create_bucket(namespace, details))[0] == 409
    objects.delete_bucket(namespace, "made")
    assert "made" not in [each.name for each in objects.list_buckets(namespace, OURS).data]


def test_what_the_rehearsal_does_not_have_is_said_by_name(clients: Clients) -> None:
    says = (501, "NotImplemented", "the rehearsal has no ListShapes")
    assert refused(lambda: clients(ComputeClient).list_shapes(OURS)) == says


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda network: network.list_vcns(""), (400, "MissingParameter", "compartmentId is missing")),
        (
            lambda network: network.create_vcn({"compartmentId": OURS, "cidrs": []}),
            (400, "InvalidParameter", "cidrs: CreateVcnDetails has no such field"),
        ),
        (
            lambda network: network.create_vcn(vcn(compartment_id=None)),
            (400, "MissingParameter", "compartmentId is missing; CreateVcnDetails needs it"),
        ),
    ],
)
def test_bad_input_changes_nothing(
    world: World, network: Any, call: Callable[[Any], object], says: tuple[int, str, str]
) -> None:
    before = picture(world)
    assert refused(lambda: call(network)) == says
    assert picture(world) == before


def test_a_caller_of_a_tenancy_that_nobody_knows_is_refused(world: World) -> None:
    stranger = Clients.over(world, Caller(f"ocid1.tenancy.oc1..{'c' * 60}", USER))
    assert refused(lambda: stranger(VirtualNetworkClient).list_vcns(OURS))[:2] == (401, "NotAuthenticated")


def test_every_answer_names_its_request(clients: Clients) -> None:
    host = f"iaas.{ASHBURN}.oraclecloud.com"
    unknown = clients.door.serve(Request("GET", host, "/20160918/no/such/thing", {}), clients.caller)
    assert (unknown.status, json.loads(unknown.body)["code"]) == (404, "NotFound")
    named = Request("GET", host, "/20160918/vcns", {"opc-request-id": "mine"}, (("compartmentId", OURS),))
    assert clients.door.serve(named, clients.caller).headers["opc-request-id"] == "mine"
    assert len(unknown.headers["opc-request-id"]) == 32


def test_objects_and_search_are_behind_the_same_door(world: World, clients: Clients) -> None:
    namespace = world.tenancies()[OURS].namespace
    objects = clients(ObjectStorageClient)
    objects.create_bucket(namespace, storage.CreateBucketDetails(name="made", compartment_id=OURS))
    objects.put_object(namespace, "made", "a/b c", b"content")
    assert objects.get_namespace().data == namespace
    assert objects.get_object(namespace, "made", "a/b c").data.content == b"content"
    assert [each.name for each in objects.list_objects(namespace, "made").data.objects] == ["a/b c"]
    query = StructuredSearchDetails(query="query bucket resources where displayName = 'made'")
    assert [each.display_name for each in clients(ResourceSearchClient).search_resources(query).data.items] == ["made"]


def test_a_secret_key_is_told_with_its_creation_and_never_again(world: World, clients: Clients) -> None:
    user = make(world, "oci:Identity/user:User", name="engine", description="keeps the state")
    people = clients(IdentityClient)
    made = people.create_customer_secret_key(identity.CreateCustomerSecretKeyDetails(display_name="k"), user.id).data
    assert made.key == secret_of(world, made.id)
    listed = people.list_customer_secret_keys(user.id).data
    assert [each.id for each in listed] == [made.id]
    assert made.key not in str(listed)


def test_what_has_no_compartment_is_listed_where_what_it_belongs_to_lies(world: World, network: Any) -> None:
    inner = make(world, COMPARTMENT, name="inside", description="inside")
    drg = make(world, DRG, compartmentId=inner.id)
    body = {"drgId": drg.id, "vcnId": make_vcn(world).id}
    type = "oci:Core/drgAttachment:DrgAttachment"
    attached = services.create(world, type, region=ASHBURN, tenancy=world.tenancies()[OURS], body=body)
    assert [each.id for each in network.list_drg_attachments(inner.id).data] == [attached.id]
    assert network.list_drg_attachments(OURS).data == []
