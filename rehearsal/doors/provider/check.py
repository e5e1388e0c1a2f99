"""Check, second half: refuses inputs that the provider would refuse, before anything is created.

Every failure has its path. On the wire it is as the provider writes it: no property, and the path in the sentence.
Source: `provider_schema/provider-schema.md`, "Check". A broken number for a whole one is refused here, where the bridge
would cut it off without a word: nobody means that.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from provider_schema import Argument, Kind, Validator
from rehearsal.doors.provider.values import Secret, Unknown, is_unknown, reveal

_WHOLE = re.compile(r"[+-]?\d+")


@dataclass(frozen=True)
class Failure:
    """One input that can't be used."""

    path: str
    reason: str


def check_inputs(arguments: Mapping[str, Argument], inputs: dict[str, Any]) -> list[Failure]:
    """Every failure of a set of inputs, coerced, against what the type takes."""
    return [*_check_object(arguments, inputs, ""), *_check_conflicts(arguments, inputs, inputs, "")]


def _check_object(arguments: Mapping[str, Argument], values: Mapping[str, Any], path: str) -> Iterator[Failure]:
    taken = {name: argument for name, argument in arguments.items() if not argument.is_output}
    for name in values:
        if name in arguments and name not in taken:
            yield Failure(_join(path, name), "is filled in by Oracle and can't be given; leave it out")
        elif name not in taken:
            near = get_close_matches(name, taken, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(taken))}"
            yield Failure(_join(path, name), f"is not an argument here; {hint}")
    for name, argument in taken.items():
        if values.get(name) is not None:
            yield from _check_value(argument, values[name], _join(path, name))
        elif argument.required:
            yield Failure(_join(path, name), "is required and missing; add it")


def _check_value(argument: Argument, value: Any, path: str) -> Iterator[Failure]:
    if isinstance(value, Secret):
        yield from _check_value(argument, value.value, path)
    elif isinstance(value, Unknown) or value is None or argument.kind == "any":
        return
    elif argument.kind == "list" and isinstance(value, list):
        yield from _check_list(argument, value, path)
    elif argument.kind == "map" and isinstance(value, dict):
        for name, item in value.items():
            if argument.element == "string" and isinstance(reveal(item), list | dict):
                yield Failure(_join(path, name), f"must be a string, and is {_article(reveal(item))}")
    elif argument.kind == "object" and isinstance(value, dict):
        yield from _check_object(argument.fields, value, path)
    elif not _fits(argument.kind, value):
        yield Failure(path, f"must be {_ARTICLE[argument.kind]}, and is {_article(value)}")
    elif argument.validator and (reason := _invalid(argument.validator, value)):
        yield Failure(path, reason)


def _check_list(argument: Argument, value: list[Any], path: str) -> Iterator[Failure]:
    if len(value) < argument.fewest:
        yield Failure(path, f"has {len(value)} elements and needs at least {argument.fewest}; add what is missing")
    if argument.most is not None and len(value) > argument.most:
        yield Failure(path, f"has {len(value)} elements and may have {argument.most}; take some out")
    for index, item in enumerate(value):
        yield from _check_value(argument.item, item, f"{path}[{index}]")


def _invalid(validator: Validator, value: Any) -> str:
    """What is wrong with a value; empty when nothing is."""
    if validator.values:
        same = str if validator.minds_case else str.lower
        allowed = {same(one) for one in validator.values}
        return "" if same(str(value)) in allowed else f"is not one of {', '.join(validator.values)}; take one of them"
    if validator.minimum is not None and value < validator.minimum:
        return f"must be at least {validator.minimum:g}"
    if validator.maximum is not None and value > validator.maximum:
        return f"must be at most {validator.maximum:g}"
    match validator.form:
        case "int" if not _WHOLE.fullmatch(value):
            return "must be a whole number, written as a string"
        case "notEmpty" if not value:
            return "must not be empty"
        case "json" if not _is_json(value):
            return "must be JSON"
    return ""


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _check_conflicts(
    arguments: Mapping[str, Argument], values: Mapping[str, Any], top: Mapping[str, Any], path: str
) -> Iterator[Failure]:
    for name, argument in arguments.items():
        given = reveal(values.get(name))
        if given is None or isinstance(given, Unknown):
            continue
        for other in argument.conflicts:
            found = _at(top, other)
            if found is not None and not is_unknown(found):
                yield Failure(_join(path, name), f"can't be given together with {other}; leave one of them out")
        if argument.is_object and isinstance(given, dict):
            yield from _check_conflicts(argument.fields, given, top, _join(path, name))


def _at(values: Any, path: str) -> Any:
    """The value at a dotted path of objects; None where there is none."""
    for name in path.split("."):
        opened = reveal(values)
        values = opened.get(name) if isinstance(opened, dict) else None
    return values


def _fits(kind: Kind, value: Any) -> bool:
    match kind:
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
    return False


def _article(value: Any) -> str:
    kinds = {str: "string", bool: "boolean", int: "integer", float: "number", list: "list", dict: "map"}
    return _ARTICLE[kinds[type(value)]]


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
