"""One alert's whole life, from a violation in a preview to resolved: `docs/examples/alerts`, as each step was told."""

import io
import json
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from assurance.alerts import life
from assurance.alerts.alert import Alert, Message, Origin
from assurance.alerts.holding import Held
from assurance.alerts.opening import opened
from assurance.alerts.outbox import Outbox
from assurance.alerts.parcel import Parcel
from assurance.alerts.routes import AppriseRoute, load_routing
from assurance.alerts.show import show_alerts, show_history
from assurance.alerts.silence import Match, Silence
from assurance.alerts.sources.results import take as read
from assurance.alerts.store import Store
from assurance.alerts.taking import by_hand, take
from policies.results.data import data
from tests.documents.document import Document
from tests.policies.whole_stack import judged
from tests.policies.whole_stack_ids import ENVIRONMENT

FILE = Path("docs/examples/alerts/one-life.txt")
_START = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
_ORIGIN = Origin(who="Ann Example", commit="4f2a9c1d7e3b5a6088f1c2d3e4f5a6b7c8d9e0f1")
_WIDTH = 110
_ROUTING = load_routing().model_copy(
    update={"routes": (AppriseRoute.model_validate({"name": "channel", "to": "apprise", "secret": "CHANNEL"}),)}
)


class _Day:
    """What happens, and what the channel is told of it."""

    def __init__(self, store: Store) -> None:
        self.store, self.now, self.lines = store, _START, list[str]()

    def step(self, hours: float, says: str, act: Callable[[], object]) -> None:
        """Something happens, some hours after the last."""
        self.now += timedelta(hours=hours)
        self.lines += ["", f"── {self.now:%Y-%m-%d %H:%M}  {says}", ""]
        act()
        outbox = Outbox(self.store, _ROUTING, _ROUTING.routes[0], Held(_ROUTING))
        told = 0
        while isinstance(parcel := outbox.next(self.now.timestamp()), Parcel):
            outbox.sent(parcel, self.now.timestamp())
            self.lines += [f"   {parcel.title}", *(f"   {each}" for each in parcel.text.splitlines()), ""]
            told += 1
        if not told:
            self.lines += ["   (nothing is told)", ""]

    def preview(self, violation: str, unproved: str = "") -> Callable[[], list[Message]]:
        """A preview of the whole stack, with a violation beside it or with none."""

        def act() -> list[Message]:
            document = json.loads(data(judged(violation))) | {"source": "run of the engine"}
            if unproved:
                document |= {"proved": False, "unproved": unproved}
            with tempfile.TemporaryDirectory() as directory:
                file = Path(directory) / "results.json"
                file.write_text(json.dumps(document), encoding="utf-8")
                taken = read(file, ENVIRONMENT)
            return take(self.store, (taken.found, taken.proof), lambda _: _ORIGIN, self.now, _ROUTING.takers)

        return act

    def acknowledge(self) -> None:
        """Ann has it."""
        why = "a leftover of a trial; it goes with the next change"
        by_hand(self.store, self.alert.id, lambda each: life.acknowledge(each, "Ann", why, self.now), _ROUTING.takers)

    def silence(self) -> None:
        """Until the next morning."""
        until = _START + timedelta(days=1)
        match = Match(id=(self.alert.id,))
        self.store.silence(Silence(match=match, until=until, why="the change is in review", by="Ann"))

    @property
    def alert(self) -> Alert:
        """The violation's."""
        return next(each for each in self.store.alerts(over=True) if each.subject.kind == "violation")

    def screen(self, command: str, show: Callable[[Console], None]) -> None:
        """What a command shows."""
        written = io.StringIO()
        show(Console(file=written, width=_WIDTH, highlight=False, no_color=True))
        self.lines += ["", f"$ {command}", "", *(line.rstrip() for line in written.getvalue().splitlines())]


def text() -> str:
    """The whole day, and what the commands show of it."""
    with tempfile.TemporaryDirectory() as directory, opened(Path(directory) / "alerts.db") as store:
        day = _Day(store)
        day.lines = ["One alert's life, written by `make docs`: what happens, and what a channel is told of it."]
        day.step(0, "a preview finds a violation", day.preview("local_peering"))
        day.step(1, "the next preview finds it too", day.preview("local_peering"))
        day.step(1, "Ann acknowledges it", day.acknowledge)
        day.step(0.5, "Ann silences it until the next morning", day.silence)
        alerts, silences = store.alerts(), store.silences()
        day.screen("make alerts", lambda console: show_alerts(alerts, silences, day.now, console))
        day.step(1, "a preview is cut off: it resolves nothing", day.preview("", "the run has not come to its end"))
        day.step(1, "a preview finds nothing, and everything was judged", day.preview(""))
        alert = day.alert
        history = store.history(alert.id)
        day.screen(
            f"python -m assurance.alerts history {alert.id[:8]}", lambda console: show_history(alert, history, console)
        )
        return "\n".join(day.lines) + "\n"


DOCUMENTS = (Document(FILE, text),)
