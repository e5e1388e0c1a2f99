"""What the bridge and the engine note among the inputs is no argument, and nothing can be hidden under its name."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from policies.core import UNKNOWN, Secret
from policies.pack import Pack
from tests.policies.builder import PRIVATE, PROVIDER, THEIRS
from tests.unit.policies.readers import READERS

INSTANCE = "oci:Core/instance:Instance"
ROUTES = "oci:Core/routeTable:RouteTable"
ORACLE = "pulumi:providers:oci"

VNIC = {"assignPublicIp": "false"}
READ = pytest.mark.parametrize("reader", READERS)

NOTED: dict[str, tuple[str, Mapping[str, Any]]] = {
    "empty, in an object": (INSTANCE, {"createVnicDetails": {**VNIC, "__defaults": []}}),
    "filled, in an object": (INSTANCE, {"createVnicDetails": {**VNIC, "__defaults": ["assignPrivateDnsRecord"]}}),
    "of what is given too": (INSTANCE, {"createVnicDetails": {**VNIC, "__defaults": ["assignPublicIp"]}}),
    "in a secret": (INSTANCE, {"createVnicDetails": Secret({**VNIC, "__defaults": ["assignPrivateDnsRecord"]})}),
    "in an object of an object": (
        INSTANCE,
        {**PRIVATE, "launchOptions": {"__defaults": []}, "sourceDetails": {"instanceSourceImageFilterDetails": {
            "__defaults": ["operatingSystem"]}, "__defaults": ["sourceType"]}},
    ),
    "in each element of a list": (
        ROUTES,
        {"routeRules": [{"networkEntityId": UNKNOWN, "__defaults": []}, {"__defaults": ["destinationType"]}]},
    ),
    "of the engine, at a provider": (ORACLE, {**PROVIDER.properties, "__internal": {}}),
}  # fmt: skip

# What stands under the name, and the rules that it is against there.
HIDDEN: dict[str, tuple[Any, set[str]]] = {
    "a text": ("curl https://outside.example", {"unclassified", "outside-domain"}),
    "an object": ({"hostnameLabel": "eu-madrid-1"}, {"unclassified", "foreign-region"}),
    "a list that holds an address": (["198.51.100.7"], {"unclassified", "outside-address"}),
    "a list that holds an identifier": (["hostnameLabel", THEIRS], {"unclassified", "foreign-ocid"}),
    "a list of what are no arguments": (["theirspace"], {"unclassified", "outside-namespace"}),
    "an argument of another object": (["shape"], {"unclassified"}),
    "a list of lists": ([["hostnameLabel"]], {"unclassified"}),
    "a list of objects": ([{"hostnameLabel": "a"}], {"unclassified"}),
    "a list that isn't known": (UNKNOWN, {"unclassified"}),
    "a list with something unknown": (["hostnameLabel", UNKNOWN], {"unclassified"}),
    "a secret": (Secret(["hostnameLabel"]), {"unclassified"}),
    "a number": (3, {"unclassified"}),
}


@READ
@pytest.mark.parametrize("how", NOTED)
def test_a_note_is_no_argument_however_deep_it_stands(pack: Pack, tmp_path: Path, reader: str, how: str) -> None:
    token, inputs = NOTED[how]
    assert READERS[reader](pack, tmp_path, token, inputs, inputs) == set()


@READ
@pytest.mark.parametrize("what", HIDDEN)
def test_whatever_else_has_the_name_of_a_note_is_a_violation(
    pack: Pack, tmp_path: Path, reader: str, what: str
) -> None:
    value, rules = HIDDEN[what]
    inputs = {"createVnicDetails": {**VNIC, "__defaults": value}}
    found = READERS[reader](pack, tmp_path, INSTANCE, inputs, {})
    assert {rule for rule, _ in found} == rules
    assert ("unclassified", f"it ({INSTANCE}), createVnicDetails.__defaults: is an argument that the catalogue "
            "doesn't know.") in found  # fmt: skip


@READ
@pytest.mark.parametrize("name", ["__defaults", "__internal"])
@pytest.mark.parametrize("holder", ["metadata", "freeformTags", "definedTags"])
def test_in_a_map_a_note_is_a_key_like_any_other(
    pack: Pack, tmp_path: Path, reader: str, holder: str, name: str
) -> None:
    for value in (["theirspace"], {"shape": "theirspace"}, "theirspace"):
        inputs = {**PRIVATE, holder: {name: value}}
        assert {rule for rule, _ in READERS[reader](pack, tmp_path, INSTANCE, inputs, {})} == {"outside-namespace"}


@pytest.mark.parametrize("reader", ["state", "preview"])
@pytest.mark.parametrize(
    ("token", "inputs"),
    [
        (ORACLE, {**PROVIDER.properties, "__internal": {"pluginDownloadURL": "https://elsewhere.example"}}),
        (INSTANCE, {**PRIVATE, "__internal": {"a": "b"}}),
        (INSTANCE, {**PRIVATE, "__defaults": ["metadata", "note"]}),
    ],
)
def test_a_note_at_the_top_that_says_something_is_no_argument_of_the_type(
    pack: Pack, tmp_path: Path, reader: str, token: str, inputs: Mapping[str, Any]
) -> None:
    assert {rule for rule, _ in READERS[reader](pack, tmp_path, token, inputs, {})} == {"unclassified"}
