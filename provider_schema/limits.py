"""The limits that Oracle's API puts on arguments: lengths, patterns, ranges, enumerations, sizes, what is required.

Arguments are named as the engine names them, and paths are written as `argument_paths` writes them: `rules[].priority`;
`x[]` is an element of a list, `x{}` a value of a map.

An empty text isn't measured: it stands for what isn't given (Oracle's own tests give it against a `minLength` of 1). An
empty list doesn't give what is required: Oracle's provider leaves it out of a creation, and the SDK refuses a body
without what is mandatory.
Source: oracle/terraform-provider-oci 8.28.0, any `Create` (`if len(tmp) != 0 || s.D.HasChange(...)`), and oci-go-sdk
65.123.2, common/http.go ("can not omit nil fields").
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from provider_schema.limit_data import Around, Condition, Limit, Limits, limits_of
from provider_schema.limit_words import broken

REQUIRED = "required"

_MARKS = ("exclusiveMinimum", "exclusiveMaximum")


@dataclass(frozen=True)
class Breach:
    """One value that Oracle doesn't take: where it is, which word of the limit it breaks, and how; never the value."""

    path: str
    word: str
    says: str
    is_doubtful: bool

    @property
    def sentence(self) -> str:
        """The path and what is wrong with it."""
        return f"{self.path}: {self.says}"


@dataclass(frozen=True)
class Place:
    """A value of a body: its path with indices, the same without them, and what it lies in."""

    path: str
    pattern: str
    value: Any
    around: Around

    @property
    def here(self) -> Around:
        """What a value within this one lies in."""
        return (*self.around, (self.pattern, self.value))


def _never(value: Any) -> bool:
    return False


def breaches(type: str, body: Mapping[str, Any], is_hidden: Callable[[Any], bool] = _never) -> list[Breach]:
    """What Oracle wouldn't take of a body; what is hidden counts as given and isn't measured.

    A type that the data lacks has no limits.
    """
    limits = limits_of(type)
    if limits is None:
        return []
    places = _places(limits, Place("", "", body, ()))
    return [breach for place in places for breach in _at_place(limits, place, is_hidden)]


def holding(type: str, body: Mapping[str, Any]) -> Iterator[tuple[Place, list[Limit]]]:
    """Every value of a body that has limits, with those that hold for it."""
    limits = limits_of(type)
    if limits is None:
        return
    for place in _places(limits, Place("", "", body, ())):
        if found := _holding(limits, place):
            yield place, found


def _places(limits: Limits, place: Place) -> Iterator[Place]:
    """A value and all in it that has a limit, or has one further in."""
    yield place
    value, here = place.value, place.here
    if isinstance(value, list) and (pattern := f"{place.pattern}[]") in limits.opened:
        for index, item in enumerate(value):
            yield from _places(limits, Place(f"{place.path}[{index}]", pattern, item, here))
    elif isinstance(value, Mapping) and (pattern := f"{place.pattern}{{}}") in limits.opened:
        for name, item in value.items():
            yield from _places(limits, Place(f"{place.path}.{name}", pattern, item, here))
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if (pattern := _join(place.pattern, name)) in limits.opened:
                yield from _places(limits, Place(_join(place.path, name), pattern, item, here))


def _at_place(limits: Limits, place: Place, is_hidden: Callable[[Any], bool]) -> Iterator[Breach]:
    if place.value is None or place.value == "" or is_hidden(place.value):
        return
    for limit in _holding(limits, place):
        for word in limit.words:
            if word not in _MARKS and (says := broken(word, limit.words, place.value)):
                yield Breach(place.path, word, says, word in limit.doubtful)
    if isinstance(place.value, Mapping):
        for name, conditions in limits.required.get(place.pattern, ()):
            if place.value.get(name) in (None, []) and _all_hold(conditions, place.here):
                yield Breach(_join(place.path, name), REQUIRED, "is required and not given", False)


def _holding(limits: Limits, place: Place) -> list[Limit]:
    return [limit for limit in limits.arguments.get(place.pattern, ()) if _all_hold(limit.conditions, place.around)]


def _all_hold(conditions: tuple[Condition, ...], around: Around) -> bool:
    return all(condition.holds(around) for condition in conditions)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
