"""What a value says, as settings: each text with the key that it stands under, in whatever notation it is written.

A name says little by itself (`search.elsewhere.io` may be a file); the key before it says what it is for. Keys are
those of maps, of pairs like `{name: …, value: …}`, of YAML and JSON that a text is, of lines and of a command's flags.
What is in no such notation is a text without a key.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import yaml

from policies.core.plain import Plain, opened
from policies.rules.carried.documents import is_shallow


class Setting(NamedTuple):
    """A text and its key. Of a `line` (`host a.example`) the key is the first word, which may be any."""

    key: str
    text: str
    line: bool = False


# Something of a value, or of a document that a text in it is.
_Part = Plain | yaml.Node

_LINE = re.compile(r"^[ \t]*([\w.@-]+)[ \t]+(\S.*)$", re.MULTILINE)
# `--endpoint a.example`, `-Dendpoint=a.example`; in a list, the flag and its value are two texts.
_FLAG = re.compile(r"(?<!\S)(--?[a-z][\w.-]*)(?:[ \t]+|=)([^\s-]\S*)", re.IGNORECASE)
_ONLY_FLAG = re.compile(r"--?[a-z][\w.-]*", re.IGNORECASE)
# Without one of these a text is one text in YAML too.
_MAY_BE_DOCUMENT = re.compile(r"[\[{:?]|-(?!\S)")
# A text in a document may be a document too, such as a configuration in a manifest.
_DEEPEST, _LONGEST = 4, 1_000_000


def settings_in(value: Plain) -> Iterator[Setting]:
    """Every text in a value, however deep, with its key; what isn't known yet is judged when it is."""
    # What an alias in YAML stands for is one node, however often it is named.
    seen: dict[tuple[str, int], yaml.Node] = {}
    pending: list[tuple[str, _Part, int]] = [("", value, 0)]
    while pending:
        key, part, depth = pending.pop()
        if isinstance(part, yaml.Node):
            if (key, id(part)) in seen:
                continue
            seen[key, id(part)] = part
        else:
            part = opened(part)
        text = _text(part)
        if text is None:
            pending.extend((below, each, depth) for below, each in _below(key, part))
            continue
        yield Setting(key, text)
        yield from (Setting(word, rest, line=True) for word, rest in _LINE.findall(text))
        yield from (Setting(flag, rest) for flag, rest in _FLAG.findall(text))
        if depth < _DEEPEST:
            pending.extend((key, document, depth + 1) for document in _documents(text))


def _text(part: _Part) -> str | None:
    part = part.value if isinstance(part, yaml.ScalarNode) else part
    return part if isinstance(part, str) else None


def _below(key: str, part: _Part) -> Iterator[tuple[str, _Part]]:
    """What a map or a list holds, each with its key."""
    if isinstance(part, Mapping):
        yield from _members([*part.items()])
    elif isinstance(part, yaml.MappingNode):
        yield from _members(part.value)
    elif isinstance(part, yaml.SequenceNode):
        yield from _elements(key, part.value)
    elif isinstance(part, list):
        yield from _elements(key, part)


def _members(members: Sequence[tuple[_Part, _Part]]) -> Iterator[tuple[str, _Part]]:
    """Keys, which are texts too, and values under their keys; the value of a pair is under the pair's name."""
    named = [(_text(name) or "", opened(each) if not isinstance(each, yaml.Node) else each) for name, each in members]
    pair = next((text for name, each in named if name.lower().endswith(("name", "key")) and (text := _text(each))), "")
    yield from (("", name) for name, _ in members)
    yield from ((pair if pair and name.lower().endswith("value") else name, each) for name, each in named)


def _elements(key: str, elements: Sequence[_Part]) -> Iterator[tuple[str, _Part]]:
    """What a list holds, under the list's key or under the flag before it."""
    flag = ""
    for each in elements:
        yield flag or key, each
        text = _text(each)
        flag = text if text and _ONLY_FLAG.fullmatch(text) else ""


def _documents(text: str) -> list[yaml.Node]:
    """What a text is in YAML, of which JSON is a part; nothing where it is neither, or only a text."""
    if len(text) > _LONGEST or not _MAY_BE_DOCUMENT.search(text) or not is_shallow(text):
        return []
    try:
        # As nodes: each is as it is written, whatever its tag would make of it.
        documents = list(yaml.compose_all(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        return []
    return [each for each in documents if not isinstance(each, yaml.ScalarNode)]
