"""Alerts, their history, silences and what is to be sent, in one SQLite file.

Whatever belongs together is written in one transaction: an alert that changed, and its message on every route that
takes it. Several processes may write; each waits for the others.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assurance.alerts.alert import Alert, Event, Message, State
from assurance.alerts.silence import Silence
from boundary import BoundaryError

# Which routes take a message, given those that were told of its alert and not yet that it is over.
Takers = Callable[[Message, frozenset[str]], Iterable[str]]


@dataclass(frozen=True)
class Store:
    """An open file of alerts."""

    path: Path
    connection: sqlite3.Connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything in it is written, or nothing."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
        except BaseException:
            # A full disk may have ended it already.
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def close(self) -> None:
        """Lets go of the file."""
        self.connection.close()

    def alerts(self, *, over: bool = False) -> list[Alert]:
        """Those that aren't over; or all of them."""
        rows = self.connection.execute(
            "SELECT data FROM alerts" if over else "SELECT data FROM alerts WHERE state != ?",
            () if over else (State.RESOLVED,),
        )
        return [Alert.model_validate_json(data) for (data,) in rows]

    def alert(self, beginning: str) -> Alert:
        """The alert whose id begins so.

        Raises:
            BoundaryError: there is none, or there are several.
        """
        rows = self.connection.execute(
            "SELECT data FROM alerts WHERE substr(id, 1, ?) = ? LIMIT 2", (len(beginning), beginning)
        ).fetchall()
        if not rows or not beginning:
            raise BoundaryError(
                f"there is no alert {beginning!r}; `python -m assurance.alerts list` shows those there are"
            )
        if len(rows) > 1:
            raise BoundaryError(f"{beginning!r} begins the id of several alerts; write more of it")
        return Alert.model_validate_json(rows[0][0])

    def history(self, id: str) -> list[Message]:
        """What was told of an alert, the oldest first."""
        rows = self.connection.execute("SELECT data FROM messages WHERE alert = ? ORDER BY n", (id,))
        return [Message.model_validate_json(data) for (data,) in rows]

    def keep(self, alerts: Iterable[Alert], messages: Iterable[Message], takers: Takers) -> None:
        """Writes alerts as they are now, and queues what is to be told; within a transaction."""
        self.connection.executemany(
            "INSERT OR REPLACE INTO alerts VALUES (?, ?, ?)",
            ((each.id, each.state, each.model_dump_json()) for each in alerts),
        )
        for each in messages:
            self.connection.execute(
                "INSERT INTO messages SELECT ?, COALESCE(MAX(n), 0) + 1, ?, ? FROM messages",
                (each.id, each.alert.id, each.model_dump_json()),
            )
            self.connection.executemany(
                "INSERT INTO queue (route, message, alert, event) VALUES (?, ?, ?, ?)",
                ((route, each.id, each.alert.id, each.event) for route in takers(each, self._told(each.alert.id))),
            )

    def _told(self, alert: str) -> frozenset[str]:
        rows = self.connection.execute(
            "SELECT route, event, MAX(n) FROM queue WHERE alert = ? GROUP BY route", (alert,)
        )
        return frozenset(route for route, event, _ in rows if event != Event.RESOLVED)

    def looked(self, look: str, at: float, whole: bool) -> None:
        """Notes a look; within a transaction."""
        self.connection.execute("INSERT OR REPLACE INTO looks VALUES (?, ?, ?)", (look, at, whole))

    def looks(self) -> list[tuple[str, float, bool]]:
        """What was looked at, when last, and whether that look counts; the one longest ago first."""
        rows = self.connection.execute("SELECT look, at, whole FROM looks ORDER BY at, look")
        return [(look, at, bool(whole)) for look, at, whole in rows]

    def silences(self) -> list[Silence]:
        """All of them, those that are over too."""
        rows = self.connection.execute("SELECT data FROM silences ORDER BY n")
        return [Silence.model_validate_json(data) for (data,) in rows]

    def silence(self, silence: Silence) -> None:
        """One more."""
        with self.transaction():
            self.connection.execute("INSERT INTO silences (data) VALUES (?)", (silence.model_dump_json(),))
