"""The provider door over real gRPC channels, as the engine speaks with it."""

from dataclasses import replace
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2

from provider_schema import package_version
from rehearsal.doors.provider.values import UNKNOWN, Secret, decode
from rehearsal.world import FaultKind, World, order
from tests.unit.doors.engine import Provider, configured, refusal
from tests.unit.world.small import (
    ASHBURN,
    BUCKET,
    COMPARTMENT,
    DEFAULT_ROUTE_TABLE,
    LPG,
    OURS,
    PHOENIX,
    SUBNET,
    THEIRS,
    VCN,
)

Inputs = dict[str, Any]

INPUTS: Inputs = {"compartmentId": OURS, "cidrBlocks": ["10.128.0.0/16"], "displayName": "main"}
LAKE: Inputs = {"compartmentId": OURS, "namespace": "statesideus", "name": "lake"}


def test_what_is_created_is_read_back_updated_and_deleted(world: World, provider: Provider) -> None:
    id, outputs = provider.create(VCN, **INPUTS)
    assert (outputs["cidrBlock"], outputs["state"]) == ("10.128.0.0/16", "AVAILABLE")
    assert provider.read(VCN, id, **INPUTS) == (id, INPUTS, outputs)
    assert provider.read(VCN, id)[1] == INPUTS
    assert provider.update(VCN, id, **(INPUTS | {"displayName": "new"}))["displayName"] == "new"
    provider.delete(VCN, id)
    assert world.get(id) is None
    assert provider.read(VCN, id) == ("", {}, {})
    provider.delete(VCN, id)


def test_a_preview_changes_nothing(world: World, provider: Provider) -> None:
    id, outputs = provider.create(VCN, **INPUTS)
    before = world.find()
    assert provider.create(VCN, "other", preview=True, **INPUTS)[0] == ""
    previewed = provider.update(VCN, id, preview=True, known=outputs, displayName=UNKNOWN)
    assert previewed["displayName"] is UNKNOWN
    assert previewed["defaultRouteTableId"] == outputs["defaultRouteTableId"]
    assert world.find() == before


def test_inputs_are_checked_and_named_and_wrong_ones_listed(provider: Provider) -> None:
    inputs, failures = provider.check(BUCKET, {"compartmentId": OURS, "namespace": "ns"})
    assert failures == []
    assert inputs["name"].startswith("it-")
    _, failures = provider.check(BUCKET, {"compartmentId": [5], "colour": "red", "name": "x"})
    assert [path for path, _ in failures] == ["colour", "compartmentId", "namespace"]


def test_a_type_that_does_not_exist_is_refused_with_the_nearest_that_does(provider: Provider) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        provider.create("oci:Core/vcm:Vcm")
    code, sentence = refusal(caught)
    assert code == grpc.StatusCode.NOT_FOUND
    assert "has no resource type 'oci:Core/vcm:Vcm'; did you mean oci:Core/vcn:Vcn?" in sentence


def test_a_diff_says_property_by_property_what_changes_and_what_replaces(provider: Provider) -> None:
    new = INPUTS | {"displayName": "new", "dnsLabel": "d", "cidrBlocks": ["10.129.0.0/16"]}
    answer = provider.diff(VCN, "id", INPUTS, new)
    assert answer.changes == provider_pb2.DiffResponse.DIFF_SOME
    assert list(answer.replaces) == ["dnsLabel"]
    assert list(answer.diffs) == ["cidrBlocks", "displayName", "dnsLabel"]
    kinds = provider_pb2.PropertyDiff
    assert {path: detail.kind for path, detail in answer.detailedDiff.items()} == {
        "cidrBlocks[0]": kinds.UPDATE, "displayName": kinds.UPDATE, "dnsLabel": kinds.ADD_REPLACE,
    }  # fmt: skip
    assert not answer.deleteBeforeReplace
    assert (list(answer.replaces), list(answer.stables)) == (["dnsLabel"], ["cidrBlock"])


