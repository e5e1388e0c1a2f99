"""Bodies that fit a type's limits, and for each limit of a type one body that keeps to it and one that breaks it alone.

A body is mended by what the limits say of it: what is required and missing is added, what is outside is brought inside.
"""

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from provider_schema import Type, resource_type
from provider_schema.limit_data import Limit, limits_of
from provider_schema.limits import REQUIRED, Breach, breaches, holding
from tests.support.limit_values import NoValueError, as_kind, fits, inside, is_no_number, made_up, outside

Body = dict[str, Any]

_STEP = re.compile(r"([^.\[\]{}]+)|\[(\d*)\]|\{\}")
_ROUNDS = 20


@dataclass(frozen=True)
class Example:
    """A body inside a limit at a path, one outside, and what is to be found wrong with that one: paths and words."""

    path: str
    word: str
    inside: Body
    outside: Body
    wrong: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Unbreakable:
    """A limit for which there is no body outside, and why."""

    path: str
    word: str
    reason: str


def fitted(token: str, body: Body, may_change: Callable[[str], bool] = lambda path: True) -> Body:
    """The body with what is required, and with what is outside a limit brought inside where it may be changed.

    Raises:
        NoValueError: it can't be mended.
    """
    body, added = copy.deepcopy(body), set()
    for _ in range(_ROUNDS):
        found = [
            each
            for each in breaches(token, body)
            if each.word == REQUIRED or may_change(each.path) or any(each.path.startswith(path) for path in added)
        ]
        if not found:
            return body
        added |= {each.path for each in found if each.word == REQUIRED}
        _mend(token, body, found)
    raise NoValueError(f"{token}: {found[0].sentence}, and mending doesn't help")


def completed(token: str, body: Body) -> Body:
    """The body with what is required and missing, and nothing else changed."""
    given = set(body)
    return fitted(token, body, lambda path: re.split(r"[.\[]", path)[0] not in given)


def examples(token: str) -> Iterator[Example | Unbreakable]:
    """For every word of every limit of a type."""
    limits = limits_of(token)
    for path, found in limits.arguments.items() if limits else ():
        for limit in found:
            yield from _examples(token, path, limit)


def _examples(token: str, path: str, limit: Limit) -> Iterator[Example | Unbreakable]:
    words = [word for word in limit.words if not word.startswith("exclusive")]
    try:
        place, body = _within(token, path, limit)
    except NoValueError as error:
        yield from (Unbreakable(path, word, str(error)) for word in words)
        return
    kind = _type_at(token, place)
    value = _get(body, place)
    holds = [each for each in _words_at(token, body, place) if each is not limit.words]
    items = [item for each in _words_at(token, body, f"{place}[0]") for item in each.get("enum", ())]
    for word in words:
        try:
            wrong = copy.deepcopy(body)
            beyond = outside(word, [limit.words, *holds], kind, value, items)
        except NoValueError as error:
            yield Unbreakable(path, word, str(error))
            continue
        _put(wrong, place, beyond)
        also = {(place, REQUIRED)} if beyond == [] and _is_required(token, body, place) else set()
        yield Example(path, word, body, wrong, frozenset({(place, word)} | also))


def _within(token: str, path: str, limit: Limit) -> tuple[str, Body]:
    """A body that fits, with a value at this path for which this limit holds; and where the value is."""
    body = copy.deepcopy(_least(token))
    fixed = {}
    for condition in limit.conditions:
        where = _opened(token, body, condition.path)
        _put(body, where, as_kind(_type_at(token, where), condition.values[0]))
        fixed[where] = condition.values[0]
    place = _opened(token, body, path)
    body = fitted(token, body, lambda changed: changed not in fixed)
    if not any(each is limit.words for each in _words_at(token, body, place)):
        raise NoValueError("its conditions exclude one another")
    if _get(body, place) in ("", None):
        raise NoValueError("nothing but an empty text fits")
    return place, body


@cache
def _least(token: str) -> Body:
    return fitted(token, {})


def _mend(token: str, body: Body, found: list[Breach]) -> None:
    for breach in found:
        if breach.word == REQUIRED:
            _put(body, breach.path, made_up(_type_at(token, breach.path), _name_at(breach.path)))
    outside_now = {breach.path for breach in found if breach.word != REQUIRED}
    for place, limits in list(holding(token, body)):
        words = [limit.words for limit in limits]
        wrong = place.path in outside_now and not fits(words, place.value)
        if wrong or is_no_number(words, place.value):
            _put(body, place.path, inside(words, _type_at(token, place.path), place.value))


def _words_at(token: str, body: Body, path: str) -> list[Any]:
    found = (limits for place, limits in holding(token, body) if place.path == path)
    return [limit.words for limits in found for limit in limits]


def _is_required(token: str, body: Body, place: str) -> bool:
    without = copy.deepcopy(body)
    _put(without, place, None)
    return any((each.path, each.word) == (place, REQUIRED) for each in breaches(token, without))


def _opened(token: str, body: Body, path: str) -> str:
    """Makes what a path leads through, with one element in each list, and a value at its end; where that is."""
    place, steps = "", list(_steps(path))
    for step in steps:
        if step == "{}":
            place = f"{place}.key"
        elif step == "[]":
            place = f"{place}[0]"
        else:
            place = f"{place}.{step}" if place else step
        if _get(body, place) in (None, [], {}):
            _put(body, place, made_up(_type_at(token, place), _name_at(place)))
    return place


def _steps(path: str) -> Iterator[str]:
    yield from (found[0] for found in _STEP.finditer(path))


def _type_at(token: str, place: str) -> Type:
    """The type of the value at a place."""
    properties, found = resource_type(token).inputs, None
    for step in _steps(place):
        if step.startswith("[") or (found is not None and found.kind == "map"):
            found = found.element if found else None
        else:
            found = properties[step].type
        if found is not None and found.object:
            properties = found.object.properties
    assert found is not None, f"{token} has no {place}"
    return found


def _name_at(place: str) -> str:
    return [step for step in _steps(place) if not step.startswith(("[", "{"))][-1]


def _get(body: Any, place: str) -> Any:
    for step in _steps(place):
        index = int(step[1:-1]) if step.startswith("[") else None
        if index is not None:
            body = body[index] if isinstance(body, list) and len(body) > index else None
        else:
            body = body.get(step) if isinstance(body, dict) else None
    return body


def _put(body: Body, place: str, value: Any) -> None:
    *way, last = _steps(place)
    holder: Any = body
    for step in way:
        holder = holder[int(step[1:-1])] if step.startswith("[") else holder[step]
    if last.startswith("["):
        index = int(last[1:-1])
        holder[index : index + 1] = [value]
    else:
        holder[last] = value
