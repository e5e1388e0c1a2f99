"""The few forms that the result screen is made of. Text comes from names and messages: nothing in it is markup."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

LABEL_WIDTH = 13


def head(console: Console, mark: str, text: str, style: str) -> None:
    """The one line that says what it came to."""
    row(console, mark, text, style, text_style="bold", indent=0)


def title(console: Console, text: str) -> None:
    """What the next lines are about, after an empty line."""
    console.print()
    console.print(Text(text, style="bold"))


def row(console: Console, mark: str, text: str, style: str = "", *, text_style: str = "", indent: int = 2) -> None:
    """A line with a mark before it; what is too long goes on below, under its own beginning."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(" " * indent + mark, style=style), Text(text, style=text_style))
    console.print(grid)


def labelled(console: Console, pairs: Iterable[tuple[str, str]], indent: int = 2) -> None:
    """Lines with a word before each; a text of several lines keeps them."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True, style="dim", min_width=LABEL_WIDTH + indent)
    grid.add_column(overflow="fold")
    for label, text in pairs:
        if text:
            grid.add_row(Text(" " * indent + label), Text(text))
    if grid.row_count:
        console.print(grid)


def at_most(items: Sequence[str], most: int, what: str = "more") -> list[str]:
    """The first of them, and how many are left out."""
    left = len(items) - most
    return list(items) if left <= 0 else [*items[:most], f"and {left:,} {what}"]