def test_a_diff_leaves_ignored_paths_alone_however_deep(provider: Provider) -> None:
    old = INPUTS | {"definedTags": {"a.b": "1", "a.c": "1"}}
    new = INPUTS | {"definedTags": {"a.b": "2", "a.c": "2"}, "dnsLabel": "d"}
    answer = provider.diff(VCN, "id", old, new, 'definedTags["a.b"]', "dnsLabel")
    assert list(answer.detailedDiff) == ['definedTags["a.c"]']


def test_a_replacement_whose_name_the_program_chose_is_deleted_first(provider: Provider) -> None:
    new = LAKE | {"namespace": "other"}
    assert provider.diff(BUCKET, "id", LAKE, new | {"__defaults": []}).deleteBeforeReplace
    assert not provider.diff(BUCKET, "id", LAKE, new | {"__defaults": ["name"]}).deleteBeforeReplace
    assert not provider.diff(BUCKET, "id", LAKE, LAKE | {"__defaults": []}).deleteBeforeReplace


def test_a_preview_knows_what_the_provider_knows_and_an_up_fills_in_the_rest(provider: Provider) -> None:
    id, planned = provider.create(VCN, preview=True, **INPUTS)
    _, outputs = provider.create(VCN, **INPUTS)
    assert id == ""
    assert planned["cidrBlocks"] == outputs["cidrBlocks"]
    assert planned["defaultRouteTableId"] is UNKNOWN
    assert planned["dnsLabel"] is UNKNOWN
    assert outputs["dnsLabel"] == ""


def test_an_empty_list_that_must_be_sent_is_refused_when_it_is_and_not_before(provider: Provider) -> None:
    reservation = "oci:Core/clusterNetwork:ClusterNetwork"
    provider.create(reservation, preview=True, instancePools=[], placementConfiguration={})
    with pytest.raises(grpc.RpcError) as caught:
        provider.create(reservation, instancePools=[], placementConfiguration={})
    assert refusal(caught)[1] == (
        "400-MissingParameter, can not omit nil fields for field: instancePools; "
        "a list that Oracle must be sent needs an element"
    )
    nested = "oci:DevOps/projectRepositorySetting:ProjectRepositorySetting"
    with pytest.raises(grpc.RpcError, match=r"can not omit nil fields for field: approvalRules\.items"):
        provider.create(nested, projectId="p", approvalRules={"items": []})


def test_a_link_is_to_be_replaced_after_a_refresh_for_its_listing_is_never_read_back(provider: Provider) -> None:
    link = "oci:ObjectStorage/preauthrequest:Preauthrequest"
    provider.create(BUCKET, **LAKE)
    inputs: Inputs = {"namespace": "statesideus", "bucket": "lake", "name": "l", "accessType": "AnyObjectWrite"}
    inputs |= {"timeExpires": "2999-01-01T00:00:00Z", "bucketListingAction": "ListObjects"}
    id, state = provider.create(link, **inputs)
    assert state["bucketListingAction"] == "ListObjects"
    assert provider.diff(link, id, inputs, inputs, state=state).changes == provider_pb2.DiffResponse.DIFF_NONE
    _, refreshed, again = provider.read(link, id, **inputs)
    assert ("bucketListingAction" in refreshed, again["bucketListingAction"]) == (False, "")
    assert list(provider.diff(link, id, refreshed, inputs, state=again).replaces) == ["bucketListingAction"]
    left_alone = provider.diff(link, id, refreshed, inputs, "bucketListingAction", state=again)
    assert left_alone.changes == provider_pb2.DiffResponse.DIFF_NONE


def test_drift_of_a_type_that_the_provider_never_reads_is_not_seen(world: World, provider: Provider) -> None:
    branch = "oci:DevOps/repositoryProtectedBranchManagement:RepositoryProtectedBranchManagement"
    inputs: Inputs = {"repositoryId": "r", "branchName": "main", "protectionLevels": ["READ_ONLY"]}
    id, _ = provider.create(branch, **inputs)
    (made,) = world.find(branch)
    world.replace(replace(made, body=made.body | {"protectionLevels": []}))
    assert provider.read(branch, id, **inputs)[1] == inputs
    assert provider.read(branch, id)[1]["protectionLevels"] == []
    world.remove(made.id)
    assert provider.read(branch, id, **inputs) == ("", {}, {})


