"""A run in a log: a line when it begins, and one now and then while it goes on, so that nobody takes it for dead."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape

from runs.events import Event
from runs.guarded import UP
from runs.progress import Progress
from runs.views.words import out_of, span

_SECONDS_BETWEEN_LINES = 30
_LONG = 5


class Lines:
    """Writes lines; `now` is in seconds since 1970."""

    def __init__(self, console: Console, now: Callable[[], float] = time.time) -> None:
        self._console = console
        self._now = now

    @contextmanager
    def watching(
        self, command: str, stack: str, expected: Mapping[str, int]
    ) -> Iterator[Callable[[Event | None], None]]:
        """Shows one run; see `runs.guarded.View`."""
        progress = Progress(expected, changes_only=command == UP)
        started = last = self._now()
        self._say(f"{command} of {stack}")

        def take(event: Event | None) -> None:
            nonlocal last
            if event is not None:
                progress.take(event)
            if self._now() - last >= _SECONDS_BETWEEN_LINES:
                last = self._now()
                self._say(f"{command} of {stack}: {_far(progress, last - started, last)}")

        yield take

    def _say(self, sentence: str) -> None:
        self._console.print(f"[bold cyan]›[/] {escape(sentence)}")


def _far(progress: Progress, seconds: float, now: float) -> str:
    told = f"{progress.phase}, {out_of(progress.done, progress.of)} resources, {span(seconds)}"
    waiting = progress.under_way()
    longest = now - waiting[0].since if waiting else 0
    return f"{told}; longest under way: {waiting[0].words}, {span(longest)}" if longest >= _LONG else told
