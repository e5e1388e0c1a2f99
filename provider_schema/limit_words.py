"""One value against the words of one limit, which are JSON Schema's.

Source of the words: JSON Schema, "A Vocabulary for Structural Validation", draft 4, which OpenAPI 2 takes them from,
https://json-schema.org/draft-04/json-schema-validation (`exclusiveMinimum` is a mark on `minimum` there).
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

Words = Mapping[str, Any]

_SHOWN = 12

_LENGTHS = {"Length": str, "Items": list, "Properties": dict}
_UNITS = {"Length": "characters", "Items": "items", "Properties": "keys"}


def broken(word: str, words: Words, value: Any) -> str | None:
    """What is wrong with a value by one word of a limit: the end of a sentence that tells sizes, never the value.

    None when the value keeps to it. A word says nothing of a value of another kind: `maxLength` of a number, `minimum`
    of a list.
    """
    bound = words[word]
    match word:
        case "enum":
            return None if not _is_plain(value) or _text(value) in _choices(tuple(bound)) else _none_of(bound)
        case "pattern":
            return None if not isinstance(value, str) or matches(bound, value) else _unmatched(bound, value)
        case "uniqueItems":
            return "holds an item twice; each may be there once" if bound and _repeats(value) else None
        case "minimum" | "maximum" | "multipleOf":
            return _beyond_range(word, words, value)
    return _beyond_length(word, bound, value)


def matches(pattern: str, text: str) -> bool:
    """Whether a text is as a pattern wants it; one without any anchor is meant for the whole text."""
    found = _compiled(pattern)
    whole = not re.search(r"\^|\$$", pattern)
    return bool(found.fullmatch(text) if whole else found.search(text))


def number(value: Any) -> float | None:
    """A number, which may be declared as a string; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except ValueError:
        return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _choices(allowed: tuple[Any, ...]) -> frozenset[str]:
    return frozenset(_text(each) for each in allowed)


def _text(value: Any) -> str:
    """A value as enumerations are compared: without case, and 30 as "30"."""
    size = number(value)
    return f"{size:g}" if size is not None and abs(size) < 1e5 else str(value).casefold()


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float)


def _none_of(allowed: list[Any]) -> str:
    shown = ", ".join(str(each) for each in allowed[:_SHOWN])
    more = f" and {len(allowed) - _SHOWN} others" if len(allowed) > _SHOWN else ""
    return f"is none of the values that Oracle takes: {shown}{more}"


def _unmatched(pattern: str, value: str) -> str:
    return f"({len(value)} characters) doesn't match {pattern}"


def _repeats(value: Any) -> bool:
    if not isinstance(value, list):
        return False
    written = [json.dumps(item, sort_keys=True, default=str) for item in value]
    return len(set(written)) < len(written)


def _beyond_length(word: str, bound: int, value: Any) -> str | None:
    kind = word[3:]
    if not isinstance(value, _LENGTHS[kind]):
        return None
    size, unit = len(value), _UNITS[kind]
    if word.startswith("min"):
        return f"has {size} {unit}; Oracle takes {bound} or more" if size < bound else None
    return f"has {size} {unit}; Oracle takes {bound} at most" if size > bound else None


def _beyond_range(word: str, words: Words, value: Any) -> str | None:
    size, bound = number(value), words[word]
    if size is None:
        return None
    if word == "multipleOf":
        return f"is {size:g}; Oracle takes multiples of {bound}" if size % bound else None
    if word == "minimum":
        beyond, limit = size < bound or (words.get("exclusiveMinimum") and size == bound), "or more"
    else:
        beyond, limit = size > bound or (words.get("exclusiveMaximum") and size == bound), "at most"
    if words.get(f"exclusive{word.capitalize()}"):
        limit = "and not that itself, " + limit
    return f"is {size:.15g}; Oracle takes {bound} {limit}" if beyond else None