def test_an_update_leaves_alone_what_the_program_leaves_to_the_service(provider: Provider) -> None:
    stays: Inputs = {"displayName": "main", "definedTags": {"Oracle-Tags.CreatedBy": "us"}}
    id, state = provider.create(VCN, **INPUTS | stays)
    new: Inputs = {"compartmentId": OURS, "cidrBlocks": ["10.128.0.0/16", "10.129.0.0/16"]}
    planned = provider.update(VCN, id, preview=True, known=state, **new)
    updated = provider.update(VCN, id, **new)
    assert updated == planned
    assert {name: updated[name] for name in stays} == stays


def test_a_refresh_changes_nothing_and_the_next_preview_finds_nothing(provider: Provider) -> None:
    gateway = "oci:Core/internetGateway:InternetGateway"
    _, vcn = provider.create(VCN, **INPUTS)
    inputs, _ = provider.check(gateway, {"compartmentId": OURS, "vcnId": vcn["id"]})
    id, state = provider.create(gateway, **inputs)
    _, refreshed, again = provider.read(gateway, id, **inputs)
    assert again == state
    assert refreshed == inputs
    checked, _ = provider.check(gateway, {"compartmentId": OURS, "vcnId": vcn["id"]}, refreshed)
    assert provider.diff(gateway, id, refreshed, checked, state=again).changes == provider_pb2.DiffResponse.DIFF_NONE
    assert provider.update(gateway, id, preview=True, known=state, **checked) == state


def test_a_diff_acknowledges_what_the_engine_knows_of(world: World, provider: Provider) -> None:
    known, _ = provider.create(BUCKET, **LAKE)
    provider.diff(BUCKET, known, LAKE, LAKE)
    with pytest.raises(grpc.RpcError, match="has this already"):
        provider.create(BUCKET, **LAKE)


def test_a_creation_whose_reply_was_lost_is_given_back(world: World, provider: Provider) -> None:
    order(world, FaultKind.LOST_REPLY, type=VCN, operation="create")
    with pytest.raises(grpc.RpcError) as caught:
        provider.create(VCN, **INPUTS)
    assert refusal(caught) == (grpc.StatusCode.UNAVAILABLE, "the reply to create was lost")
    (left_behind,) = world.find(VCN, tenancy=OURS)
    assert provider.create(VCN, **INPUTS)[0] == left_behind.id


def test_what_the_services_refuse_is_shown_as_oracle_writes_it(provider: Provider) -> None:
    vcn, _ = provider.create(VCN, **INPUTS)
    subnet: Inputs = {"compartmentId": OURS, "vcnId": vcn, "cidrBlock": "10.0.0.0/20"}
    with pytest.raises(grpc.RpcError) as caught:
        provider.create(SUBNET, **subnet)
    assert refusal(caught)[1] == "400-InvalidParameter, cidrBlock: 10.0.0.0/20 is not inside the VCN's 10.128.0.0/16"
    provider.create(SUBNET, **(subnet | {"cidrBlock": "10.128.0.0/20"}))
    with pytest.raises(grpc.RpcError, match="409-Conflict"):
        provider.delete(VCN, vcn)


def test_one_bucket_name_in_two_regions_is_two_buckets(world: World, address: str) -> None:
    ashburn, phoenix = configured(address), configured(address, PHOENIX)
    assert ashburn.create(BUCKET, **LAKE)[0] == phoenix.create(BUCKET, "p", **LAKE)[0] == "n/statesideus/b/lake"
    phoenix.update(BUCKET, "n/statesideus/b/lake", **(LAKE | {"versioning": "Enabled"}))
    assert phoenix.read(BUCKET, "n/statesideus/b/lake")[2]["versioning"] == "Enabled"
    assert ashburn.read(BUCKET, "n/statesideus/b/lake")[2]["versioning"] == "Disabled"
    ashburn.delete(BUCKET, "n/statesideus/b/lake")
    assert [found.region for found in world.find(BUCKET, tenancy=OURS) if found.urn] == [PHOENIX]


