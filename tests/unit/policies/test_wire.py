"""From the engine's protocol to plain data: unknowns, secrets, assets, and everything that is left as it is."""

from typing import Any

import pytest
from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2 as protocol
from pulumi_policy import proxy

from policies.core import UNKNOWN, Provider, Secret
from policies.wire import resource_of
from tests.policies.builder import SECRET_MARK

SIGNATURE = "4dabf18193072939515e22adb298388d"
ASSET = {SIGNATURE: "c44067f5952c0a294b673a41bacd8c17"}
STRANGE = {SIGNATURE: "00000000000000000000000000000000"}


def struct(values: dict[str, Any]) -> struct_pb2.Struct:
    """Values as the protocol carries them."""
    found = struct_pb2.Struct()
    found.update(values)
    return found


def plain(value: Any) -> Any:
    """What a value becomes."""
    return resource_of(protocol.AnalyzeRequest(properties=struct({"it": value}))).properties["it"]


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        (None, None),
        (True, True),
        (3.5, 3.5),
        ("text", "text"),
        ([1, "a", [None]], [1.0, "a", [None]]),
        ({"a": {"b": "c"}}, {"a": {"b": "c"}}),
        ({**SECRET_MARK, "value": "hunter2"}, Secret("hunter2")),
        ({**SECRET_MARK, "value": {"a": [{**SECRET_MARK, "value": 1}]}}, Secret({"a": [Secret(1.0)]})),
        ({**SECRET_MARK, "value": proxy.UNKNOWN_STRING_VALUE}, Secret(UNKNOWN)),
        ({**ASSET, "text": "hello", "hash": "x"}, {"text": "hello", "hash": "x"}),
        ({**STRANGE, "value": "kept"}, {"value": "kept"}),
        ([{"__defaults": [], "__internal": {}, "a": {"__defaults": []}}], [{"a": {}}]),
        ({"__defaults": ["x"]}, {"__defaults": ["x"]}),
        ({"__defaults": {}, "__internal": []}, {"__defaults": {}, "__internal": []}),
    ],
)
def test_a_value_is_what_it_was(sent: Any, found: Any) -> None:
    assert plain(sent) == found


@pytest.mark.parametrize("name", [name for name in vars(proxy) if name.startswith("UNKNOWN_")])
def test_every_kind_of_unknown_of_the_sdk_is_unknown_here(name: str) -> None:
    assert plain(getattr(proxy, name)) is UNKNOWN
    assert plain([getattr(proxy, name)]) == [UNKNOWN]
    assert plain(f"x{getattr(proxy, name)}") == f"x{getattr(proxy, name)}"


def test_a_resource_brings_its_name_its_type_and_its_provider() -> None:
    request = protocol.AnalyzeRequest(
        urn="urn:pulumi:prod::stateside::a:b:C::it",
        type="a:b:C",
        name="it",
        options=protocol.AnalyzerResourceOptions(parent="urn:parent"),
        provider=protocol.AnalyzerProviderResource(
            type="pulumi:providers:oci", name="p", properties=struct({"region": "us-ashburn-1"})
        ),
    )
    found = resource_of(request)
    assert (found.urn, found.type, found.name, found.parent) == (request.urn, "a:b:C", "it", "urn:parent")
    assert found.provider == Provider("pulumi:providers:oci", "p", {"region": "us-ashburn-1"})
    assert found.stack == "prod"


def test_a_resource_without_a_provider_has_none() -> None:
    assert resource_of(protocol.AnalyzeRequest(type="a:b:C")).provider is None


def test_a_resource_of_a_stack_brings_its_dependencies() -> None:
    message = protocol.AnalyzerResource(
        type="a:b:C",
        dependencies=["urn:x", "urn:y"],
        propertyDependencies={"vcnId": protocol.AnalyzerPropertyDependencies(urns=["urn:x"])},
    )
    found = resource_of(message)
    assert found.dependencies == ("urn:x", "urn:y")
    assert found.property_dependencies == {"vcnId": ("urn:x",)}
