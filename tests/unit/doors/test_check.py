"""Check: what the provider would refuse is refused, with its path and a hint, and only that.

What a check returns, type by type, is in `wire/check.yaml`; here is what it says, and types that nobody measured.
"""

from dataclasses import replace
from typing import Any

import pytest

from provider_schema import Argument, described, measured
from rehearsal.doors.provider.check import Failure, check_inputs
from rehearsal.doors.provider.coercion import coerced
from rehearsal.doors.provider.defaults import with_defaults, with_names, without_defaults, without_empty_defaults
from rehearsal.doors.provider.values import UNKNOWN, Secret
from tests.unit.world.small import BUCKET, COMPARTMENT, INSTANCE, OURS, VCN

URN = "urn:pulumi:dev::small::oci:Core/vcn:Vcn::main"
KEY = "oci:Kms/key:Key"
NEWER = "oci:Core/drgNatPolicy:DrgNatPolicy"
"""A type that is newer than the measured schema."""


def failures(type: str, **inputs: Any) -> list[tuple[str, str]]:
    arguments = described(type).arguments
    return [(failure.path, failure.reason) for failure in check_inputs(arguments, coerced(arguments, inputs))]


def test_proper_inputs_pass() -> None:
    assert failures(VCN, compartmentId=OURS, cidrBlocks=["10.0.0.0/16"], isIpv6enabled=True, freeformTags={}) == []


def test_an_argument_that_does_not_exist_is_refused_with_the_nearest_that_does() -> None:
    assert failures(VCN, compartmentId=OURS, cidrBlock5=[]) == [
        ("cidrBlock5", "is not an argument here; did you mean cidrBlock?")
    ]
    (failure,) = failures(VCN, compartmentId=OURS, zzz=1)
    assert failure[0] == "zzz"
    assert failure[1].startswith("is not an argument here; known are byoipv6cidrDetails, cidrBlock, cidrBlocks, ")
    assert "defaultRouteTableId" not in failure[1]


def test_what_oracle_fills_in_is_refused_with_that_reason() -> None:
    assert failures(VCN, compartmentId=OURS, state="AVAILABLE") == [
        ("state", "is filled in by Oracle and can't be given; leave it out")
    ]


def test_a_missing_argument_is_refused_and_so_is_a_null_one() -> None:
    missing = [("compartmentId", "is required and missing; add it")]
    assert failures(VCN) == missing
    assert failures(VCN, compartmentId=None) == missing


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("displayName", ["x"], "must be a string, and is a list"),
        ("isIpv6enabled", "yes", "must be true or false, and is a string"),
        ("isIpv6enabled", 1, "must be true or false, and is a whole number"),
        ("freeformTags", [], "must be a map, and is a list"),
        ("freeformTags", "x", "must be a map, and is a string"),
    ],
)
def test_a_mistyped_argument_is_refused(name: str, value: Any, reason: str) -> None:
    assert failures(VCN, compartmentId=OURS, **{name: value}) == [(name, reason)]


def test_a_map_of_strings_takes_no_lists_and_no_maps() -> None:
    assert failures(VCN, compartmentId=OURS, freeformTags={"a": ["x"], "b": {}, "c": 5}) == [
        ("freeformTags.a", "must be a string, and is a list"),
        ("freeformTags.b", "must be a string, and is a map"),
    ]


