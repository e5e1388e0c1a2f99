"""How a run is shown while it goes on: a live view on a terminal, a few lines elsewhere."""

import time
from collections.abc import Callable

from rich.console import Console

from runs.guarded import View
from runs.views.lines import Lines
from runs.views.live import LiveView


def view_for(console: Console, now: Callable[[], float] = time.time) -> View:
    """The live view where somebody looks at a terminal, else lines for a log. `now` is in seconds since 1970."""
    live = console.is_terminal and not console.is_dumb_terminal
    return LiveView(console, now) if live else Lines(console, now)


__all__ = ["Lines", "LiveView", "view_for"]
