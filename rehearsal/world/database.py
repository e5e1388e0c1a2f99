"""The file that a world lies in: SQLite in WAL mode, one connection for each thread that asks.

Every change is one transaction, so a process that is killed leaves the world as it was before or after, never between.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from rehearsal.errors import RehearsalError
from rehearsal.world.objects.tables import TABLES

_SCHEMA = """
CREATE TABLE IF NOT EXISTS tenancy (ocid TEXT PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS resource (
  id TEXT PRIMARY KEY, type TEXT NOT NULL, region TEXT NOT NULL, tenancy TEXT NOT NULL, compartment TEXT NOT NULL,
  body TEXT NOT NULL, asked TEXT NOT NULL, state TEXT NOT NULL, urn TEXT NOT NULL, acknowledged INTEGER NOT NULL,
  owner TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS resource_by_type ON resource (type, tenancy, region);
CREATE INDEX IF NOT EXISTS resource_by_name ON resource (type, tenancy, region, json_extract(body, '$.name'));
CREATE INDEX IF NOT EXISTS resource_by_vcn ON resource (type, tenancy, region, json_extract(body, '$.vcnId'));
CREATE INDEX IF NOT EXISTS resource_by_urn ON resource (urn);
CREATE INDEX IF NOT EXISTS resource_by_compartment ON resource (compartment);
CREATE INDEX IF NOT EXISTS resource_by_owner ON resource (owner);
CREATE TABLE IF NOT EXISTS reference (
  source TEXT NOT NULL REFERENCES resource (id) ON DELETE CASCADE, target TEXT NOT NULL,
  PRIMARY KEY (source, target)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS reference_by_target ON reference (target);
CREATE TABLE IF NOT EXISTS fault (
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, type TEXT NOT NULL, operation TEXT NOT NULL,
  times INTEGER NOT NULL, seconds REAL NOT NULL);
CREATE TABLE IF NOT EXISTS outage (region TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS late (what TEXT PRIMARY KEY, since TEXT NOT NULL, seconds REAL NOT NULL) WITHOUT ROWID;
"""
_WAIT_FOR_LOCK_S = 60.0


class Database:
    """One world's file; safe to use from many threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Opens the world, making its tables where there are none.

        Raises:
            RehearsalError: the file can't be read, written or understood.
        """
        world = cls(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            world._connection.executescript(_SCHEMA + TABLES)
        except (OSError, sqlite3.Error) as error:
            raise RehearsalError(
                f"the world at {path} can't be opened ({error}); free the place or remove the file"
            ) from None
        return world

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self.path, timeout=_WAIT_FOR_LOCK_S, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            self._local.connection, self._local.depth = connection, 0
        return connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; joins the transaction that the thread is in, if any."""
        connection = self._connection
        if self._local.depth == 0:
            connection.execute("BEGIN IMMEDIATE")
        self._local.depth += 1
        try:
            yield
            if self._local.depth == 1:
                connection.execute("COMMIT")
        except BaseException:
            if self._local.depth == 1 and connection.in_transaction:  # a full disk has rolled it back already
                connection.execute("ROLLBACK")
            raise
        finally:
            self._local.depth -= 1

    def erase(self) -> None:
        """Ends the world: nothing of it stays on disk."""
        self._connection.close()
        del self._local.connection
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """For the rooms beside this one that keep tables of their own here (faults, objects)."""
        return self._connection.execute(statement, values)
