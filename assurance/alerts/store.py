"""Alerts, their history, silences and what is to be sent, in one SQLite file.

Whatever belongs together is written in one transaction: an alert that changed, and its message on every route that
takes it. Several processes may write; each waits for the others.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assurance.alerts.alert import Alert, Event, Message, State
from assurance.alerts.silence import Silence
from boundary import BoundaryError, clock
from runs.errors import Exit, RunError

VARIABLE = "STATESIDE_ALERTS"
_DEFAULT = Path(__file__).parents[2] / ".runs" / "alerts.db"
_FORM = 1
_SECONDS = 60.0
_TABLES = """
CREATE TABLE alerts (id TEXT PRIMARY KEY, state TEXT NOT NULL, data TEXT NOT NULL) STRICT;
CREATE TABLE messages (
  id TEXT PRIMARY KEY, n INTEGER NOT NULL UNIQUE, alert TEXT NOT NULL, data TEXT NOT NULL
) STRICT;
CREATE INDEX messages_alert ON messages (alert, n);
CREATE TABLE silences (n INTEGER PRIMARY KEY, data TEXT NOT NULL) STRICT;
CREATE TABLE queue (
  n INTEGER PRIMARY KEY, route TEXT NOT NULL, message TEXT NOT NULL, alert TEXT NOT NULL, event TEXT NOT NULL,
  batch TEXT, done TEXT, UNIQUE (route, message)
) STRICT;
CREATE INDEX queue_open ON queue (route, n) WHERE done IS NULL AND batch IS NULL;
CREATE INDEX queue_tried ON queue (route, alert) WHERE done IS NULL AND batch IS NOT NULL;
CREATE INDEX queue_alert ON queue (alert, route, n);
CREATE INDEX queue_batch ON queue (route, batch);
CREATE TABLE batches (
  route TEXT NOT NULL, id TEXT NOT NULL, first INTEGER NOT NULL, tries INTEGER NOT NULL, due REAL NOT NULL,
  says TEXT NOT NULL, PRIMARY KEY (route, id)
) STRICT;
CREATE TABLE routes (
  name TEXT PRIMARY KEY, tries INTEGER NOT NULL, due REAL NOT NULL, last REAL NOT NULL, says TEXT NOT NULL
) STRICT;
"""

Result = TypeVar("Result")
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

    def silences(self) -> list[Silence]:
        """All of them, those that are over too."""
        rows = self.connection.execute("SELECT data FROM silences ORDER BY n")
        return [Silence.model_validate_json(data) for (data,) in rows]

    def silence(self, silence: Silence) -> None:
        """One more."""
        with self.transaction():
            self.connection.execute("INSERT INTO silences (data) VALUES (?)", (silence.model_dump_json(),))


def store_path() -> Path:
    """Where alerts are kept: `.runs/alerts.db`, or what STATESIDE_ALERTS names.

    Raises:
        BoundaryError: the clock is set ahead, and the file isn't named: what would be is no alert of what is.
    """
    named = os.environ.get(VARIABLE)
    if clock.moved() and not named:
        raise BoundaryError(
            f"{clock.VARIABLE} sets the clock ahead, and alerts of then would stand beside those of now; "
            f"name a file for them with {VARIABLE}, or unset {clock.VARIABLE}"
        )
    return Path(named) if named else _DEFAULT


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """Opens the file, and makes it where there is none.

    Raises:
        RunError: it can't be made, or is no such file.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_SECONDS, isolation_level=None)
    except (OSError, sqlite3.OperationalError) as error:
        raise RunError(f"{path} can't be opened ({error}); name another file with {VARIABLE}", Exit.BAD_INPUT) from None
    store = Store(path, connection)
    try:
        _prepare(store)
        yield store
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise RunError(f"another command has {path} for more than {_SECONDS:.0f} seconds; run it again") from None
        raise RunError(
            f"{path} can't be written ({error}); free or unlock it, or name another with {VARIABLE}"
        ) from None
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError):
            raise
        raise RunError(
            f"{path} can't be read as alerts ({error}); move it away, and take the last results again", Exit.BAD_INPUT
        ) from None
    finally:
        store.close()


def _prepare(store: Store) -> None:
    connection = store.connection
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    (form,) = connection.execute("PRAGMA user_version").fetchone()
    if form == 0:
        with store.transaction():
            (form,) = connection.execute("PRAGMA user_version").fetchone()
            if form == 0:
                for statement in filter(str.strip, _TABLES.split(";")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_FORM}")
                form = _FORM
    if form != _FORM:
        raise RunError(f"{store.path} is of another version ({form}); move it away, and take the last results again")
