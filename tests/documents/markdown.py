"""Pages of Markdown as GitHub reads them: links, headings' anchors, inline code and blocks of code."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm

from tests.documents.document import ROOT

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass
class Page:
    """What a page refers to and can be referred to by."""

    file: Path
    links: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    blocks: list[tuple[str, str]] = field(default_factory=list)
    """Language and text of each fenced block."""

    @property
    def name(self) -> str:
        """Its path in the project."""
        return self.file.relative_to(ROOT).as_posix()


def pages() -> list[Page]:
    """Every page of the project that people read."""
    rooms = [each for each in ROOT.iterdir() if each.is_dir() and (each.name == ".github" or each.name[0] != ".")]
    files = [*ROOT.glob("*.md"), *(file for room in rooms for file in room.rglob("*.md"))]
    return [page(file) for file in sorted(files)]


@cache
def page(file: Path) -> Page:
    """One page, read once."""
    reader = _Reader(Page(file))
    reader.feed(cmarkgfm.github_flavored_markdown_to_html(file.read_text(encoding="utf-8")))
    return reader.page


def anchor(heading: str) -> str:
    """What GitHub calls the anchor of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self._open: list[str] = []
        self._language, self._text = "", ""
        self._seen: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and (target := given.get("href")):
            self.page.links.append(target)
        if tag in _HEADINGS or tag == "code":
            self._text = self._text if _HEADINGS & set(self._open) else ""
        if tag == "pre":
            self._language = given.get("lang") or ""
        self._open.append(tag)

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass
        if tag in _HEADINGS:
            name = anchor(self._text)
            self.page.anchors.append(f"{name}-{self._seen[name]}" if self._seen[name] else name)
            self._seen[name] += 1
        elif tag == "code" and "pre" in self._open:
            self.page.blocks.append((self._language, self._text))
        elif tag == "code" and not _HEADINGS & set(self._open):
            self.page.code.append(self._text)
