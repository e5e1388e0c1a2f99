"""What the judge asks of the catalogue: the entry of a type."""

from collections.abc import Callable
from dataclasses import dataclass

from policies.core.tree import ANYTHING, Node


@dataclass(frozen=True, slots=True)
class Denial:
    """Why a type is denied, under which rule, and what to write instead."""

    rule: str
    lets_through: str
    instead: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A classified type: its arguments with their constraints, or its denial.

    `encoded` are the names of the arguments, from the outermost, whose values are texts in base64. `fault` is a
    sentence about a slip in the catalogue that makes the type impossible to judge.
    """

    tree: Node = ANYTHING
    encoded: frozenset[tuple[str, ...]] = frozenset()
    denial: Denial | None = None
    fault: str = ""


# The entry of a type token; None for a type that nobody has classified.
LookUp = Callable[[str], Entry | None]
