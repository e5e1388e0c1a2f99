"""The schema as the engine's document, for `pulumi import`, which writes the code of what it imports by it.

It has what a program gives: the arguments of every resource type and the objects inside of them. What only the provider
fills, and data sources, aren't in it: nobody writes them down.
Source of the form: pulumi/pulumi, pkg/codegen/schema/pulumi.json.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote

from provider_schema.arguments import Argument
from provider_schema.behaviour import described
from provider_schema.catalogue import package_version, resource_tokens

_ANY = {"$ref": "pulumi.json#/Any"}


@cache
def schema_document() -> str:
    """The document as JSON text: some megabytes, made once in a process, in some seconds."""
    resources: dict[str, Any] = {}
    types: dict[str, Any] = {}
    for token in resource_tokens():
        arguments = _given(described(token).arguments)
        stem = token.rpartition(":")[0].rpartition("/")[0] + "/" + token.rpartition(":")[2]
        resources[token] = {
            "inputProperties": {name: _type(found, stem) for name, found in arguments.items()},
            "requiredInputs": _required(arguments),
        }
        types |= dict(_objects(arguments, stem))
    document = {"name": "oci", "version": package_version(), "types": types, "resources": resources}
    return json.dumps(document, separators=(",", ":"))


def _given(arguments: Mapping[str, Argument]) -> dict[str, Argument]:
    return {name: found for name, found in arguments.items() if not found.is_output}


def _required(arguments: Mapping[str, Argument]) -> list[str]:
    return [name for name, found in arguments.items() if found.required]


def _objects(arguments: Mapping[str, Argument], stem: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects inside of arguments, each under a token that says where it is."""
    for name, found in arguments.items():
        if not (fields := _given(found.fields)):
            continue
        inner = _stem(stem, name)
        properties = {name: _type(field, inner) for name, field in fields.items()}
        yield _token(inner), {"type": "object", "properties": properties, "required": _required(fields)}
        yield from _objects(fields, inner)


def _type(found: Argument, stem: str) -> dict[str, Any]:
    match found.kind:
        case "list":
            return {"type": "array", "items": _type(found.item, stem)}
        case "map":
            return {"type": "object", "additionalProperties": _type(found.item, stem)}
        case "object":
            return {"$ref": f"#/types/{quote(_token(_stem(stem, found.name)))}"} if _given(found.fields) else _ANY
        case "any":
            return _ANY
        case simple:
            return {"type": simple}


def _stem(stem: str, name: str) -> str:
    return stem + name[:1].upper() + name[1:]


def _token(stem: str) -> str:
    return f"{stem}:{stem.rpartition('/')[2]}"
