"""The measured schema: exact facts of some arguments, what the file and the installed package don't share, and cost."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import provider_schema as schema
from provider_schema import Argument, Validator
from provider_schema.behaviour import DATA

GAPS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("provider_schema_gaps.yaml").read_text(encoding="utf-8"))
MEASURED = frozenset(schema.measured_tokens())
BACKEND_SET = "oci:LoadBalancer/backendSet:BackendSet"
BUCKET = "oci:ObjectStorage/bucket:Bucket"
INSTANCE = "oci:Core/instance:Instance"
DATABASE = "oci:Psql/dbSystem:DbSystem"
SERVICE_GATEWAY = "oci:Core/serviceGateway:ServiceGateway"
NEWER = "oci:Database/databaseSnapshot:DatabaseSnapshot"


def at(type: str, path: str) -> Argument:
    """An argument by its path, written with dots alone."""
    arguments: Mapping[str, Argument] = schema.described(type).arguments
    *parents, name = path.split(".")
    for parent in parents:
        arguments = arguments[parent].fields
    return arguments[name]


def every(arguments: Mapping[str, Argument]) -> Iterator[Argument]:
    for argument in arguments.values():
        yield argument
        yield from every(argument.fields)


@pytest.mark.parametrize(
    ("type", "path", "facts"),
    [
        (BACKEND_SET, "name", {"kind": "string", "autonamed": True, "forces_replacement": True, "required": False}),
        (BACKEND_SET, "healthChecker", {"kind": "object", "required": True, "element": None}),
        (BACKEND_SET, "healthChecker.retries", {"kind": "integer", "default": 3, "computed": False}),
        (BACKEND_SET, "healthChecker.urlPath", {"computed": True, "required": False, "is_output": False}),
        (BACKEND_SET, "sessionPersistenceConfiguration", {"conflicts": ("lbCookieSessionPersistenceConfiguration",)}),
        (BACKEND_SET, "lbCookieSessionPersistenceConfiguration.maxAgeInSeconds", {"validator": Validator(minimum=1)}),
        (BACKEND_SET, "lbCookieSessionPersistenceConfiguration.domain", {"validator": Validator(form="notEmpty")}),
        (BUCKET, "retentionRules", {"kind": "list", "element": "object", "is_set": True, "has_own_hash": True,
                                    "fewest": 1, "holds_objects": True}),
        (BUCKET, "retentionRules.timeRuleLocked", {"suppression": "time"}),
        (BUCKET, "retentionRules.retentionRuleId", {"is_output": True, "computed": True}),
        (BUCKET, "definedTags", {"kind": "map", "element": "string", "suppression": "tags"}),
        (BUCKET, "etag", {"is_output": True, "kind": "string"}),
        (INSTANCE, "sourceDetails.sourceType", {"required": True, "suppression": "case",
                                                "validator": Validator(values=("bootVolume", "image"))}),
        (INSTANCE, "createVnicDetails.nsgIds", {"is_set": True, "element": "string", "holds_objects": False}),
        (INSTANCE, "hostnameLabel", {"deprecated": True}),
        (DATABASE, "credentials.passwordDetails.password", {"sensitive": True}),
        ("oci:Core/instancePool:InstancePool", "placementConfigurations.faultDomains",
         {"element_suppression": "case"}),
        ("oci:Core/subnet:Subnet", "securityListIds", {"most": 5}),
        ("oci:Kms/key:Key", "desiredState",
         {"validator": Validator(values=("ENABLED", "DISABLED"), minds_case=True)}),
        ("oci:ObjectStorage/storageObject:StorageObject", "content", {"digest": "md5"}),
        ("oci:Nosql/table:Table", "compartmentId", {"suppression": "other"}),
    ],
)  # fmt: skip
def test_an_argument_has_the_flags_of_the_file(type: str, path: str, facts: dict[str, Any]) -> None:
    found = at(type, path)
    assert {name: getattr(found, name) for name in facts} == facts


def test_a_type_has_its_timeouts_and_says_whether_it_can_be_updated() -> None:
    pool = schema.measured("oci:Core/instancePool:InstancePool")
    link = schema.measured("oci:ObjectStorage/preauthrequest:Preauthrequest")
    assert pool and link
    assert pool.timeouts == {"create": 3600, "delete": 3600, "update": 3600}
    assert (pool.has_no_update, link.has_no_update) == (False, True)


def test_an_output_has_the_type_of_the_package() -> None:
    vcn = schema.described("oci:Core/vcn:Vcn").arguments
    assert (vcn["byoipv6cidrBlocks"].kind, vcn["byoipv6cidrBlocks"].element) == ("list", "string")
    assert all(found.kind != "any" for name, found in vcn.items() if found.is_output)


def test_what_the_file_lacks_is_guessed_and_says_so() -> None:
    assert schema.measured(NEWER) is None
    assert not schema.described(NEWER).is_measured
    assert schema.described(BUCKET).is_measured
    newer = at(INSTANCE, "launchOptions.isEncryptionInTransitEnabled")
    assert (newer.kind, newer.computed, newer.required) == ("boolean", True, False)
    assert at("oci:Core/drgAttachment:DrgAttachment", "drgNatPolicyId").kind == "string"


def test_a_type_that_the_package_lacks_is_unknown_even_where_it_was_measured() -> None:
    (older, *_) = GAPS["only_measured"]["types"]
    assert schema.measured(older)
    with pytest.raises(schema.UnknownTypeError):
        schema.described(older)


def test_the_file_and_the_package_have_the_same_types_but_for_those_that_are_known() -> None:
    installed = set(schema.resource_tokens())
    assert sorted(installed - MEASURED) == GAPS["only_in_package"]["types"]
    assert sorted(MEASURED - installed) == GAPS["only_measured"]["types"]
    assert (len(MEASURED), len(installed - MEASURED), len(MEASURED - installed)) == (998, 28, 3)


def test_the_file_and_the_package_have_the_same_arguments_but_for_those_that_are_known() -> None:
    shared = sorted(MEASURED & set(schema.resource_tokens()))
    paths = {type: (set(schema.argument_paths(type)), set(schema.measured_paths(type))) for type in shared}
    newer = {type: sorted(mine - theirs) for type, (mine, theirs) in paths.items() if mine - theirs}
    older = {type: sorted(theirs - mine) for type, (mine, theirs) in paths.items() if theirs - mine}
    assert newer == GAPS["only_in_package"]["paths"]
    assert older == GAPS["only_measured"]["paths"]


def test_every_line_of_the_file_is_a_type_whose_flags_are_all_understood() -> None:
    known = {
        "r", "o", "c", "f", "s", "t", "e", "m1", "set", "h", "d", "df", "an", "sup", "es", "sf", "v", "vc", "max",
        "min", "x", "dep",
    }  # fmt: skip
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    assert [row["type"] for row in rows] == sorted(MEASURED)
    used = {flag for row in rows for flags in row["arguments"].values() for flag in flags}
    assert used == known
    assert {flag for row in rows for flags in row.get("inside", {}).values() for flag in flags} <= known


def test_every_type_can_be_described_and_nothing_is_both_filled_in_and_required() -> None:
    for type in schema.resource_tokens():
        for argument in every(schema.described(type).arguments):
            assert not (argument.required and argument.computed), f"{type}: {argument.name}"
            assert not (argument.required and argument.default is not None), f"{type}: {argument.name}"


def test_importing_the_room_reads_none_of_the_file() -> None:
    check = (
        "import provider_schema.behaviour as b\n"
        "assert b._lines.cache_info().currsize == 0\n"
        "b.described('oci:Core/vcn:Vcn')\n"
        "assert b.measured.cache_info().currsize == 1"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
