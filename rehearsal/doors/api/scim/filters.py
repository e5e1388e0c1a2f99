"""Filters of SCIM: `userName sw "a" and not (groups pr)`, `emails[type eq "work"]`.

Hand-written, as the query language of Search is: scim2-filter-parser makes SQL of a filter, had its last release in
2024, and would be one more package to trust.
Source: RFC 7644, section 3.4.2.2, https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2

Assumption: a filter by an attribute that nothing has matches nothing, and `pr` asks for a value that isn't empty.
"""

import json
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from rehearsal.doors.api.scim.paths import parts_of, values_at
from rehearsal.world.model import invalid

Matches = Callable[[Mapping[str, Any]], bool]

_TOKEN = re.compile(r'\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<sign>[()\[\]])|(?P<word>[^\s()\[\]"]+))')
_DEEPEST = 50
_LONGEST = 20_000
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda value, wanted: bool(value == wanted),
    "co": lambda value, wanted: str(wanted) in str(value),
    "sw": lambda value, wanted: str(value).startswith(str(wanted)),
    "ew": lambda value, wanted: str(value).endswith(str(wanted)),
    "gt": lambda value, wanted: bool(value > wanted),
    "ge": lambda value, wanted: bool(value >= wanted),
    "lt": lambda value, wanted: bool(value < wanted),
    "le": lambda value, wanted: bool(value <= wanted),
}


def matcher(text: str, extensions: Collection[str] = ()) -> Matches:
    """What tells whether a resource fulfils a filter; an empty one is fulfilled by all.

    Raises:
        ServiceError: 400, in one sentence that names the place.
    """
    if not text.strip():
        return lambda resource: True
    if len(text) > _LONGEST:
        raise invalid(f"the filter has {len(text)} characters; it may have {_LONGEST}")
    return _Parser(text, extensions).filter()


class _Parser:
    def __init__(self, text: str, extensions: Collection[str]) -> None:
        self._extensions = extensions
        self._tokens = list(_tokens(text))
        self._place = 0
        self._depth = 0

    def filter(self) -> Matches:
        found = self._any()
        if self._next[0]:
            raise self._unexpected()
        return found

    @property
    def _next(self) -> tuple[str, int]:
        return self._tokens[self._place]

    def _take(self) -> str:
        self._place += bool(self._next[0])
        return self._tokens[self._place - 1][0]

    def _is(self, *words: str) -> bool:
        return self._next[0].lower() in words

    def _unexpected(self) -> Exception:
        value, at = self._next
        return invalid(f"the filter can't have {value or 'its end'} at character {at}")

    def _expect(self, sign: str) -> None:
        if not self._is(sign):
            raise self._unexpected()
        self._take()

    def _any(self) -> Matches:
        parts = [self._all()]
        while self._is("or"):
            self._take()
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else lambda resource: any(part(resource) for part in parts)

    def _all(self) -> Matches:
        parts = [self._one()]
        while self._is("and"):
            self._take()
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else lambda resource: all(part(resource) for part in parts)

    def _one(self) -> Matches:
        if self._is("not"):
            self._take()
            inner = self._group("(", ")")
            return lambda resource: not inner(resource)
        return self._group("(", ")") if self._is("(") else self._comparison()

    def _group(self, opening: str, closing: str) -> Matches:
        self._expect(opening)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._unexpected()
        inner = self._any()
        self._expect(closing)
        self._depth -= 1
        return inner

    def _comparison(self) -> Matches:
        path = self._path()
        if self._is("["):
            inner = self._group("[", "]")
            return lambda resource: any(inner(item) for item in _objects(resource, path))
        if self._is("pr"):
            self._take()
            return lambda resource: any(value != "" for value in values_at(dict(resource), path))
        if not self._is("ne", *_COMPARE):
            raise self._unexpected()
        operator, wanted = self._take().lower(), self._value()
        if operator == "ne":
            return lambda resource: not _holds("eq", resource, path, wanted)
        return lambda resource: _holds(operator, resource, path, wanted)

    def _path(self) -> tuple[str, ...]:
        if not re.match(r"[A-Za-z$]", self._next[0]):
            raise self._unexpected()
        return parts_of(self._take(), self._extensions)

    def _value(self) -> Any:
        value = self._next[0]
        try:
            found = json.loads(value if value.startswith('"') else value.lower())
        except ValueError:
            raise self._unexpected() from None
        self._take()
        return found


def _tokens(text: str) -> list[tuple[str, int]]:
    found, place = [], 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise invalid(f"the filter has a quote that nothing closes at character {place + 1}")
        found.append((match[match.lastgroup], match.start(match.lastgroup) + 1))
        place = match.end()
    return [*found, ("", len(text) + 1)]


def _holds(operator: str, resource: Mapping[str, Any], path: tuple[str, ...], wanted: Any) -> bool:
    values = list(values_at(dict(resource), path))
    if wanted is None:
        return operator == "eq" and not values
    return any(_COMPARE[operator](*pair) for value in values if (pair := _alike(value, wanted)))


def _alike(value: Any, wanted: Any) -> tuple[Any, Any] | None:
    """Both sides so that they can be compared; None where they are of different kinds."""
    if isinstance(value, bool) or isinstance(wanted, bool):
        return (str(value).lower(), str(wanted).lower())
    if isinstance(value, str) and isinstance(wanted, str):
        return value.lower(), wanted.lower()
    numbers = isinstance(value, int | float) and isinstance(wanted, int | float)
    return (value, wanted) if numbers else None


def _objects(resource: Mapping[str, Any], path: tuple[str, ...]) -> list[Mapping[str, Any]]:
    found: list[Any] = [resource]
    for name in path:
        inner = [value for each in found for key, value in each.items() if key.lower() == name]
        flat = [item for value in inner for item in (value if isinstance(value, list) else [value])]
        found = [item for item in flat if isinstance(item, Mapping)]
    return found
