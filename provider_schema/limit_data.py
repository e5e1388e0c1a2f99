"""The data of Oracle's limits on arguments, read and compiled a type at a time, at its first use.

It is `oracle-limits.jsonl`, a line a type; `oracle-limits.md` says where it is from, how paths and conditions are
written, and what is missing.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from provider_schema.limit_words import Words

DATA = Path(__file__).with_name("oracle-limits.jsonl")

_NOT_WORDS = ("of", "doubt", "model", "source")

Around = tuple[tuple[str, Any], ...]
"""The values that a value lies in, outermost first, each with its path without indices."""


@dataclass(frozen=True)
class Condition:
    """Holds when the argument at `path` has one of `values`, which are compared without case."""

    path: str
    values: tuple[str, ...]

    def holds(self, around: Around) -> bool:
        """Whether it holds for what lies around a value: at the same elements of the same lists."""
        outer, value = next(
            (path, value) for path, value in reversed(around) if path == "" or self.path.startswith(f"{path}.")
        )
        wanted = {each.casefold() for each in self.values}
        steps = self.path[len(outer) :].lstrip(".").split(".")
        return any(str(found).casefold() in wanted for found in _at(value, steps))


@dataclass(frozen=True)
class Limit:
    """The words that hold for a path under all of `conditions`; those in `doubtful` may be wrong."""

    words: Words
    conditions: tuple[Condition, ...]
    doubtful: frozenset[str]


@dataclass(frozen=True)
class Limits:
    """A type's limits by path; `required` has, by the path of an object, what must be given in it."""

    arguments: Mapping[str, tuple[Limit, ...]]
    required: Mapping[str, tuple[tuple[str, tuple[Condition, ...]], ...]]
    opened: frozenset[str]
    """Every path that has a limit in it or below: nothing else is looked into."""


@cache
def limits_of(type: str) -> Limits | None:
    """A type's limits, compiled; None for a type that the data lacks."""
    line = _lines().get(type)
    return _compiled(json.loads(line)) if line else None


@cache
def limited_types() -> tuple[str, ...]:
    """The types that the data has, sorted."""
    return tuple(sorted(_lines()))


@cache
def request_model(type: str) -> tuple[str, str] | None:
    """The API's model that a type's creation sends, and the version of the API; None where nobody tells."""
    line = _lines().get(type)
    found = json.loads(line) if line else {}
    return (found["model"].split()[-1], found.get("spec", "")) if "model" in found else None


@cache
def _lines() -> dict[str, str]:
    """The data's lines by type, which is what each begins with, so that a type that isn't used isn't read."""
    lines = DATA.read_text(encoding="utf-8").splitlines()
    return {line.split('"', 4)[3]: line for line in lines}


def _compiled(line: dict[str, Any]) -> Limits:
    arguments = {
        path: tuple(_limit(each) for each in (found if isinstance(found, list) else [found]))
        for path, found in line["arguments"].items()
    }
    wanted: list[tuple[str, tuple[Condition, ...]]] = [(path, ()) for path in line.get("required", ())]
    for text, paths in line.get("requiredOf", {}).items():
        wanted += [(path, tuple(_condition(each) for each in text.split(" & "))) for path in paths]
    parted = sorted(((*_parted(path), conditions) for path, conditions in wanted), key=lambda each: each[0])
    required = {
        parent: tuple((name, conditions) for _, name, conditions in group)
        for parent, group in groupby(parted, key=lambda each: each[0])
    }
    opened = {outer for path in (*arguments, *required) for outer in _outward(path)}
    return Limits(arguments, required, frozenset(opened))


def _limit(found: dict[str, Any]) -> Limit:
    conditions = tuple(_condition(text) for text in found.get("of", ()))
    return Limit(
        {word: bound for word, bound in found.items() if word not in _NOT_WORDS},
        conditions,
        frozenset(found.get("doubt", ())),
    )


def _condition(text: str) -> Condition:
    path, _, values = text.partition("=")
    return Condition(path, tuple(values.split("|")))


def _parted(path: str) -> tuple[str, str]:
    parent, _, name = path.rpartition(".")
    return parent, name


def _outward(path: str) -> Iterator[str]:
    """A path and all that it lies in: `a.b[]`, `a.b`, `a`."""
    while path:
        yield path
        path = path[:-2] if path.endswith(("[]", "{}")) else path.rpartition(".")[0]


def _at(value: Any, steps: list[str]) -> Iterator[Any]:
    """Every value at a path, through any element of a list on the way."""
    if not steps:
        yield value
        return
    name = steps[0].removesuffix("[]")
    found = value.get(name) if isinstance(value, Mapping) else None
    for each in found if isinstance(found, list) and steps[0].endswith("[]") else [found]:
        yield from _at(each, steps[1:])
