"""Sends what waits: each route in a thread of its own, so that a slow target holds up no other.

One process at a time sends on a route; the kernel lets go of a route whose sender was killed.
"""

import fcntl
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from assurance.alerts.holding import Held
from assurance.alerts.opening import opened
from assurance.alerts.outbox import Outbox
from assurance.alerts.parcel import Later, Outcome, Parcel, Refused, Taken
from assurance.alerts.routes import Route, Routing
from assurance.alerts.senders import Sender, sender_for
from boundary import BoundaryError, clock

_LONGEST_SLEEP = 1.0


@dataclass(frozen=True)
class Report:
    """What came of one route: messages and parcels that were taken, messages that wait, and why."""

    route: str
    messages: int = 0
    parcels: int = 0
    waiting: int = 0
    why: str = ""

    @property
    def sentence(self) -> str:
        """The same in words."""
        parcels = f" in {_count(self.parcels, 'parcel')}" if self.parcels != self.messages else ""
        waiting = f"; {self.waiting} waiting" if self.waiting else ""
        return f"{self.route}: {self.messages} sent{parcels}{waiting}{f' ({self.why})' if self.why else ''}"


Make = Callable[[Route], Sender]


def send(path: Path, routing: Routing, seconds: float = 0.0, make: Make = sender_for) -> list[Report]:
    """Sends what may be sent now, and for so many seconds what may be sent then."""
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(max_workers=max(1, len(routing.routes))) as pool:
        work = [pool.submit(_work, path, routing, route, end, make) for route in routing.routes]
        return [each.result() for each in work] + _left_behind(path, routing)


def _work(path: Path, routing: Routing, route: Route, end: float, make: Make) -> Report:
    report = Report(route.name)
    with opened(path) as store, _alone(path, route.name) as alone:
        # What is lost of this, a repetition under the same id makes good.
        store.connection.execute("PRAGMA synchronous = NORMAL")
        outbox = Outbox(store, routing, route, Held(routing))
        if not alone:
            return replace(report, waiting=_waiting(outbox), why="another sender is at it")
        try:
            sender = make(route)
        except BoundaryError as error:
            return replace(report, waiting=_waiting(outbox), why=str(error))
        why = ""
        while (step := outbox.next(_now())) is not None:
            if isinstance(step, Parcel):
                outcome = sender.send(step)
                _record(outbox, step, outcome)
                why = "" if isinstance(outcome, Taken) else outcome.why
                if isinstance(outcome, Taken):
                    report = replace(report, messages=report.messages + len(step.messages), parcels=report.parcels + 1)
            elif time.monotonic() + step > end:
                break
            else:
                time.sleep(min(step, _LONGEST_SLEEP))
        return replace(report, waiting=_waiting(outbox), why=why)


def _record(outbox: Outbox, parcel: Parcel, outcome: Outcome) -> None:
    match outcome:
        case Taken():
            outbox.sent(parcel, _now())
        case Later():
            outbox.later(outcome, _now())
        case Refused():
            outbox.refused(parcel, outcome, _now())


@contextmanager
def _alone(path: Path, route: str) -> Iterator[bool]:
    with path.with_name(f"{path.name}.{route}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _waiting(outbox: Outbox) -> int:
    rows = outbox.store.connection.execute(
        "SELECT COUNT(*) FROM queue WHERE route = ? AND done IS NULL", (outbox.route.name,)
    )
    return rows.fetchone()[0]


def _left_behind(path: Path, routing: Routing) -> list[Report]:
    """Messages for routes that are in the file no more."""
    known = {each.name for each in routing.routes}
    with opened(path) as store:
        rows = store.connection.execute("SELECT route, COUNT(*) FROM queue WHERE done IS NULL GROUP BY route")
        counts: Mapping[str, int] = dict(rows.fetchall())
    why = "it is in stacks/alerts.yaml no more; put it back, or these are never sent"
    return [Report(name, waiting=count, why=why) for name, count in counts.items() if name not in known]


def _now() -> float:
    return clock.now().timestamp()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
