"""Whether a resource's fields fulfil a query's conditions.

A field is found whatever its letters' case, and a path leads into objects and through lists. A list fulfils a
comparison when one of its items does. Tags are a list of objects with `namespace`, `key` and `value`.
Source: Oracle, "Search Language Syntax", https://docs.oracle.com/iaas/Content/Search/Concepts/querysyntax.htm

Assumption: what `&&` joins inside one pair of parentheses must hold of one and the same tag; `!=` and `!==` hold where
no item of a list has the value, and where the field is missing; `<` and `>` compare numbers and moments only.
"""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from rehearsal.doors.api.search.query import AnyOf, Comparison, Condition
from rehearsal.doors.api.search.times import moment

_ORDERED: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_NEGATED = {"!=": "=", "!==": "=="}
_TAGS = ("definedtags", "freeformtags", "systemtags")


def holds(condition: Condition, fields: Mapping[str, Any], now: datetime | None = None) -> bool:
    """Whether it does."""
    moment_of_query = now or datetime.now(UTC)
    if isinstance(condition, Comparison):
        return _compares(condition, fields, moment_of_query)
    if isinstance(condition, AnyOf):
        return any(holds(part, fields, moment_of_query) for part in condition.parts)
    return _all_hold(condition.parts, fields, moment_of_query)


def values_at(value: Any, path: str) -> Iterator[Any]:
    """The plain values that a path leads to."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from values_at(item, path)
    elif isinstance(value, Mapping):
        yield from _into(value, path)
    elif not path and value is not None:
        yield value


def _into(value: Mapping[str, Any], path: str) -> Iterator[Any]:
    name, _, rest = path.partition(".")
    for key, inner in value.items() if name else ():
        if key.lower() == name.lower():
            yield from values_at(inner, rest)


def _all_hold(parts: Sequence[Condition], fields: Mapping[str, Any], now: datetime) -> bool:
    of_tags: dict[str, list[Comparison]] = {}
    for part in parts:
        if isinstance(part, Comparison) and part.operator not in _NEGATED and _tags_of(part):
            of_tags.setdefault(_tags_of(part), []).append(part)
        elif not holds(part, fields, now):
            return False
    return all(_one_tag_fulfils(name, comparisons, fields, now) for name, comparisons in of_tags.items())


def _tags_of(comparison: Comparison) -> str:
    name = comparison.field.lower().partition(".")[0]
    return name if name in _TAGS else ""


def _one_tag_fulfils(name: str, comparisons: Sequence[Comparison], fields: Mapping[str, Any], now: datetime) -> bool:
    tags = (tag for key, found in fields.items() if key.lower() == name for tag in found)
    return any(all(_compares(each, {name: [tag]}, now) for each in comparisons) for tag in tags)


def _compares(comparison: Comparison, fields: Mapping[str, Any], now: datetime) -> bool:
    values = values_at(fields, comparison.field)
    if positive := _NEGATED.get(comparison.operator):
        return not any(_is(value, positive, comparison.value, now) for value in values)
    return any(_is(value, comparison.operator, comparison.value, now) for value in values)


def _is(value: Any, sign: str, wanted: str, now: datetime) -> bool:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if sign == "==":
        return text == wanted
    if sign == "=~":
        return wanted.lower() in text.lower()
    pair = _comparable(value, text, wanted, now)
    if sign == "=":
        return text.lower() == wanted.lower() or (pair is not None and pair[0] == pair[1])
    return pair is not None and _ORDERED[sign](*pair)


def _comparable(value: Any, text: str, wanted: str, now: datetime) -> tuple[Any, Any] | None:
    """The two sides as numbers or as moments; None where they are neither."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return float(value), float(wanted)
        except (ValueError, OverflowError):
            return None
    left, right = moment(text, now), moment(wanted, now)
    return (left, right) if left and right else None
