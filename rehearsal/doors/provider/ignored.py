"""Changes that a program asks to be left alone (`ignoreChanges`): the old value stands in for the new one.

The engine does this to a program's inputs by itself; what Check fills in afterwards it leaves to the provider.
Source of the paths: pulumi/pulumi, sdk/go/common/resource/property_path.go: `tags.note`, `tags["a.b"]`, `rules[0]`, and
`*` for every element.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from rehearsal.doors.provider.values import Secret

_PART = re.compile(r'\[(?:(?P<index>\d+)|(?P<every>\*)|"(?P<quoted>(?:[^"\\]|\\.)*)")\]|\.?(?P<name>[^.\[\]"]+)')
_EVERY: Final = "*"
_ABSENT: Final = object()

Part = str | int


def with_ignored(old: dict[str, Any], new: dict[str, Any], paths: Iterable[str]) -> dict[str, Any]:
    """The new inputs, with the old values at these paths."""
    for path in paths:
        new = _reset(old, new, parse_path(path))
    return new


def parse_path(path: str) -> list[Part]:
    """The parts of a property path: names, indices, or `*`."""
    return [
        int(part["index"]) if part["index"] else _EVERY if part["every"] else part["name"] or _unescaped(part["quoted"])
        for part in _PART.finditer(path)
    ]


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _reset(old: Any, new: Any, parts: list[Part]) -> Any:
    if not parts:
        return old
    if isinstance(new, Secret):
        return Secret(_reset(_open(old), new.value, parts))
    before, (first, *rest) = _open(old), parts
    if isinstance(new, dict):
        known = before if isinstance(before, dict) else {}
        names = [*new, *(name for name in known if name not in new)]
        changed = {
            name: _reset(known.get(name, _ABSENT), new.get(name, _ABSENT), rest)
            if first in (_EVERY, name)
            else new.get(name, _ABSENT)
            for name in names
        }
        return {name: value for name, value in changed.items() if value is not _ABSENT}
    if isinstance(new, list) and isinstance(before, list):
        return [
            _reset(before[index], item, rest) if first in (_EVERY, index) and index < len(before) else item
            for index, item in enumerate(new)
        ]
    return new


def _open(value: Any) -> Any:
    return value.value if isinstance(value, Secret) else value
