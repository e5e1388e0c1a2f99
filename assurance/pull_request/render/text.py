"""Texts of other people in a comment: they may say anything, and do nothing.

On GitHub a text can notify people (`@name`), close issues (`closes #1`, `GH-1`, an address of one), open a tag, break a
table or end a block. Here a name stands between backticks, where none of that happens; a sentence has everything that
means something taken out or kept apart by a space that nobody sees.
Sources: https://github.github.com/gfm/ and "Autolinked references and URLs" of GitHub's documentation.
"""

import re
from collections.abc import Iterable

from assurance.pull_request.report import NAME_LENGTH, SENTENCE_LENGTH, Place
from assurance.pull_request.words import shown

_APART = "\u200b"
# Punctuation with which something begins in Markdown or HTML.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$!^#])")
_MENTION = re.compile(r"(?<=[@#])(?=\S)")
_ISSUE = re.compile(r"(?i)\b(GH-)(?=\d)")
_ADDRESS = re.compile(r"(?i)(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=\bmailto)(?=:)|(?<=\bxmpp)(?=:)")
_COMMIT = re.compile(r"\b[0-9a-f]{7,64}\b")
_LIST = re.compile(r"^([-+=]|\d+(?=[.)]))")
_BACKTICK, _QUOTE = "`", "'"


def code(text: str, length: int = NAME_LENGTH) -> str:
    """A name between backticks, fit for a table too; a dash for none."""
    words = shown(text, length).replace(_BACKTICK, _QUOTE).replace("|", "\\|").strip()
    return f"`{words}`" if words.strip("\\|") else "–"


def prose(text: str, length: int = SENTENCE_LENGTH) -> str:
    """A sentence, fit for a table too; a dash for none. What stood between backticks stands in quotes."""
    words = shown(text, length).replace(_BACKTICK, _QUOTE) or "–"
    words = _SPECIAL.sub(r"\\\1", words).replace("&", "&amp;")
    words = _LIST.sub(rf"\1{_APART}", words)
    words = _COMMIT.sub(lambda found: _APART.join(re.findall(".{1,6}", found.group())), words)
    words = _MENTION.sub(_APART, words)
    words = _ISSUE.sub(rf"\1{_APART}", words)
    return _ADDRESS.sub(_APART, words)


def block_line(text: str, length: int) -> str:
    """A line of a fenced block: it can't end the block."""
    return shown(text, length).replace(_BACKTICK, _QUOTE)


def listing(words: Iterable[str], most: int = 6) -> str:
    """A few words with commas, and how many more there are."""
    every = list(words)
    more = [f"{len(every) - most} more"] if len(every) > most else []
    *first, last = [*every[:most], *more] or ["–"]
    return f"{', '.join(first)} and {last}" if first else last


def plural(number: int, noun: str) -> str:
    """A number and its noun: `1 violation`, `2,000 changes`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


class Links:
    """Where a place in the program can be looked at: beside the change's own commit, if it is known where that is."""

    def __init__(self, blobs: str = "") -> None:
        """`blobs` is the address of a commit's files: `https://github.com/OWNER/REPOSITORY/blob/SHA`."""
        self._blobs = blobs.rstrip("/")

    def place(self, place: Place | None) -> str:
        """The place, as a link where there is one."""
        if place is None:
            return "–"
        label = f"`{place.file}:{place.line}`"
        return f"[{label}]({self._blobs}/{place.file}#L{place.line})" if self._blobs else label
