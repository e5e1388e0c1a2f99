"""The comment on a terminal: its Markdown without what only a browser shows."""

import re
from collections.abc import Iterator

from rich.console import Console
from rich.markdown import Markdown

_TAG = re.compile(r"</?(?:details|summary|sub)>")
_COMMENT = re.compile(r"^<!-- .* -->$")
_UNSEEN = str.maketrans("", "", "\u200b")


def show(comment: str, console: Console) -> None:
    """Prints a comment, the picture left out."""
    console.print(Markdown("\n".join(_seen(comment))))


def _seen(comment: str) -> Iterator[str]:
    drawing = False
    for line in comment.translate(_UNSEEN).splitlines():
        if line.startswith("```"):
            drawing = line == "```mermaid" or (drawing and False)
            if drawing:
                continue
        yield _TAG.sub("", line) if not _COMMENT.match(line) else ""
