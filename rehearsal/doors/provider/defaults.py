"""What Check fills in, and `__defaults`, the list of what it filled in.

Every object that has a schema gets the list, sorted and often empty; a map never has one. Two kinds of things are
filled in: defaults of the schema, unless they are false, zero or empty, and names. A name is that of the resource, a
hyphen and seven hexadecimal digits; one that the engine knows from before stays.
Source: `provider_schema/provider-schema.md`, "Check"; pulumi/pulumi-terraform-bridge, pkg/tfbridge/schema.go.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from provider_schema import Argument
from rehearsal.doors.provider.values import DEFAULTS, Secret

_SUFFIX_LETTERS = 7


def with_names(
    arguments: Mapping[str, Argument], old: dict[str, Any], new: dict[str, Any], urn: str, seed: bytes
) -> dict[str, Any]:
    """The inputs with a name, where the type is named automatically and the program gave none."""
    named = dict(new)
    for name, argument in arguments.items():
        if argument.autonamed and name not in new and not _is_excluded(argument, new):
            suffix = hashlib.sha256(seed or urn.encode()).hexdigest()[:_SUFFIX_LETTERS]
            named[name] = old.get(name) or f"{urn.rsplit('::', 1)[-1]}-{suffix}"
    return named


def with_defaults(arguments: Mapping[str, Argument], given: Mapping[str, Any], named: dict[str, Any]) -> dict[str, Any]:
    """The inputs with the schema's defaults and `__defaults`; `given` is what the program gave, before its names."""
    filled = _filled(arguments, named)
    filled[DEFAULTS] = sorted({*filled[DEFAULTS], *(name for name in named if name not in given)})
    return filled


def without_defaults(value: Any) -> Any:
    """A value without `__defaults`, however deep: what Oracle is sent, and what outputs are made of."""
    if isinstance(value, Secret):
        return Secret(without_defaults(value.value))
    if isinstance(value, list):
        return [without_defaults(item) for item in value]
    if isinstance(value, dict):
        return {name: without_defaults(item) for name, item in value.items() if not _is_note(name, item)}
    return value


def without_empty_defaults(value: Any) -> Any:
    """A value without the `__defaults` that name nothing: a refresh removes them and keeps the others."""
    if isinstance(value, Secret):
        return Secret(without_empty_defaults(value.value))
    if isinstance(value, list):
        return [without_empty_defaults(item) for item in value]
    if isinstance(value, dict):
        return {name: without_empty_defaults(item) for name, item in value.items() if (name, item) != (DEFAULTS, [])}
    return value


def _is_note(name: str, value: Any) -> bool:
    return name == DEFAULTS and isinstance(value, list)


def _filled(arguments: Mapping[str, Argument], values: Mapping[str, Any]) -> dict[str, Any]:
    filled = {name: _inside(arguments[name], value) if name in arguments else value for name, value in values.items()}
    missing = [
        name
        for name, argument in arguments.items()
        if argument.default and name not in values and not argument.deprecated and not _is_excluded(argument, values)
    ]
    return filled | {name: arguments[name].default for name in missing} | {DEFAULTS: sorted(missing)}


def _inside(argument: Argument, value: Any) -> Any:
    if isinstance(value, Secret):
        return Secret(_inside(argument, value.value))
    if argument.is_object and isinstance(value, dict):
        return _filled(argument.fields, value)
    if argument.holds_objects and isinstance(value, list):
        return [_filled(argument.fields, item) if isinstance(item, dict) else item for item in value]
    return value


def _is_excluded(argument: Argument, values: Mapping[str, Any]) -> bool:
    return any(path in values for path in argument.conflicts)
