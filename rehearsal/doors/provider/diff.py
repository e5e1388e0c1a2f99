"""Diff: what changes, property by property, and what of it forces a replacement.

A property whose documentation doesn't say "(Updatable)" can't be changed in place; inside nested objects each property
has its own mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from provider_schema import Property, ResourceType, Type
from rehearsal.doors.provider.values import Secret


@dataclass(frozen=True)
class Difference:
    """One changed property: its path, `add`, `delete` or `update`, and whether it forces a replacement."""

    path: str
    kind: str
    replaces: bool


def as_adopted(schema: ResourceType, adopts: str) -> ResourceType:
    """The schema of a type that manages an existing resource: all but the field that names it is changed in place.

    The documentation of these types marks nothing as updatable; that of the types they stand for does.
    """
    if not adopts:
        return schema
    inputs = {name: replace(found, updatable=name != adopts) for name, found in schema.inputs.items()}
    return replace(schema, inputs=inputs)


def diff_inputs(schema: ResourceType, old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """Every difference between two sets of inputs."""
    found: list[Difference] = []
    for name in sorted(old.keys() | new.keys()):
        wanted = schema.inputs.get(name)
        if wanted:
            found += _differences(wanted, old.get(name), new.get(name), name, not wanted.updatable)
    return found


def keeps_its_name(schema: ResourceType, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether old and new would have the same unique name, so that the old must go before the new can come."""
    return "name" in schema.inputs and old.get("name") == new.get("name")


def _differences(wanted: Property, old: Any, new: Any, path: str, replaces: bool) -> Iterator[Difference]:
    yield from _compare(wanted.type, _plain(old), _plain(new), path, replaces)


def _compare(type: Type, old: Any, new: Any, path: str, replaces: bool) -> Iterator[Difference]:
    if old == new:
        return
    elif old is None:
        yield Difference(path, "add", replaces)
    elif new is None:
        yield Difference(path, "delete", replaces)
    elif isinstance(old, dict) and isinstance(new, dict):
        properties = type.object.properties if type.object else {}
        for name in sorted(old.keys() | new.keys()):
            inner = properties.get(name)
            inner_type = inner.type if inner else type.element or Type("any")
            must_replace = replaces or (inner is not None and not inner.updatable)
            before, after = _plain(old.get(name)), _plain(new.get(name))
            yield from _compare(inner_type, before, after, f"{path}.{name}", must_replace)
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            before, after = (_plain(items[index]) if index < len(items) else None for items in (old, new))
            yield from _compare(type.element or Type("any"), before, after, f"{path}[{index}]", replaces)
    else:
        yield Difference(path, "update", replaces)


def _plain(value: Any) -> Any:
    return _plain(value.value) if isinstance(value, Secret) else value
