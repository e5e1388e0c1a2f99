"""Check, first half: the inputs as the provider understands them.

Nulls go, a number or truth in a string becomes one, a single value stands for a list of one, and what the schema calls
sensitive becomes a secret. Inside a map nothing changes. What doesn't fit stays as it is, for `check` to refuse.
Source: `provider_schema/provider-schema.md`, "Check".

A secret that the program makes stays one. The engine gives the real provider no secrets and marks what comes back from
it; this door takes and returns them, which leaves the same in the state.
"""

from collections.abc import Mapping
from typing import Any

from provider_schema import Argument, Kind
from rehearsal.doors.provider.values import DEFAULTS, Secret, Unknown

_TRUTHS: Mapping[str, bool] = {"true": True, "false": False}


def coerced(arguments: Mapping[str, Argument], values: Mapping[str, Any]) -> dict[str, Any]:
    """An object's values; what has no argument is passed on."""
    return {
        name: _coerce(arguments[name], value) if name in arguments else value
        for name, value in values.items()
        if value is not None and name != DEFAULTS
    }


def _coerce(argument: Argument, value: Any) -> Any:
    if isinstance(value, Secret):
        inner = _coerce(argument, value.value)
        return inner if isinstance(inner, Secret) else Secret(inner)
    understood = _understood(argument, value)
    return Secret(understood) if argument.sensitive else understood


def _understood(argument: Argument, value: Any) -> Any:
    if isinstance(value, Unknown):
        return value
    match argument.kind:
        case "list":
            elements = value if isinstance(value, list) else [value]
            return [element if element is None else _coerce(argument.item, element) for element in elements]
        case "object" if isinstance(value, dict):
            return coerced(argument.fields, value)
        case kind:
            return _scalar(kind, value)


def _scalar(kind: Kind, value: Any) -> Any:
    match kind, value:
        case "string", bool():
            return "true" if value else "false"
        case "string", int() | float():
            return str(value)
        case "boolean", str():
            return _TRUTHS.get(value, value)
        case "integer" | "number", str():
            return _number(kind, value)
    return value


def _number(kind: Kind, text: str) -> Any:
    try:
        return int(text) if kind == "integer" or text.lstrip("+-").isdecimal() else float(text)
    except ValueError:
        return text
