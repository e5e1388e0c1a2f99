"""Where the file of alerts is, and what is said when it can't be opened, read or written."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assurance.alerts.store import Store
from boundary import BoundaryError, clock
from runs.errors import Exit, RunError

VARIABLE = "STATESIDE_ALERTS"
_DEFAULT = Path(__file__).parents[2] / ".runs" / "alerts.db"
_FORM = 2
_SECONDS = 60.0
_ROOM = 100_000
_TABLES = """
CREATE TABLE alerts (id TEXT PRIMARY KEY, state TEXT NOT NULL, data TEXT NOT NULL) STRICT;
CREATE TABLE messages (
  id TEXT PRIMARY KEY, n INTEGER NOT NULL UNIQUE, alert TEXT NOT NULL, data TEXT NOT NULL
) STRICT;
CREATE INDEX messages_alert ON messages (alert, n);
CREATE TABLE looks (look TEXT PRIMARY KEY, at REAL NOT NULL, whole INTEGER NOT NULL) STRICT;
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
        # Where there is no room for its memory maps, SQLite speaks of an error of input and output.
        why = "the disk is full" if shutil.disk_usage(path.parent).free < _ROOM else str(error)
        raise RunError(f"{path} can't be written ({why}); free or unlock it, or name another with {VARIABLE}") from None
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
