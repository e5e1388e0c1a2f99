"""Check: what the real provider would refuse is refused, with its path and a hint, and only that."""

from typing import Any

import pytest

from provider_schema import resource_type
from rehearsal.doors.provider.check import Failure, check_inputs, with_name
from rehearsal.doors.provider.values import UNKNOWN, Secret
from tests.unit.world.small import BUCKET, COMPARTMENT, INSTANCE, OURS, VCN

URN = "urn:pulumi:dev::small::oci:Core/vcn:Vcn::main"


def failures(type: str, **inputs: Any) -> list[tuple[str, str]]:
    return [(failure.path, failure.reason) for failure in check_inputs(resource_type(type).inputs, inputs)]


def test_proper_inputs_pass() -> None:
    assert failures(VCN, compartmentId=OURS, cidrBlocks=["10.0.0.0/16"], isIpv6enabled=True, freeformTags={}) == []


def test_an_argument_that_does_not_exist_is_refused_with_the_nearest_that_does() -> None:
    assert failures(VCN, compartmentId=OURS, cidrBlock5=[]) == [
        ("cidrBlock5", "is not an argument here; did you mean cidrBlock?")
    ]
    (failure,) = failures(VCN, compartmentId=OURS, zzz=1)
    assert failure[0] == "zzz"
    assert failure[1].startswith("is not an argument here; known are byoipv6cidrDetails, cidrBlock, cidrBlocks, ")


def test_a_missing_argument_is_refused_and_so_is_a_null_one() -> None:
    missing = [("compartmentId", "is required and missing; add it")]
    assert failures(VCN) == missing
    assert failures(VCN, compartmentId=None) == missing


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("displayName", 5, "must be a string, and is a whole number"),
        ("displayName", ["x"], "must be a string, and is a list"),
        ("isIpv6enabled", "true", "must be true or false, and is a string"),
        ("isIpv6enabled", 1, "must be true or false, and is a whole number"),
        ("cidrBlocks", "10.0.0.0/16", "must be a list, and is a string"),
        ("cidrBlocks", {}, "must be a list, and is a map"),
        ("freeformTags", [], "must be a map, and is a list"),
        ("displayName", 2.5, "must be a string, and is a number"),
        ("displayName", True, "must be a string, and is true or false"),
    ],
)
def test_a_mistyped_argument_is_refused(name: str, value: Any, reason: str) -> None:
    assert failures(VCN, compartmentId=OURS, **{name: value}) == [(name, reason)]


def test_arguments_inside_objects_and_lists_are_checked_with_their_path() -> None:
    instance = {"compartmentId": OURS, "availabilityDomain": "AD-1", "shape": "s"}
    assert failures(
        INSTANCE,
        **instance,
        createVnicDetails={"subnetID": "x", "nsgIds": ["a", 7]},
        shapeConfig={"ocpus": "many"},
        launchVolumeAttachments=[{"type": "iscsi"}, {"display": 1}],
    ) == [
        ("createVnicDetails.subnetID", "is not an argument here; did you mean subnetId?"),
        ("createVnicDetails.nsgIds[1]", "must be a string, and is a whole number"),
        ("launchVolumeAttachments[1].display", "is not an argument here; did you mean displayName?"),
        ("launchVolumeAttachments[1].type", "is required and missing; add it"),
        ("shapeConfig.ocpus", "must be a number, and is a string"),
    ]


def test_a_whole_number_is_a_number_and_a_broken_one_is_not_whole() -> None:
    instance = {"compartmentId": OURS, "availabilityDomain": "AD-1", "shape": "s"}
    assert failures(INSTANCE, **instance, shapeConfig={"ocpus": 2, "vcpus": 2}) == []
    assert failures(INSTANCE, **instance, shapeConfig={"ocpus": 2.5, "vcpus": 2.5}) == [
        ("shapeConfig.vcpus", "must be a whole number, and is a number")
    ]
    assert failures(INSTANCE, **instance, shapeConfig={"ocpus": True, "vcpus": True}) == [
        ("shapeConfig.ocpus", "must be a number, and is true or false"),
        ("shapeConfig.vcpus", "must be a whole number, and is true or false"),
    ]


def test_unknowns_and_secrets_pass_and_a_secret_of_the_wrong_type_does_not() -> None:
    unknown = {"compartmentId": UNKNOWN, "cidrBlocks": [UNKNOWN]}
    secret = {"displayName": Secret("x"), "freeformTags": Secret({"a": "b"})}
    assert failures(VCN, **unknown, **secret) == []
    assert failures(VCN, compartmentId=Secret(5)) == [("compartmentId", "must be a string, and is a whole number")]


def test_a_name_that_is_left_out_is_made_of_the_resources_own_and_stays() -> None:
    schema = resource_type(BUCKET)
    given = with_name(schema, {}, {"namespace": "ns"}, URN, b"seed")
    assert given["name"].startswith("main-")
    assert len(given["name"]) == len("main-") + 7
    assert with_name(schema, {}, {}, URN, b"seed")["name"] == given["name"]
    assert with_name(schema, {}, {}, URN, b"other")["name"] != given["name"]
    assert with_name(schema, {"name": "kept"}, {}, URN, b"other")["name"] == "kept"


def test_a_name_that_is_given_is_taken_and_a_display_name_is_never_made_up() -> None:
    assert with_name(resource_type(COMPARTMENT), {"name": "old"}, {"name": "new"}, URN, b"") == {"name": "new"}
    assert with_name(resource_type(COMPARTMENT), {}, {"name": UNKNOWN}, URN, b"") == {"name": UNKNOWN}
    assert with_name(resource_type(VCN), {}, {}, URN, b"") == {}


def test_failures_compare_by_what_they_say() -> None:
    assert check_inputs(resource_type(VCN).inputs, {}) == [Failure("compartmentId", "is required and missing; add it")]
