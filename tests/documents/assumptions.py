"""docs/assumptions.md: what the program assumes, gathered from where it is assumed.

An assumption is a paragraph of a docstring, or lines of a comment, that begins with `Assumption:`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.documents.document import ROOT

FILE = Path("docs") / "assumptions.md"
ROOMS = ("boundary", "iam", "infra", "policies", "rehearsal", "stacks")

_SAID = re.compile(
    r"^[ \t]*(?:"
    r"# Assumption: (?P<comment>.*(?:\n[ \t]*# (?!Assumption: ).*)*)"
    r'|(?:""")?Assumption: (?P<paragraph>(?:(?!""").|\n(?!\s*\n|\s*Assumption: |\s*"""))*)'
    r")",
    re.MULTILINE,
)
_HEAD = """# Assumptions

What is taken for true and was found on no page of Oracle's, or is for the product to say. Each stands in the file where
it matters, in a paragraph that begins with `Assumption:`; whoever finds the page puts its address there instead.
Written by `make docs`.

Two kinds are elsewhere: the numbers that sizes are computed from, in [capacity.md](capacity.md), each with its source
or called an assumption; and what the flow proof takes on trust, in [believed.yaml](../policies/flow/believed.yaml).

| where | what is assumed |
|---|---|
"""


class Assumption(NamedTuple):
    """What is assumed, and the file that assumes it."""

    file: Path
    text: str


def files() -> Iterator[Path]:
    """Where assumptions are looked for."""
    for room in ROOMS:
        yield from sorted(path for path in (ROOT / room).rglob("*") if path.suffix in {".py", ".yaml"})


def assumptions() -> Iterator[Assumption]:
    """Every assumption, by file."""
    for path in files():
        for text in said_in(path.read_text(encoding="utf-8")):
            yield Assumption(path.relative_to(ROOT), text)


def said_in(source: str) -> Iterator[str]:
    """The assumptions in the text of one file, each in one line."""
    for found in _SAID.finditer(source):
        text = found["comment"] or found["paragraph"]
        yield " ".join(re.sub(r"\n[ \t]*#? ?", " ", text).split())


def text() -> str:
    """The whole document."""
    rows = (f"| [{each.file}](../{each.file}) | {_cell(each.text)} |\n" for each in assumptions())
    return _HEAD + "".join(rows)


def _cell(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}".replace("|", "\\|")
