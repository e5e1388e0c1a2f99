"""From the engine's protocol to plain data: each resource is decoded once, whatever the number of rules.

The engine sends unknowns as fixed strings and wraps secrets, assets and the like in objects with a signature. Both are
kept as what they are: a value that isn't known, a value that may not be shown.
Source: pulumi/pulumi, sdk/go/common/resource/properties.go and sdk/go/common/resource/plugin/rpc.go.
"""

from collections.abc import Mapping
from typing import Any

from policies.core import UNKNOWN, Plain, Provider, Resource, Secret
from policies.core.notes import without_empty
from policies.decode import SECRET, SIGNATURE, UNKNOWN_VALUES


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
    return without_empty({key: _plain(value) for key, value in fields.items()})


def _plain(value: Any) -> Plain:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        return UNKNOWN if value.string_value in UNKNOWN_VALUES else value.string_value
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
    signature = plain.pop(SIGNATURE, None)
    if signature == SECRET:
        return Secret(plain.get("value"))
    # Of an asset or an archive its path, text or address is left, which is swept like everything else.
    return plain
