"""Reads definitions of resources as the engine writes them after an import: blocks of literal values.

The language (PCL) has more: loops, templates, conditions. An import has none of it, and what isn't known is refused.
Source of what an import has: pulumi/pulumi, pkg/importer/hcl2.go.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(
    r"""\s+ | (?P<text>"(?:[^"\\]|\\.)*") | (?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)
    | (?P<name>[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*) | (?P<mark>[={}\[\](),])""",
    re.VERBOSE,
)
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}
_END = ("", "")
_TEMPLATE = re.compile(r"(\$|%)(\1?)\{")


class DefinitionError(ValueError):
    """A definition of a form that no import is known to have."""


@dataclass(frozen=True)
class Reference:
    """Another resource, or an output of it: `vcn.id`."""

    path: str


@dataclass(frozen=True)
class Secret:
    """A value that the state keeps encrypted."""

    value: Any


class PropertyName(str):
    """A key that is the name of a property; the keys of a map are plain text."""

    __slots__ = ()


@dataclass(frozen=True)
class Block:
    """One block: its kind, its labels, its attributes (plain values, references, secrets), the blocks inside."""

    kind: str
    labels: tuple[str, ...]
    attributes: dict[str, Any] = field(default_factory=dict)
    blocks: list["Block"] = field(default_factory=list)


def parse_definitions(text: str) -> list[Block]:
    """The blocks of a source.

    Raises:
        DefinitionError: it has something that an import is not known to have.
    """
    reader = _Reader(text)
    outermost = Block("", ())
    reader.body(outermost, end="")
    return outermost.blocks


class _Reader:
    """Takes the source token by token; a token is its kind and its text, and the end is ("", "")."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0

    def body(self, block: Block, end: str) -> None:
        while self._next not in (("mark", end), _END):
            kind, name = self._take()
            if kind != "name":
                raise DefinitionError(f"{name!r} begins no attribute and no block")
            if self._next == ("mark", "="):
                self._take()
                block.attributes[name] = self._value()
            else:
                block.blocks.append(self._block(name))
        self._end(end)

    def _block(self, kind: str) -> Block:
        labels = []
        while self._next != ("mark", "{"):
            of, text = self._take()
            if of not in ("name", "text"):
                raise DefinitionError(f"{text!r} is no label of {kind}")
            labels.append(_text(text) if of == "text" else text)
        self._take()
        block = Block(kind, tuple(labels))
        self.body(block, end="}")
        return block

    def _value(self) -> Any:
        match self._take():
            case "text", text:
                return _text(text)
            case "number", digits:
                return float(digits) if re.search(r"[.eE]", digits) else int(digits)
            case "mark", "[":
                return list(self._listed("]", self._value))
            case "mark", "{":
                return dict(self._listed("}", self._pair))
            case "name", name if name in _WORDS:
                return _WORDS[name]
            case "name", "secret" if self._next == ("mark", "("):
                self._take()
                (value,) = self._listed(")", self._value)
                return Secret(value)
            case "name", name if self._next != ("mark", "("):
                return Reference(name)
            case _, text:
                raise DefinitionError(f"{text!r} is no value that an import is known to have")

    def _listed(self, end: str, read: Callable[[], Any]) -> Iterator[Any]:
        while self._next not in (("mark", end), _END):
            yield read()
            if self._next == ("mark", ","):
                self._take()
        self._end(end)

    def _pair(self) -> tuple[str, Any]:
        kind, key = self._take()
        if kind not in ("name", "text") or self._take() != ("mark", "="):
            raise DefinitionError(f"{key!r} is no key of an object")
        return (_text(key) if kind == "text" else PropertyName(key)), self._value()

    def _end(self, end: str) -> None:
        if end and self._take() != ("mark", end):
            raise DefinitionError(f"the definition ends before its {end}")

    @property
    def _next(self) -> tuple[str, str]:
        return self._tokens[self._at]

    def _take(self) -> tuple[str, str]:
        taken = self._next
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return taken


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise DefinitionError(f"{text[at : at + 20]!r} is of no known form")
        if found.lastgroup:
            yield found.lastgroup, found[found.lastgroup]
        at = found.end()
    yield _END


def _text(quoted: str) -> str:
    """The text of a quoted template without parts: `$${` stands for `${`."""

    def literally(found: re.Match[str]) -> str:
        if not found[2]:
            raise DefinitionError(f"{quoted} is a template")
        return found[1] + "{"

    return _TEMPLATE.sub(literally, str(json.loads(quoted)))