def test_a_read_finds_what_its_provider_would_find_and_nothing_else(world: World, address: str) -> None:
    ashburn, phoenix = configured(address), configured(address, PHOENIX)
    vcn, outputs = ashburn.create(VCN, **INPUTS)
    (foreign,) = world.find(LPG, tenancy=THEIRS, region=ASHBURN)
    nothing: tuple[str, Inputs, Inputs] = ("", {}, {})
    assert ashburn.read(VCN, vcn)[0] == vcn
    assert phoenix.read(VCN, vcn) == ashburn.read(SUBNET, vcn) == ashburn.read(LPG, foreign.id) == nothing
    table = outputs["defaultRouteTableId"]
    assert ashburn.read(DEFAULT_ROUTE_TABLE, table)[0] == table


def test_a_default_route_table_is_changed_in_place(world: World, provider: Provider) -> None:
    _, vcn = provider.create(VCN, **INPUTS)
    inputs: Inputs = {"manageDefaultResourceId": vcn["defaultRouteTableId"], "displayName": "ours"}
    id, _ = provider.create(DEFAULT_ROUTE_TABLE, **inputs)
    changed = inputs | {"displayName": "changed"}
    assert list(provider.diff(DEFAULT_ROUTE_TABLE, id, inputs, changed).replaces) == []
    assert provider.update(DEFAULT_ROUTE_TABLE, id, **changed)["displayName"] == "changed"
    provider.delete(DEFAULT_ROUTE_TABLE, id)
    left = world.get(id)
    assert left
    assert "displayName" not in left.body


def test_a_compartment_is_only_deleted_where_that_is_enabled(world: World, provider: Provider) -> None:
    inputs: Inputs = {"compartmentId": OURS, "name": "c", "description": "d"}
    id, _ = provider.create(COMPARTMENT, **inputs)
    provider.delete(COMPARTMENT, id, **inputs)
    assert world.get(id)
    provider.delete(COMPARTMENT, id, **inputs, enableDelete=True)
    assert world.get(id) is None


def test_a_secret_goes_in_and_out_as_a_secret_and_never_into_the_world(world: World, provider: Provider) -> None:
    inputs: Inputs = INPUTS | {"freeformTags": {"note": Secret("planted")}}
    id, outputs = provider.create(VCN, **inputs)
    assert outputs["freeformTags"] == {"note": Secret("planted")}
    assert provider.read(VCN, id, **inputs)[1] == inputs
    assert "planted" not in repr(world.find())


def test_a_data_source_answers_for_the_region_of_its_provider_and_checks_its_arguments(address: str) -> None:
    phoenix = configured(address, PHOENIX)
    found = decode(getattr(phoenix.invoke("oci:Core/getServices:getServices"), "return"))
    assert found["services"][1]["name"] == "OCI PHX Object Storage"
    answer = phoenix.invoke("oci:Core/getImages:getImages", colour="red")
    assert [failure.property for failure in answer.failures] == ["colour", "compartmentId"]
    with pytest.raises(grpc.RpcError, match="does not answer the data source oci:Core/getVcns:getVcns"):
        phoenix.invoke("oci:Core/getVcns:getVcns", compartmentId=OURS)


def test_the_door_introduces_itself_as_the_provider_that_is_installed(address: str) -> None:
    stub = Provider(address).stub
    assert stub.Handshake(provider_pb2.ProviderHandshakeRequest()).accept_secrets
    assert stub.GetPluginInfo(empty_pb2.Empty()).version == package_version()
    assert stub.Attach(plugin_pb2.PluginAttach(address="127.0.0.1:1")) == empty_pb2.Empty()
    assert stub.Cancel(empty_pb2.Empty()) == empty_pb2.Empty()
