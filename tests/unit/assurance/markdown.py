"""A comment as GitHub's own parser reads it, and what it then would do: tags, mentions, issues, balance."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options

_ALLOWED = frozenset({"details", "summary", "sub"})
_FROM_MARKDOWN = frozenset(
    ("p", "h2", "h3", "strong", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "a")
)
# As GitHub finds them in the text of a comment, outside code and links.
_MENTION = re.compile(r"(?<![\w/])@[A-Za-z0-9][\w-]*(?:/[\w-]+)?")
_ISSUE = re.compile(r"(?i)(?<!\w)(?:[\w.-]+/[\w.-]+)?#\d+|\bGH-\d+")
_CLOSING = re.compile(r"(?i)\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:#\d|GH-\d|\S+/\S+#\d|https?://\S)")
_COMMIT = re.compile(r"\b[0-9a-f]{7,40}\b")


@dataclass
class Rendered(HTMLParser):
    """What a comment becomes: its tags, its text outside code and links, and where its links lead."""

    raw: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    text: str = ""
    comments: int = 0
    open: list[str] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("br", "hr"):
            self.open.append(tag)
        if tag == "tr":
            self.cells.append(0)
        if tag in ("td", "th"):
            self.cells[-1] += 1
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_comment(self, data: str) -> None:
        self.comments += 1

    def handle_data(self, data: str) -> None:
        if not {"code", "pre", "a"} & set(self.open):
            self.text += data


def rendered(comment: str) -> Rendered:
    """A comment as GitHub shows it, before it takes out what it doesn't allow."""
    extensions = ["table", "autolink", "strikethrough", "tagfilter"]
    html = cmarkgfm.markdown_to_html_with_extensions(comment, options=Options.CMARK_OPT_UNSAFE, extensions=extensions)
    page = Rendered()
    page.feed(html)
    page.close()
    return page


def harms(comment: str, ours: str = "https://github.com/o/r/") -> list[str]:
    """Everything that a comment does beyond being read; empty for one that does nothing.

    `ours` is what its links begin with.
    """
    page = rendered(comment)
    found = [f"tag {tag}" for tag in page.tags if tag not in _ALLOWED | _FROM_MARKDOWN]
    found += [f"left open {tag}" for tag in page.open]
    for name, pattern in {"mention": _MENTION, "issue": _ISSUE, "closing": _CLOSING, "commit": _COMMIT}.items():
        found += [f"{name} {each.group()}" for each in pattern.finditer(page.text)]
    found += [f"link {each}" for each in page.links if not each.startswith(ours)]
    return found
