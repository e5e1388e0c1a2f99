"""Values inside and outside the limits that hold for one argument, made from the words of the limits.

Nothing here knows a type: what a value must be follows from the data alone.
"""

import copy
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from provider_schema import Type
from provider_schema.limit_words import broken, number

Words = Mapping[str, Any]

MOST = 2_000_000
"""Texts and lists that are longer are not made."""

_MADE_UP = "a-"

# What texts are grown from, so that one of them fits a pattern.
_SEEDS = ("a", "A", "1", "Aa1-", "AAAA", "oci://a@b", "X-a", "/a", ".", "_a", "a.", "-", " ", "!", "é", "?~", "%")


class NoValueError(Exception):
    """There is no such value; the sentence says why."""


def fits(words: Sequence[Words], value: Any, without: str = "") -> bool:
    """Whether a value keeps to every word of these limits, but for one of them."""
    return not any(
        broken(word, each, value)
        for each in words
        for word in each
        if word not in (without, "exclusiveMinimum", "exclusiveMaximum")
    )


def inside(words: Sequence[Words], kind: Type, value: Any) -> Any:
    """A value that keeps to these limits, as near to the given one as is easy.

    Raises:
        NoValueError: none was found.
    """
    return _first(words, kind, _inside(words, kind, value), "")


def outside(word: str, words: Sequence[Words], kind: Type, value: Any, items: Sequence[Any] = ()) -> Any:
    """A value that breaks one word of these limits and keeps to the others, made from one that is inside.

    `items` are all that may be in a list, where there is an enumeration of them.

    Raises:
        NoValueError: there is none, or none was found.
    """
    bounds = [each for each in words if word in each]
    for candidate in _outside(word, words, kind, value, items):
        if broken(word, bounds[0], candidate) and fits(words, candidate, without=word):
            return candidate
    raise NoValueError(_reason(word, bounds[0], words))


def _first(words: Sequence[Words], kind: Type, candidates: Iterator[Any], without: str) -> Any:
    for candidate in candidates:
        if fits(words, candidate, without):
            return candidate
    raise NoValueError(f"no value keeps to {[dict(each) for each in words]}")


def _reason(word: str, words: Words, others: Sequence[Words]) -> str:
    if word == "minLength" and words[word] == 1:
        return "an empty text isn't measured"
    if word in ("maxLength", "maxItems") and words[word] >= MOST:
        return "nothing so long is made"
    if word != "enum" and any("enum" in each for each in (words, *others)):
        return "what the enumeration has is all inside"
    if word == "maxItems" and any(each.get("uniqueItems") for each in (words, *others)):
        return "there aren't so many different items"
    if word == "uniqueItems":
        return "one item is all that may be there"
    if word == "pattern":
        return "every text that the other limits take matches the pattern"
    return "no longer text matches the pattern"


def _inside(words: Sequence[Words], kind: Type, value: Any) -> Iterator[Any]:
    if any("enum" in each for each in words):
        for each in words:
            yield from (as_kind(kind, allowed) for allowed in each.get("enum", ()))
        return
    match value:
        case list():
            yield from (_of_size(words, value, size) for size in (_least(words, "minItems"), _most(words, "maxItems")))
        case dict():
            yield from (_with_keys(kind, value, size) for size in (_least(words, "minProperties"),))
            yield {}
        case str() if not _is_ranged(words):
            yield from _texts(_least(words, "minLength"), _most(words, "maxLength"), value)
        case _:
            yield from (as_kind(kind, each) for each in _numbers(words))


def _outside(word: str, words: Sequence[Words], kind: Type, value: Any, items: Sequence[Any]) -> Iterator[Any]:
    limit = next(each[word] for each in words if word in each)
    least, most = _least(words, "minLength"), _most(words, "maxLength")
    match word:
        case "enum":
            yield from (as_kind(kind, each) for each in ("none-of-these", "NONE_OF_THESE", "n", 7, 8))
        case "pattern":
            yield from _texts(max(least, 1), most, value)
        case "minLength" if limit > 1:
            yield from _texts(limit - 1, limit - 1, value)
        case "maxLength" if limit < MOST:
            yield from _texts(limit + 1, limit + 1, value)
        case "minimum" | "maximum":
            sign = -1 if word == "minimum" else 1
            steps = [each.get("multipleOf", 1) for each in words]
            yield from (as_kind(kind, limit + sign * step) for step in (0, *steps))
        case "multipleOf":
            yield from (as_kind(kind, each + 1) for each in _numbers(words))
        case "minItems":
            yield value[: limit - 1]
        case "maxItems" if limit < MOST:
            repeatable = not any(each.get("uniqueItems") for each in words)
            yield list(items[: limit + 1]) if items and not repeatable else _of_size(words, value, limit + 1)
        case "uniqueItems" if value:
            yield [value[0], *copy.deepcopy(value)]
        case "minProperties":
            yield dict(list(value.items())[: limit - 1])
        case "maxProperties":
            yield _with_keys(kind, value, limit + 1)


