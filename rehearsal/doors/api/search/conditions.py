"""Whether a resource's fields fulfil a query's conditions.

A field is found whatever its letters' case, and a path leads into objects and through lists. A list fulfils a
comparison when one of its items does. Tags are a list of objects with `namespace`, `key` and `value`.
Source: Oracle, "Search Language Syntax", https://docs.oracle.com/iaas/Content/Search/Concepts/querysyntax.htm

Assumption: what `&&` joins inside one pair of parentheses must hold of one and the same tag; `!=` and `!==` hold where
no item of a list has the value, and where the field is missing; `<` and `>` compare numbers and moments only.
"""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

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


Field = Callable[[str], Any]
"""The value of a resource's field of this name, in any case; None where it has none."""


def holds(condition: Condition, field: Field, now: datetime) -> bool:
    """Whether it does."""
    if isinstance(condition, Comparison):
        return _compares(condition, field, now)
    if isinstance(condition, AnyOf):
        return any(holds(part, field, now) for part in condition.parts)
    return _all_hold(condition.parts, field, now)


def values_of(field: Field, path: str) -> Iterator[Any]:
    """The plain values that a path leads to."""
    name, _, rest = path.partition(".")
    yield from _values(field(name), rest)


def _values(value: Any, path: str) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _values(item, path)
    elif isinstance(value, Mapping):
        name, _, rest = path.partition(".")
        for key, inner in value.items() if name else ():
            if key.lower() == name.lower():
                yield from _values(inner, rest)
    elif not path and value is not None:
        yield value


def _all_hold(parts: Sequence[Condition], field: Field, now: datetime) -> bool:
    of_tags: dict[str, list[Comparison]] = {}
    for part in parts:
        name = _tags_of(part)
        if name:
            of_tags.setdefault(name, []).append(cast(Comparison, part))
        elif not holds(part, field, now):
            return False
    return all(_one_tag_fulfils(field(name), comparisons, now) for name, comparisons in of_tags.items())


def _tags_of(part: Condition) -> str:
    """The field of tags that a part says what is true of; empty for all else."""
    if not isinstance(part, Comparison) or part.operator in _NEGATED:
        return ""
    name = part.field.lower().partition(".")[0]
    return name if name in _TAGS else ""


def _one_tag_fulfils(tags: Any, comparisons: Sequence[Comparison], now: datetime) -> bool:
    return any(all(_compares(each, _always(tag), now) for each in comparisons) for tag in tags or ())


def _always(value: Any) -> Field:
    return lambda _: value


def _compares(comparison: Comparison, field: Field, now: datetime) -> bool:
    values = values_of(field, comparison.field)
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