def test_arguments_inside_objects_and_lists_are_checked_with_their_path() -> None:
    instance = {"compartmentId": OURS, "availabilityDomain": "AD-1", "shape": "s"}
    assert failures(
        INSTANCE,
        **instance,
        createVnicDetails={"subnetID": "x", "nsgIds": ["a", ["b"]]},
        shapeConfig={"ocpus": "many"},
        launchVolumeAttachments=[{"type": "iscsi"}, {"display": 1}],
    ) == [
        ("createVnicDetails.subnetID", "is not an argument here; did you mean subnetId?"),
        ("createVnicDetails.nsgIds[1]", "must be a string, and is a list"),
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


@pytest.mark.parametrize(
    ("type", "inputs", "path", "reason"),
    [
        (KEY, {"desiredState": "OFF"}, "desiredState", "is not one of ENABLED, DISABLED; take one of them"),
        (KEY, {"restoreFromFile": {"contentLength": "x", "restoreKeyFromFileDetails": "y"}},
         "restoreFromFile.contentLength", "must be a whole number, written as a string"),
        ("oci:Core/remotePeeringConnection:RemotePeeringConnection", {"peerId": ""}, "peerId", "must not be empty"),
        ("oci:Events/rule:Rule", {"condition": "{"}, "condition", "must be JSON"),
        ("oci:BigDataService/bdsInstance:BdsInstance",
         {"computeOnlyWorkerNode": {"shape": "s", "subnetId": "n", "blockVolumeSizeInGbs": "1", "numberOfNodes": 0}},
         "computeOnlyWorkerNode.numberOfNodes", "must be at least 1"),
        ("oci:Identity/policy:Policy", {"statements": []},
         "statements", "has 0 elements and needs at least 1; add what is missing"),
        ("oci:Core/subnet:Subnet", {"securityListIds": list("abcdef")},
         "securityListIds", "has 6 elements and may have 5; take some out"),
    ],
)  # fmt: skip
def test_a_value_that_the_provider_does_not_take_is_refused(
    type: str, inputs: dict[str, Any], path: str, reason: str
) -> None:
    assert (path, reason) in failures(type, **inputs)


def test_two_arguments_that_exclude_each_other_are_refused_unless_one_is_unknown() -> None:
    stream = {"name": "n", "partitions": 1}
    type = "oci:Streaming/stream:Stream"
    assert failures(type, **stream, compartmentId="c", streamPoolId="p") == [
        ("compartmentId", "can't be given together with streamPoolId; leave one of them out"),
        ("streamPoolId", "can't be given together with compartmentId; leave one of them out"),
    ]
    assert failures(type, **stream, compartmentId="c", streamPoolId=UNKNOWN) == []


def test_unknowns_and_secrets_pass_and_a_secret_of_the_wrong_type_does_not() -> None:
    unknown = {"compartmentId": UNKNOWN, "cidrBlocks": [UNKNOWN]}
    secret = {"displayName": Secret("x"), "freeformTags": Secret({"a": "b"})}
    assert failures(VCN, **unknown, **secret) == []
    assert failures(VCN, compartmentId=Secret([5])) == [("compartmentId", "must be a string, and is a list")]


def test_a_secret_of_the_programs_stays_one_and_is_coerced_inside() -> None:
    arguments = described(VCN).arguments
    assert coerced(arguments, {"displayName": Secret(5)}) == {"displayName": Secret("5")}
    assert coerced(arguments, {"cidrBlocks": Secret("a")}) == {"cidrBlocks": Secret(["a"])}


def test_a_name_that_is_left_out_is_made_of_the_resources_own_and_stays() -> None:
    arguments = described(BUCKET).arguments
    given = with_names(arguments, {}, {"namespace": "ns"}, URN, b"seed")
    prefix, _, suffix = given["name"].rpartition("-")
    assert prefix == "main"
    assert len(suffix) == 7
    assert set(suffix) <= set("0123456789abcdef")
    assert with_names(arguments, {}, {}, URN, b"seed")["name"] == given["name"]
    assert with_names(arguments, {}, {}, URN, b"other")["name"] != given["name"]
    assert with_names(arguments, {"name": "kept"}, {}, URN, b"other")["name"] == "kept"
    assert with_defaults(arguments, {}, {"name": "kept"})["__defaults"] == ["accessType", "name"]


def test_a_name_that_is_given_is_taken_and_a_display_name_is_never_made_up() -> None:
    arguments = described(COMPARTMENT).arguments
    assert with_names(arguments, {"name": "old"}, {"name": "new"}, URN, b"") == {"name": "new"}
    assert with_names(arguments, {}, {"name": UNKNOWN}, URN, b"") == {"name": UNKNOWN}
    assert with_names(described(VCN).arguments, {}, {}, URN, b"") == {}


def test_a_default_is_left_out_where_it_is_deprecated_or_another_argument_excludes_it() -> None:
    plain = Argument("a", "string", default="x")
    filled = {"a": "x", "b": "y", "__defaults": ["a"]}
    given = {"b": "y"}
    assert with_defaults({"a": plain, "b": Argument("b", "string")}, given, given) == filled
    for excluded in (replace(plain, deprecated=True), replace(plain, conflicts=("b",))):
        assert with_defaults({"a": excluded, "b": Argument("b", "string")}, given, given) == given | {"__defaults": []}


def test_a_type_that_nobody_measured_is_checked_by_what_the_package_says() -> None:
    assert measured(NEWER) is None
    required = [name for name, found in described(NEWER).arguments.items() if found.required]
    assert required
    assert sorted(path for path, _ in failures(NEWER)) == sorted(required)
    assert [path for path, _ in failures(NEWER, **dict.fromkeys(required, UNKNOWN), colour="red")] == ["colour"]


NOTED = {"a": {"__defaults": [], "b": 1}, "c": [{"__defaults": ["d"], "d": 2}], "__defaults": []}


def test_the_notes_are_taken_out_however_deep_and_what_only_looks_like_one_stays() -> None:
    assert without_defaults(NOTED) == {"a": {"b": 1}, "c": [{"d": 2}]}
    assert without_defaults({"a": Secret(NOTED)}) == {"a": Secret({"a": {"b": 1}, "c": [{"d": 2}]})}
    assert without_defaults({"tags": {"__defaults": "a tag of that name"}}) == {
        "tags": {"__defaults": "a tag of that name"}
    }


def test_a_refresh_takes_out_the_notes_that_name_nothing() -> None:
    kept = {"a": {"b": 1}, "c": [{"__defaults": ["d"], "d": 2}]}
    assert without_empty_defaults(NOTED) == kept
    assert without_empty_defaults({"a": Secret(NOTED)}) == {"a": Secret(kept)}


def test_failures_compare_by_what_they_say() -> None:
    arguments = described(VCN).arguments
    assert check_inputs(arguments, {}) == [Failure("compartmentId", "is required and missing; add it")]
