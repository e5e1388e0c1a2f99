"""Made-up inputs cut to what the provider takes: no outputs, values that validators take, none that exclude others."""

import json
from collections.abc import Mapping
from typing import Any

from provider_schema import Argument, Validator

Inputs = dict[str, Any]


def fitted(arguments: Mapping[str, Argument], inputs: Inputs) -> Inputs:
    """The inputs with what the provider would refuse changed or left out."""
    missing = {name: ["a"] for name, found in arguments.items() if found.required and name not in inputs}
    return _without_rivals(arguments, _object(arguments, inputs | missing), "", {})


def _object(arguments: Mapping[str, Argument], values: Inputs) -> Inputs:
    return {
        name: _value(arguments[name], value)
        for name, value in values.items()
        if name in arguments and not arguments[name].is_output
    }


def _value(argument: Argument, value: Any) -> Any:
    if argument.kind == "object" and isinstance(value, dict):
        return _object(argument.fields, value)
    if argument.kind == "list" and isinstance(value, list):
        items = [_value(argument.item, item) for item in value][: argument.most]
        return items + items[:1] * (argument.fewest - len(items))
    return _taken(argument.validator, value) if argument.validator else value


def _taken(validator: Validator, value: Any) -> Any:
    if validator.values:
        return value if value in validator.values else next(filter(None, validator.values))
    if validator.minimum is not None and value < validator.minimum:
        return validator.minimum
    if validator.maximum is not None and value > validator.maximum:
        return validator.maximum
    if validator.form == "int" and not value.isdecimal():
        return "7"
    return value if validator.form != "json" or _is_json(value) else "{}"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _without_rivals(arguments: Mapping[str, Argument], values: Inputs, path: str, kept: dict[str, Argument]) -> Inputs:
    """The first of each two arguments that exclude each other; `kept` has all that was kept, by path."""
    left: Inputs = {}
    for name, value in values.items():
        argument, where = arguments[name], f"{path}{name}"
        if not kept.keys().isdisjoint(argument.conflicts) or any(where in other.conflicts for other in kept.values()):
            continue
        kept[where] = argument
        inside = argument.kind == "object" and isinstance(value, dict)
        left[name] = _without_rivals(argument.fields, value, f"{where}.", kept) if inside else value
    return left
