"""Outputs: every name of the schema, empty by type where nothing is set, times as the provider keeps them."""

from typing import Any

import pytest

from provider_schema import described
from rehearsal.doors.provider.bodies import to_body, to_outputs
from rehearsal.doors.provider.outputs import as_go_writes, shaped
from rehearsal.doors.provider.values import Secret
from rehearsal.world import Resource
from tests.unit.world.small import BUCKET, INSTANCE, OURS, VCN

SUBNET = "oci:Core/subnet:Subnet"
SERVICE_GATEWAY = "oci:Core/serviceGateway:ServiceGateway"
RESERVATION = "oci:Core/computeCapacityReservation:ComputeCapacityReservation"
DATABASE = "oci:Psql/dbSystem:DbSystem"


def state_of(type: str, body: dict[str, Any], given: dict[str, Any] | None = None) -> dict[str, Any]:
    return shaped(described(type).arguments, body, body if given is None else given)


@pytest.mark.parametrize(
    ("oracles", "providers"),
    [
        ("2026-11-25T23:12:53Z", "2026-11-25 23:12:53 +0000 UTC"),
        ("2026-11-25T23:12:53.600Z", "2026-11-25 23:12:53.6 +0000 UTC"),
        ("2026-11-25T23:12:53.123456Z", "2026-11-25 23:12:53.123456 +0000 UTC"),
        ("2026-11-25T23:12:53+01:00", "2026-11-25 22:12:53 +0000 UTC"),
        ("2026-11-25", "2026-11-25"),
        ("at 2026-11-25T23:12:53Z", "at 2026-11-25T23:12:53Z"),
        (5, 5),
        ([{"at": "2026-11-25T23:12:53Z"}], [{"at": "2026-11-25 23:12:53 +0000 UTC"}]),
    ],
)
def test_a_time_is_as_go_writes_it_wherever_it_is(oracles: Any, providers: Any) -> None:
    assert as_go_writes(oracles) == providers


def test_what_is_not_set_is_empty_by_type_where_oracle_could_set_it_and_null_elsewhere() -> None:
    subnet = state_of(SUBNET, {"compartmentId": "c"})
    assert subnet.keys() == described(SUBNET).arguments.keys()
    assert (subnet["dnsLabel"], subnet["prohibitPublicIpOnVnic"], subnet["virtualRouterMac"]) == ("", False, "")
    assert (subnet["definedTags"], subnet["securityListIds"]) == ({}, [])
    instance = state_of(INSTANCE, {"compartmentId": "c", "shapeConfig": {"ocpus": 1}})
    assert (instance["shapeConfig"]["gpus"], instance["shapeConfig"]["memoryInGbs"]) == (0, 0)
    assert (instance["platformConfig"], instance["preserveBootVolume"], instance["launchVolumeAttachments"]) == (
        None, None, [],
    )  # fmt: skip


def test_a_default_that_is_false_is_in_the_state() -> None:
    assert state_of("oci:LoadBalancer/backend:Backend", {})["backup"] is False


def test_an_element_of_a_set_has_no_nulls() -> None:
    body = {"instanceReservationConfigs": [{"instanceShape": "s", "reservedCount": "2"}]}
    (element,) = state_of(RESERVATION, body)["instanceReservationConfigs"]
    assert (element["faultDomain"], element["usedCount"]) == ("", "")


def test_what_the_schema_does_not_have_is_left_out() -> None:
    body = {"services": [{"serviceId": "s", "serviceName": "n", "more": 1}], "lifecycleState": "AVAILABLE"}
    gateway = state_of(SERVICE_GATEWAY, body)
    assert gateway["services"] == [{"serviceId": "s", "serviceName": "n"}]
    assert "lifecycleState" not in gateway


def test_a_given_time_is_kept_in_the_providers_form_only_where_it_tells_the_two_forms_apart() -> None:
    rule = {"displayName": "k", "timeRuleLocked": "2027-02-01T00:00:00Z", "timeCreated": "2026-11-25T23:12:53Z"}
    (seen,) = state_of(BUCKET, {"retentionRules": [rule]})["retentionRules"]
    assert (seen["timeRuleLocked"], seen["timeCreated"]) == (
        "2027-02-01 00:00:00 +0000 UTC", "2026-11-25 23:12:53 +0000 UTC",
    )  # fmt: skip
    key = {"timeOfDeletion": "2027-02-01T00:00:00Z"}
    assert state_of("oci:Kms/key:Key", key)["timeOfDeletion"] == "2027-02-01T00:00:00Z"
    assert state_of("oci:Kms/key:Key", key, {})["timeOfDeletion"] == "2027-02-01 00:00:00 +0000 UTC"


def test_what_is_sensitive_is_a_secret_once() -> None:
    details = {"passwordType": "PLAIN_TEXT", "password": Secret("planted")}
    seen = state_of(DATABASE, {"credentials": {"username": "k", "passwordDetails": details}})
    assert seen["credentials"]["passwordDetails"]["password"] == Secret("planted")
    assert seen["credentials"]["passwordDetails"]["passwordType"] == Secret("PLAIN_TEXT")
    assert seen["credentials"]["passwordDetails"]["secretId"] == ""


def test_of_some_contents_a_digest_is_kept() -> None:
    thing = "oci:ObjectStorage/storageObject:StorageObject"
    assert state_of(thing, {"content": "abc"})["content"] == "900150983cd24fb0d6963f7d28e17f72"


def test_the_state_of_a_resource_has_its_identifier_and_the_providers_notes() -> None:
    body = to_body({"compartmentId": OURS})
    resource = Resource("ocid1.x", VCN, "us-ashburn-1", OURS, OURS, body, body, "AVAILABLE", "urn", "", "")
    seen = to_outputs(resource, described(VCN), {"compartmentId": OURS, "__defaults": []})
    assert seen.keys() == described(VCN).arguments.keys() | {"id", "__meta"}
    assert (seen["id"], seen["state"]) == ("ocid1.x", "AVAILABLE")
    assert seen["__meta"] == (
        '{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":'
        '{"create":1200000000000,"delete":1200000000000,"update":1200000000000}}'
    )
