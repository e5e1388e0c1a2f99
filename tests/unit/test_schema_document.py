"""The schema as the engine's document: everything that a program gives, and nothing that points nowhere."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import pytest

from provider_schema import Argument, described, package_version, resource_tokens, schema_document

REFERENCE = re.compile(r'"#/types/([^"]+)"')


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return dict(json.loads(schema_document()))


def given(arguments: Mapping[str, Argument]) -> set[str]:
    return {name for name, found in arguments.items() if not found.is_output}


def test_every_type_has_exactly_the_arguments_that_a_program_may_give(document: dict[str, Any]) -> None:
    assert (document["name"], document["version"]) == ("oci", package_version())
    assert document["resources"].keys() == set(resource_tokens())
    for token, resource in document["resources"].items():
        arguments = described(token).arguments
        assert resource["inputProperties"].keys() == given(arguments), token
        assert set(resource["requiredInputs"]) == {name for name, found in arguments.items() if found.required}, token


def test_every_object_is_there_and_used_and_none_is_two(document: dict[str, Any]) -> None:
    used = list(map(unquote, REFERENCE.findall(schema_document())))
    assert set(used) == document["types"].keys()
    assert len(used) == len(set(used))


def test_an_object_has_its_own_fields_and_kinds(document: dict[str, Any]) -> None:
    rules = document["resources"]["oci:Core/securityList:SecurityList"]["inputProperties"]["egressSecurityRules"]
    assert rules == {
        "type": "array",
        "items": {"$ref": "#/types/oci%3ACore/SecurityListEgressSecurityRules%3ASecurityListEgressSecurityRules"},
    }
    rule = document["types"]["oci:Core/SecurityListEgressSecurityRules:SecurityListEgressSecurityRules"]
    assert rule["required"] == ["destination", "protocol"]
    assert rule["properties"]["stateless"] == {"type": "boolean"}
    tags = document["resources"]["oci:Core/vcn:Vcn"]["inputProperties"]["definedTags"]
    assert tags == {"type": "object", "additionalProperties": {"type": "string"}}
