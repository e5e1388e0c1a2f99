"""What the rehearsal says to a person, on standard error, so that standard output stays for data."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape

console = Console(stderr=True, highlight=False, soft_wrap=True)


def say(sentence: str) -> None:
    """One line of what happens now."""
    console.print(f"[bold cyan]›[/] {escape(sentence)}")


def warn(sentence: str) -> None:
    """One line that a person should not miss."""
    console.print(f"[bold yellow]![/] {escape(sentence)}")


@contextmanager
def steps(title: str, total: int) -> Iterator["Steps"]:
    """Progress of a long work with known parts: a bar on a terminal, a line each tenth elsewhere."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("[bold cyan]›[/] {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not sys.stderr.isatty(), transient=True) as progress:
        yield Steps(title, total, progress, progress.add_task(title, total=total))


class Steps:
    """Counts the parts of one long work."""

    def __init__(self, title: str, total: int, progress: object, task: object) -> None:
        self._title, self._total, self._done = title, max(total, 1), 0
        self._progress, self._task = progress, task

    def advance(self) -> None:
        """One more part is done; a part too many is no progress."""
        if self._done == self._total:
            return
        self._done += 1
        if sys.stderr.isatty():
            self._progress.update(self._task, completed=self._done)  # type: ignore[attr-defined]
        elif (self._done * 10) // self._total > ((self._done - 1) * 10) // self._total:
            say(f"{self._title}: {self._done * 100 // self._total} %")
