"""One row of the table of pairs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rehearsal.world.behaviour import Change

CONFLICT = (409, "Conflict")
INVALID = (400, "InvalidParameter")


@dataclass(frozen=True)
class Pair:
    """Two things that aren't there together.

    `what` says it in words, `source` is where Oracle does. `excluded` gives a sentence for each thing that the change
    would have together with the other; it is asked about changes of `types`.
    """

    what: str
    types: tuple[str, ...]
    source: str
    excluded: Callable[[Change], Iterator[str]]
    answer: tuple[int, str] = CONFLICT