def as_kind(kind: Type, value: Any) -> Any:
    """A number or text of a limit as an argument of this kind."""
    match kind.kind:
        case "string":
            return f"{value:g}" if isinstance(value, float) else str(value)
        case "integer" | "number" if isinstance(value, str):
            return int(value) if value.isdecimal() else value
        case "integer":
            return math.ceil(value)
    return value


def _texts(least: int, most: int, value: str) -> Iterator[str]:
    for length in dict.fromkeys((min(max(len(value), least), most), least, min(most, least + 8), min(most, least + 3))):
        for seed in (value, *_SEEDS):
            if seed:
                yield (seed * (length // len(seed) + 1))[:length]
                yield seed[:length] + "a" * (length - len(seed))


def _numbers(words: Sequence[Words]) -> Iterator[float]:
    least = max((each["minimum"] for each in words if "minimum" in each), default=None)
    most = min((each["maximum"] for each in words if "maximum" in each), default=None)
    low = least if least is not None else most - 1 if most is not None else 1
    step = next((each["multipleOf"] for each in words if "multipleOf" in each), 1)
    yield from (low, low + 1, math.ceil(low / step) * step, low + 0.5)


def _is_ranged(words: Sequence[Words]) -> bool:
    return any(word in each for each in words for word in ("minimum", "maximum", "multipleOf"))


def is_no_number(words: Sequence[Words], value: Any) -> bool:
    """Whether a text stands where a number is meant: the limits say nothing of it, and the provider would refuse it."""
    return isinstance(value, str) and _is_ranged(words) and number(value) is None


def _least(words: Sequence[Words], word: str) -> int:
    return max((each[word] for each in words if word in each), default=0)


def _most(words: Sequence[Words], word: str) -> int:
    return min((each[word] for each in words if word in each), default=MOST)


def _of_size(words: Sequence[Words], items: list[Any], size: int) -> list[Any]:
    """So many items, each of them another one where an item may be there only once."""
    grown = (items * (size // len(items) + 1))[:size] if items else []
    if any(each.get("uniqueItems") for each in words):
        return [_other(item, index) for index, item in enumerate(grown)]
    return [copy.deepcopy(item) for item in grown]


def _other(item: Any, index: int) -> Any:
    """The index-th variant of an item; the first is the item itself."""
    if index == 0:
        return copy.deepcopy(item)
    if isinstance(item, str):
        return f"{item[: max(1, len(item) - len(str(index)))]}{index}" if len(item) > 1 else chr(ord(item) + index)
    if isinstance(item, dict):
        free = [name for name, value in item.items() if isinstance(value, str) and value.startswith(_MADE_UP)]
        return item | {free[0]: _other(item[free[0]], index)} if free else copy.deepcopy(item)
    return item + index if isinstance(item, int | float) and not isinstance(item, bool) else copy.deepcopy(item)


def _with_keys(kind: Type, value: dict[str, Any], size: int) -> dict[str, Any]:
    if kind.kind == "map":
        first = next(iter(value.values()), "a")
        return {f"key{index}": first for index in range(size)}
    properties = kind.object.properties if kind.object else {}
    more = [name for name in properties if name not in value]
    return value | {name: made_up(properties[name].type, name) for name in more[: max(0, size - len(value))]}


def made_up(kind: Type, name: str) -> Any:
    """A value of a kind; what it must be beyond that is mended afterwards."""
    match kind.kind:
        case "boolean":
            return False
        case "integer" | "number":
            return 1
        case "list" if kind.element:
            return [made_up(kind.element, name)]
        case "map" if kind.element:
            return {"key": made_up(kind.element, name)}
        case "object" if kind.object:
            needed = kind.object.properties.values()
            return {each.name: made_up(each.type, each.name) for each in needed if each.required}
    return f"{_MADE_UP}{name}"
