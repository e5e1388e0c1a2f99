"""Shows how far a run is: a bar on a terminal, a line each tenth elsewhere; nothing for a run of a moment."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from policies.results import Event, Judged, RunStarted

_WORTH_SHOWING = 5000
_COLUMNS = (TextColumn("[bold cyan]›[/] judging"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())


def watched(events: Iterable[Event], console: Console) -> Iterator[Event]:
    """The same events, while the console shows how many resources are judged."""
    total = done = 0
    with Progress(*_COLUMNS, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None, visible=False)
        for event in events:
            if isinstance(event, RunStarted):
                total = event.registered
                progress.update(task, total=total, visible=total >= _WORTH_SHOWING)
            elif isinstance(event, Judged):
                done += 1
                progress.update(task, completed=done)
                tenth = done * 10 // total > (done - 1) * 10 // total
                if tenth and total >= _WORTH_SHOWING and not console.is_terminal:
                    console.print(f"[bold cyan]›[/] judging: {done * 100 // total} %")
            yield event
