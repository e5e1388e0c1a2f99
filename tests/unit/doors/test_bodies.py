"""Between Pulumi's properties and the API's bodies: tags change shape, secrets stay out, drift is seen."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from provider_schema import described
from rehearsal.doors.provider.bodies import to_body, to_change, to_inputs, to_outputs
from rehearsal.doors.provider.values import Secret
from rehearsal.world import Resource
from tests.unit.world.small import INSTANCE, OURS, TOPIC, VCN

GATEWAY = "oci:Core/internetGateway:InternetGateway"
LINK = "oci:ObjectStorage/preauthrequest:Preauthrequest"
OCID = "ocid1.subnet.oc1.iad.aaaaaaaaone"


def a_resource(inputs: dict[str, Any], type: str = VCN, **more: Any) -> Resource:
    body = to_body(inputs)
    return Resource("id", type, "us-ashburn-1", OURS, OURS, body | more, body, "AVAILABLE", "urn", "", "")


def outputs(resource: Resource, inputs: dict[str, Any]) -> dict[str, Any]:
    return to_outputs(resource, described(resource.type), inputs)


def inputs_of(resource: Resource, known: dict[str, Any]) -> dict[str, Any]:
    return to_inputs(resource, described(resource.type), known)


def test_defined_tags_are_nested_by_namespace_in_the_api_however_deep() -> None:
    flat = {"a.x": "1", "a.y": "2", "b.x": "3"}
    nested = {"a": {"x": "1", "y": "2"}, "b": {"x": "3"}}
    inputs = {"definedTags": flat, "createVnicDetails": {"definedTags": flat}, "list": [{"definedTags": flat}]}
    assert to_body(inputs) == {
        "definedTags": nested, "createVnicDetails": {"definedTags": nested}, "list": [{"definedTags": nested}],
    }  # fmt: skip


names = st.text("abc-", min_size=1, max_size=4)
tags = st.dictionaries(st.tuples(names, names).map(".".join), st.text() | st.text().map(Secret), max_size=5)


@given(tags)
def test_tags_come_back_as_they_went_in(given: dict[str, Any]) -> None:
    inputs = {"compartmentId": OURS, "definedTags": given, "createVnicDetails": {"definedTags": given}}
    assert inputs_of(a_resource(inputs, INSTANCE), inputs) == inputs
    assert outputs(a_resource(inputs, INSTANCE), inputs)["definedTags"] == given


SECRETS = {
    "displayName": Secret("planted-1"),
    "freeformTags": {"note": Secret("planted-2"), "plain": "x"},
    "cidrBlocks": Secret(["planted-3", "planted-4"]),
    "isIpv6enabled": Secret(True),
}


def test_a_secret_stays_out_of_the_body_and_comes_back_as_a_secret() -> None:
    resource = a_resource(SECRETS)
    assert "planted" not in repr(resource)
    assert inputs_of(resource, SECRETS) == SECRETS
    seen = outputs(resource, SECRETS)
    assert {name: seen[name] for name in SECRETS} == SECRETS


def test_the_same_secret_has_the_same_fingerprint_and_another_has_another() -> None:
    assert to_body({"a": Secret("x")}) == to_body({"a": Secret("x")})
    assert to_body({"a": Secret("x")}) != to_body({"a": Secret("y")})
    assert to_body({"a": Secret([1, 2])})["a"] == [to_body({"a": Secret(n)})["a"] for n in (1, 2)]


def test_an_identifier_that_is_passed_as_a_secret_is_one_that_the_world_can_follow() -> None:
    inputs = {"createVnicDetails": {"subnetId": Secret(OCID)}}
    assert to_body(inputs) == {"createVnicDetails": {"subnetId": OCID}}
    assert inputs_of(a_resource(inputs, INSTANCE), inputs) == inputs


def test_a_secret_that_was_changed_behind_the_programs_back_is_a_change_and_still_secret() -> None:
    resource = a_resource(SECRETS)
    drifted = replace(resource, body=resource.body | {"displayName": "changed", "freeformTags": {"note": "changed"}})
    seen = inputs_of(drifted, SECRETS)
    assert seen["displayName"] == Secret("changed")
    assert seen["freeformTags"]["note"] == Secret("changed")
    assert seen["cidrBlocks"] == SECRETS["cidrBlocks"]


def test_what_the_services_added_inside_an_input_is_no_change() -> None:
    agent = {"pluginsConfigs": [{"name": "x"}]}
    inputs = {"shapeConfig": {"ocpus": 1}, "metadata": Secret({"a": "b"}), "agentConfig": agent}
    added = {
        "shapeConfig": {"ocpus": 1, "memoryInGbs": 16},
        "metadata": to_body(inputs)["metadata"] | {"added": "c"},
        "agentConfig": {"pluginsConfigs": [{"name": "x", "desiredState": "ENABLED"}], "more": True},
    }
    resource = a_resource(inputs, INSTANCE, **added)
    assert inputs_of(resource, inputs) == inputs
    seen = outputs(resource, inputs)["shapeConfig"]
    assert (seen["ocpus"], seen["memoryInGbs"], seen["vcpus"], seen["gpuDescription"]) == (1, 16, 0, "")


def test_what_somebody_changed_or_removed_is_a_change() -> None:
    inputs = {"displayName": "a", "cidrBlocks": ["x"], "freeformTags": {"a": "1", "b": "1"}, "dnsLabel": "d"}
    resource = a_resource(inputs)
    body = resource.body | {"displayName": "b", "cidrBlocks": ["x", "y"], "freeformTags": {"a": "1"}}
    del body["dnsLabel"]
    assert inputs_of(replace(resource, body=body), inputs) == {
        "displayName": "b", "cidrBlocks": ["x", "y"], "freeformTags": {"a": "1", "b": None}, "dnsLabel": None,
    }  # fmt: skip


def test_an_import_that_knows_no_inputs_gets_those_that_were_asked_for() -> None:
    inputs = {"compartmentId": OURS, "definedTags": {"a.b": "c"}, "cidrBlocks": ["x"]}
    resource = a_resource(inputs, timeCreated="now", defaultRouteTableId="r")
    assert inputs_of(resource, {}) == inputs


def test_the_notes_of_a_check_are_no_part_of_a_body_and_come_back_where_they_name_something() -> None:
    notes = {"__defaults": ["enabled"], "enabled": True, "vcnId": "v", "definedTags": {"a.b": "c"}}
    resource = a_resource(notes, GATEWAY)
    assert resource.body == {"enabled": True, "vcnId": "v", "definedTags": {"a": {"b": "c"}}}
    assert inputs_of(resource, notes) == notes
    assert inputs_of(resource, {"vcnId": "v", "__defaults": []}) == {"vcnId": "v"}


def test_an_update_sends_again_what_a_service_fills_in_and_the_program_leaves_out_now() -> None:
    before = a_resource({"shape": "s", "async": True, "shapeConfig": {"ocpus": 1, "memoryInGbs": 16}}, INSTANCE)
    type = described(INSTANCE)
    assert to_change({"shapeConfig": {"ocpus": 2}}, type, before) == {
        "shape": "s", "shapeConfig": {"ocpus": 2, "memoryInGbs": 16},
    }  # fmt: skip
    assert to_change({"shape": "t", "shapeConfig": {}}, type, None) == {"shape": "t", "shapeConfig": {}}


def test_a_time_that_means_the_same_stays_as_the_program_wrote_it() -> None:
    inputs = {"timeExpires": "2027-01-01T00:00:00Z"}
    resource = a_resource(inputs, LINK)
    same = replace(resource, body={"timeExpires": "2027-01-01T01:00:00+01:00"})
    assert inputs_of(same, inputs) == inputs
    other = replace(resource, body={"timeExpires": "2027-01-02T00:00:00Z"})
    assert inputs_of(other, inputs) == {"timeExpires": "2027-01-02T00:00:00Z"}


def test_what_is_only_sent_is_in_the_state_as_the_program_gave_it() -> None:
    resolver = "oci:Dns/resolver:Resolver"
    assert outputs(a_resource({}, resolver, scope="PRIVATE"), {})["scope"] is None
    assert outputs(a_resource({}, resolver, scope="GLOBAL"), {"scope": "PRIVATE"})["scope"] == "PRIVATE"


def test_a_refresh_loses_what_the_provider_never_reads_back() -> None:
    inputs = {"bucket": "b", "bucketListingAction": "ListObjects"}
    assert inputs_of(a_resource(inputs, LINK), inputs) == {"bucket": "b"}


def test_bodies_of_types_that_no_table_knows_are_passed_as_they_are() -> None:
    inputs = {"name": "n", "deep": [{"a": [1, 2.5, None, {"b": True}]}]}
    assert to_body(inputs) == inputs
    assert inputs_of(a_resource(inputs, TOPIC), inputs) == inputs
