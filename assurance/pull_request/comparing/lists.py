"""Cuts lists and texts to the report's limits."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from assurance.pull_request.report import MAX_ITEMS, NAME_LENGTH, SENTENCE_LENGTH, Listed
from assurance.pull_request.words import shown

Item = TypeVar("Item")


def listed(items: Sequence[Item], most: int = MAX_ITEMS) -> Listed[Item]:
    """The first items of a list, and how many there were."""
    return Listed(items=tuple(items[:most]), total=len(items))


def name(text: str) -> str:
    """A text as a name."""
    return shown(text, NAME_LENGTH)


def sentence(text: str) -> str:
    """A text as a sentence."""
    return shown(text, SENTENCE_LENGTH)


def names(texts: Iterable[str], most: int) -> tuple[str, ...]:
    """The first few of some texts, as names."""
    return tuple(name(text) for text, _ in zip(texts, range(most), strict=False))
