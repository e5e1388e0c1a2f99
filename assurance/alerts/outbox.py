"""The outbox of one route: what is sent next, and what came of it. All of it is in the file: a kill loses nothing.

What is sent together is written down before the first attempt and stays together: a repetition is the same to the last
letter, under the same id. No message of an alert is sent while an earlier one of it waits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assurance.alerts import text
from assurance.alerts.alert import Event, Message
from assurance.alerts.holding import Held
from assurance.alerts.parcel import Later, Parcel, Refused, parcel_id, parcel_of
from assurance.alerts.routes import Route, Routing
from assurance.alerts.store import Store

_LONGEST_WISH = 3_600.0
# How much a digest's heading may take of it.
_HEADING = 400


@dataclass(frozen=True)
class Row:
    """A message that waits."""

    n: int
    message: str
    alert: str
    event: Event


@dataclass(frozen=True)
class Outbox:
    """What waits for one route. One process at a time has it (assurance/alerts/sending.py)."""

    store: Store
    routing: Routing
    route: Route
    held: Held

    def next(self, now: float) -> Parcel | float | None:
        """What is to be sent now; or in how many seconds something may be; None where nothing waits."""
        with self.store.transaction():
            gate = self._gate(now)
            unfinished = self._unfinished(now)
            if isinstance(unfinished, list):
                return gate or self._parcel(unfinished)
            waiting = self._waiting(now)
            if not waiting:
                return unfinished
            early = self._gathering(waiting[0], now)
            if gate or early:
                return max(gate, early)
            rows = self._together(waiting)
            self._write(rows)
            return self._parcel([each.message for each in rows])

    def sent(self, parcel: Parcel, now: float) -> None:
        """The target has it."""
        with self.store.transaction() as connection:
            key = (self.route.name, parcel.id)
            connection.execute("UPDATE queue SET done = 'sent' WHERE route = ? AND batch = ?", key)
            connection.execute("DELETE FROM batches WHERE route = ? AND id = ?", key)
            self._note(0, 0.0, now, "")

    def later(self, outcome: Later, now: float) -> None:
        """The whole route waits: what the target asks for, or longer each time."""
        with self.store.transaction():
            tries = self._state()[0] + 1
            wait = min(outcome.after, _LONGEST_WISH) if outcome.after is not None else self._backoff(tries)
            self._note(tries, now + wait, now, outcome.why)

    def refused(self, parcel: Parcel, outcome: Refused, now: float) -> None:
        """This parcel waits; a digest is taken apart, so that what can't be taken holds up nothing else."""
        with self.store.transaction() as connection:
            key = (self.route.name, parcel.id)
            if len(parcel.messages) > 1:
                connection.execute("DELETE FROM batches WHERE route = ? AND id = ?", key)
                for row in self._rows(key):
                    self._write([row])
            else:
                (tries,) = connection.execute("SELECT tries FROM batches WHERE route = ? AND id = ?", key).fetchone()
                due = now + self._backoff(tries + 1)
                connection.execute(
                    "UPDATE batches SET tries = ?, due = ?, says = ? WHERE route = ? AND id = ?",
                    (tries + 1, due, outcome.why, *key),
                )
            self._note(0, 0.0, now, "")

    def _state(self) -> tuple[int, float, float]:
        row = self.store.connection.execute("SELECT tries, due, last FROM routes WHERE name = ?", (self.route.name,))
        return row.fetchone() or (0, 0.0, 0.0)

    def _note(self, tries: int, due: float, last: float, says: str) -> None:
        self.store.connection.execute(
            "INSERT OR REPLACE INTO routes VALUES (?, ?, ?, ?, ?)", (self.route.name, tries, due, last, says)
        )

    def _backoff(self, tries: int) -> float:
        backoff = self.route.backoff
        return min(backoff.most, backoff.first * 2.0 ** min(tries - 1, 30))

    def _gate(self, now: float) -> float:
        """How many seconds nothing may be sent: after a failure, or because the target takes only so many."""
        _, due, last = self._state()
        return max(self._left(due, now, self.route.backoff.most), self._left(last + self.route.every, now, 0.0))

    def _left(self, due: float, now: float, most: float) -> float:
        """What is left of a wait. A longer one than there is any comes of a clock that was set back."""
        left = due - now
        return left if 0 < left <= max(most, _LONGEST_WISH, self.route.every) else 0.0

    def _unfinished(self, now: float) -> list[str] | float | None:
        """The messages of the first batch that may be tried again; or when one may be; None where there is none."""
        rows = self.store.connection.execute(
            "SELECT id, due FROM batches WHERE route = ? ORDER BY first", (self.route.name,)
        ).fetchall()
        soonest: float | None = None
        blocked: set[str] = set()
        for id, due in rows:
            members = self.store.connection.execute(
                "SELECT message, alert FROM queue WHERE route = ? AND batch = ? ORDER BY n", (self.route.name, id)
            ).fetchall()
            alerts = {alert for _, alert in members}
            left = self._left(due, now, self.route.backoff.most)
            if not left and not alerts & blocked:
                return [message for message, _ in members]
            blocked |= alerts
            soonest = left if soonest is None or 0 < left < soonest else soonest
        return soonest

    def _waiting(self, now: float) -> list[Row]:
        """What may be told, the oldest first, as much as fits into one digest; what is held is passed over."""
        most = self.route.digest.most if self.route.digest else 1
        moment = datetime.fromtimestamp(now, UTC)
        found: list[Row] = []
        for row in self._open_rows():
            if self.held.is_held(self.store, self.route.name, row.alert, row.event, moment):
                continue
            found.append(row)
            if len(found) >= most:
                break
        return found

    def _open_rows(self) -> Iterator[Row]:
        name = self.route.name
        rows = self.store.connection.execute(
            "SELECT n, message, alert, event FROM queue WHERE route = ? AND done IS NULL AND batch IS NULL AND alert "
            "NOT IN (SELECT alert FROM queue WHERE route = ? AND done IS NULL AND batch IS NOT NULL) ORDER BY n",
            (name, name),
        )
        return (Row(n, message, alert, Event(event)) for n, message, alert, event in rows)

    def _gathering(self, first: Row, now: float) -> float:
        """How long the oldest still waits for others to come with it."""
        if not self.route.wait:
            return 0.0
        return self._left(self._message(first.message).at.timestamp() + self.route.wait, now, self.route.wait)

    def _together(self, waiting: Sequence[Row]) -> Sequence[Row]:
        digest = self.route.digest
        if digest is None or len(waiting) <= digest.above:
            return waiting[:1]
        room = digest.size - _HEADING
        for number, row in enumerate(waiting):
            # A line may begin a group, whose heading is no longer than a line.
            room -= 2 * len(text.line(self._message(row.message)).encode()) + 2
            if room < 0:
                return waiting[: max(number, 1)]
        return waiting

    def _write(self, rows: Sequence[Row]) -> None:
        id = parcel_id([each.message for each in rows])
        self.store.connection.execute(
            "INSERT INTO batches VALUES (?, ?, ?, 0, 0, '')", (self.route.name, id, rows[0].n)
        )
        self.store.connection.executemany("UPDATE queue SET batch = ? WHERE n = ?", ((id, each.n) for each in rows))

    def _rows(self, batch: tuple[str, str]) -> list[Row]:
        rows = self.store.connection.execute(
            "SELECT n, message, alert, event FROM queue WHERE route = ? AND batch = ? ORDER BY n", batch
        )
        return [Row(n, message, alert, Event(event)) for n, message, alert, event in rows]

    def _parcel(self, messages: Sequence[str]) -> Parcel:
        return parcel_of(self.route, self.routing, [self._message(each) for each in messages])

    def _message(self, id: str) -> Message:
        (data,) = self.store.connection.execute("SELECT data FROM messages WHERE id = ?", (id,)).fetchone()
        return Message.model_validate_json(data)
