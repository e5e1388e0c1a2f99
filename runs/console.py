"""The console that results are written to: standard output, as wide as the terminal, or as a log is read."""

import os

from rich.console import Console

_LOG_WIDTH = 120


def result_console() -> Console:
    """A console for one command; COLUMNS sets its width anywhere."""
    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        return Console(highlight=False, width=_LOG_WIDTH)
    return console
