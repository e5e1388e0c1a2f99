"""The live view of a run on a terminal. It goes away when the run is over; the result screen takes its place."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from runs.events import Event
from runs.guarded import UP
from runs.progress import Line, Progress
from runs.views.words import out_of, span

_UNDER_WAY = 6
_BAR, _DONE, _LEFT = 24, "█", "░"
_SECONDS_BETWEEN_PICTURES = 0.25


class LiveView:
    """Redraws the state of a run in place. `now` is in seconds since 1970."""

    def __init__(self, console: Console, now: Callable[[], float] = time.time) -> None:
        self._console = console
        self._now = now

    @contextmanager
    def watching(
        self, command: str, stack: str, expected: Mapping[str, int]
    ) -> Iterator[Callable[[Event | None], None]]:
        """Shows one run; see `runs.guarded.View`."""
        progress = Progress(expected, changes_only=command == UP)
        started = self._now()

        def drawn() -> RenderableType:
            return picture(f"{command} of {stack}", progress, self._now() - started, self._now())

        # It draws when an event comes or none has come for a while, and so needs no thread.
        with Live(get_renderable=drawn, console=self._console, auto_refresh=False, transient=True) as live:
            shown = started

            def take(event: Event | None) -> None:
                nonlocal shown
                if event is not None:
                    progress.take(event)
                if self._now() - shown >= _SECONDS_BETWEEN_PICTURES:
                    shown = self._now()
                    live.refresh()

            yield take


def picture(title: str, progress: Progress, seconds: float, now: float) -> RenderableType:
    """The whole view: the phase, the systems, what is under way."""
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    head.add_column(justify="right", no_wrap=True)
    head.add_row(
        Text.assemble(("› ", "bold cyan"), (title, "bold"), f": {progress.phase}"),
        f"{out_of(progress.done, progress.of)} resources  {span(seconds)}",
    )
    return Group(head, _systems(progress), *_under_way(progress, now))


def _systems(progress: Progress) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    for line in progress.lines():
        table.add_row(f"  {line.system}", out_of(line.done, line.of), _bar(line))
    return table


def _bar(line: Line) -> Text:
    """A bar that can be read without colours."""
    done = _BAR * line.done // line.of if line.of else 0
    return Text.assemble((_DONE * done, "green"), (_LEFT * (_BAR - done), "dim")) if line.of else Text()


def _under_way(progress: Progress, now: float) -> list[RenderableType]:
    waiting = progress.under_way()
    if not waiting:
        return []
    table = Table.grid(expand=True, padding=(0, 2))
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column(justify="right", no_wrap=True)
    for each in waiting[:_UNDER_WAY]:
        table.add_row(f"    {each.words}", span(max(now - each.since, 0)))
    if len(waiting) > _UNDER_WAY:
        table.add_row(f"    and {len(waiting) - _UNDER_WAY:,} more", "")
    return [Text("  under way", style="dim"), table]
