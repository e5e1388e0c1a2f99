"""From the engine's protocol to plain data: each resource is decoded once, whatever the number of rules.

The engine sends unknowns as fixed strings and wraps secrets, assets and the like in objects with a signature. Both are
kept as what they are: a value that isn't known, a value that may not be shown.
Source: pulumi/pulumi, sdk/go/common/resource/properties.go and sdk/go/common/resource/plugin/rpc.go.
"""

from collections.abc import Mapping
from typing import Any

from policies.core import UNKNOWN, Plain, Provider, Resource, Secret

_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the mark of a secret, not one
_UNKNOWN_VALUES = frozenset(
    {
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # boolean
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # number
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",  # string
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # array
        "030794c1-ac77-496b-92df-f27374a8bd58",  # asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # object
    }
)


def resource_of(message: Any) -> Resource:
    """The resource of an `AnalyzeRequest`, or of an `AnalyzerResource` of a stack."""
    return Resource(
        urn=message.urn,
        type=message.type,
        name=message.name,
        properties=_object(message.properties.fields),
        provider=_provider(message.provider) if message.HasField("provider") else None,
        parent=message.options.parent,
        dependencies=tuple(getattr(message, "dependencies", ())),
        property_dependencies={
            name: tuple(each.urns) for name, each in getattr(message, "propertyDependencies", {}).items()
        },
    )


def _provider(message: Any) -> Provider:
    return Provider(type=message.type, name=message.name, properties=_object(message.properties.fields))


def _object(fields: Mapping[str, Any]) -> dict[str, Plain]:
    return {key: _plain(value) for key, value in fields.items()}


def _plain(value: Any) -> Plain:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        return UNKNOWN if value.string_value in _UNKNOWN_VALUES else value.string_value
    if kind == "struct_value":
        return _signed(value.struct_value.fields)
    if kind == "list_value":
        return [_plain(each) for each in value.list_value.values]
    if kind == "number_value":
        return value.number_value
    if kind == "bool_value":
        return value.bool_value
    return None


def _signed(fields: Mapping[str, Any]) -> Plain:
    plain = _object(fields)
    signature = plain.pop(_SIGNATURE, None)
    if signature == _SECRET:
        return Secret(plain.get("value"))
    # Of an asset or an archive its path, text or address is left, which is swept like everything else.
    return plain
