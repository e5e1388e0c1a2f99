"""How a run is shown while it goes on: a live view on a terminal, a few lines elsewhere."""

from rich.console import Console

from runs.guarded import View
from runs.views.lines import Lines
from runs.views.live import LiveView


def view_for(console: Console) -> View:
    """The live view where somebody looks at a terminal, else lines for a log."""
    return LiveView(console) if console.is_terminal and not console.is_dumb_terminal else Lines(console)


__all__ = ["Lines", "LiveView", "view_for"]
