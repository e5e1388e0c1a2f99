"""Check: refuses inputs that the real provider would refuse, before anything is created.

Unknown, missing and mistyped inputs fail, each with its path. An input called `name` that is left out is filled in, as
Pulumi's auto-naming does; `displayName` never is.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from provider_schema import Property, ResourceType, Type
from rehearsal.doors.provider.values import Secret, Unknown

_SUFFIX_LETTERS = 7


@dataclass(frozen=True)
class Failure:
    """One input that can't be used."""

    path: str
    reason: str


def check_inputs(properties: Mapping[str, Property], inputs: dict[str, Any]) -> list[Failure]:
    """Every failure of a set of inputs against its schema."""
    return list(_check_object(properties, inputs, ""))


def with_name(schema: ResourceType, old: dict[str, Any], new: dict[str, Any], urn: str, seed: bytes) -> dict[str, Any]:
    """The inputs with an automatic name, where the type has an input `name` and the program gave none."""
    name = schema.inputs.get("name")
    if name is None or name.type.kind != "string" or "name" in new:
        return new
    suffix = hashlib.sha256(seed or urn.encode()).hexdigest()[:_SUFFIX_LETTERS]
    return new | {"name": old.get("name") or f"{urn.rsplit('::', 1)[-1]}-{suffix}"}


def _check_object(properties: Mapping[str, Property], values: dict[str, Any], path: str) -> Iterator[Failure]:
    for name in values:
        if name not in properties:
            near = get_close_matches(name, properties, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(properties))}"
            yield Failure(_join(path, name), f"is not an argument here; {hint}")
    for name, wanted in properties.items():
        if values.get(name) is not None:
            yield from _check_value(wanted.type, values[name], _join(path, name))
        elif wanted.required:
            yield Failure(_join(path, name), "is required and missing; add it")


def _check_value(type: Type, value: Any, path: str) -> Iterator[Failure]:
    if isinstance(value, Secret):
        yield from _check_value(type, value.value, path)
    elif isinstance(value, Unknown) or value is None or type.kind == "any":
        return
    elif type.kind == "list" and isinstance(value, list) and type.element:
        for index, item in enumerate(value):
            yield from _check_value(type.element, item, f"{path}[{index}]")
    elif type.kind == "map" and isinstance(value, dict) and type.element:
        for name, item in value.items():
            yield from _check_value(type.element, item, _join(path, name))
    elif type.kind == "object" and isinstance(value, dict) and type.object:
        yield from _check_object(type.object.properties, value, path)
    elif not _fits(type, value):
        yield Failure(path, f"must be {_ARTICLE[type.kind]}, and is {_ARTICLE[_kind_of(value)]}")


def _fits(type: Type, value: Any) -> bool:
    match type.kind:
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
    return False


def _kind_of(value: Any) -> str:
    kinds = {str: "string", bool: "boolean", int: "integer", float: "number", list: "list", dict: "map"}
    return kinds[type(value)]


_ARTICLE = {
    "string": "a string",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "list": "a list",
    "map": "a map",
    "object": "an object",
}


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
