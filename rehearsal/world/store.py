"""The world's state: SQLite in WAL mode, opened by every door, the only owner of what exists.

Every change is one transaction, so a process that is killed leaves the world as it was before or after, never between.
This room stores and finds; what a service refuses or computes is `rehearsal.world.service`.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rehearsal.errors import RehearsalError
from rehearsal.world.model import Body, Lateness, Resource, TenancyRecord
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
_COLUMNS = "id, type, region, tenancy, compartment, body, asked, state, urn, created, updated"
_WAIT_FOR_LOCK_S = 60.0


class World:
    """One world; safe to use from many threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @classmethod
    def open(cls, path: Path) -> "World":
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

    def get(self, identifier: str) -> Resource | None:
        """The resource with this identifier, if it exists."""
        row = self._connection.execute(f"SELECT {_COLUMNS} FROM resource WHERE id = ?", (identifier,)).fetchone()
        return _resource(row) if row else None

    def find(
        self,
        type: str | None = None,
        *,
        tenancy: str | None = None,
        region: str | None = None,
        urn: str | None = None,
        fields: Mapping[str, str | None] | None = None,
    ) -> list[Resource]:
        """All resources that match, oldest first; `fields` are fields of the body, absent ones count as None."""
        wanted = {"type": type, "tenancy": tenancy, "region": region, "urn": urn}
        where: dict[str, str | None] = {column: value for column, value in wanted.items() if value is not None}
        where |= {f"json_extract(body, '$.{name}')": value for name, value in (fields or {}).items()}
        clause = " AND ".join(f"{column} IS ?" for column in where) or "1"
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM resource WHERE {clause} ORDER BY rowid", tuple(where.values())
        )
        return [_resource(row) for row in rows]

    def count(self, type: str, tenancy: str, region: str) -> int:
        """How many resources of a type a tenancy has in a region."""
        query = "SELECT count(*) FROM resource WHERE type = ? AND tenancy = ? AND region = ?"
        return int(self._connection.execute(query, (type, tenancy, region)).fetchone()[0])

    def insert(self, resource: Resource, references: set[str], owner: str = "") -> None:
        """Adds a resource; `owner` is the one that it is part of and is deleted with."""
        row = (*_row(resource), 0, owner)
        with self.transaction():
            columns = f"{_COLUMNS}, acknowledged, owner"
            marks = ",".join("?" * len(row))
            self._connection.execute(f"INSERT INTO resource ({columns}) VALUES ({marks})", row)
            self._refer(resource.id, references)

    def replace(self, resource: Resource, references: set[str] | None = None) -> None:
        """Writes a resource's new body and state; what it refers to stays where no references are given."""
        with self.transaction():
            columns = ("compartment", "body", "asked", "state", "urn", "updated")
            body, asked = _dump(resource.body), _dump(resource.asked)
            values = (resource.compartment, body, asked, resource.state, resource.urn, now())
            assignments = ", ".join(f"{column} = ?" for column in columns)
            self._connection.execute(f"UPDATE resource SET {assignments} WHERE id = ?", (*values, resource.id))
            if references is not None:
                self._connection.execute("DELETE FROM reference WHERE source = ?", (resource.id,))
                self._refer(resource.id, references)

    def remove(self, identifier: str) -> None:
        """Deletes a resource and what it owns."""
        with self.transaction():
            self._connection.execute("DELETE FROM resource WHERE id = ? OR owner = ?", (identifier, identifier))

    def users_of(self, identifier: str) -> list[Resource]:
        """What refers to a resource or lies in it, other than what it owns."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM resource WHERE owner <> :id AND id <> :id AND "
            "(compartment = :id OR id IN (SELECT source FROM reference WHERE target = :id)) ORDER BY rowid",
            {"id": identifier},
        )
        return [_resource(row) for row in rows]

    def owner_of(self, identifier: str) -> str:
        """The identifier of what a resource is part of; empty when it stands for itself."""
        row = self._connection.execute("SELECT owner FROM resource WHERE id = ?", (identifier,)).fetchone()
        return str(row[0]) if row else ""

    def acknowledge(self, identifier: str) -> None:
        """Notes that the engine knows of a resource: it has named its identifier."""
        self._connection.execute(
            "UPDATE resource SET acknowledged = 1 WHERE id = ? AND acknowledged = 0", (identifier,)
        )

    def unacknowledged(self, urn: str) -> list[Resource]:
        """Resources of a URN whose creation the engine may never have heard of."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM resource WHERE urn = ? AND acknowledged = 0 ORDER BY rowid", (urn,)
        )
        return [_resource(row) for row in rows]

    def next_number(self, name: str) -> int:
        """The next value of a counter, from 1."""
        query = "INSERT INTO counter VALUES (?, 1) ON CONFLICT DO UPDATE SET value = value + 1 RETURNING value"
        return int(self._connection.execute(query, (name,)).fetchone()[0])

    def add_tenancy(self, record: TenancyRecord) -> None:
        """Adds a tenancy, or writes what has changed of it."""
        self._connection.execute(
            "INSERT INTO tenancy VALUES (?, ?) ON CONFLICT DO UPDATE SET record = excluded.record",
            (record.ocid, _dump(vars(record))),
        )

    def tenancies(self) -> dict[str, TenancyRecord]:
        """Every tenancy by OCID."""
        rows = self._connection.execute("SELECT ocid, record FROM tenancy ORDER BY rowid")
        records = {ocid: json.loads(record) for ocid, record in rows}
        return {ocid: TenancyRecord(**{**data, "regions": tuple(data["regions"])}) for ocid, data in records.items()}

    def erase(self) -> None:
        """Ends the world: nothing of it stays on disk."""
        self._connection.close()
        del self._local.connection
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def warn(self, sentence: str) -> None:
        """Notes what whoever called should hear of, though the services let it pass."""
        self._warnings.append(sentence)

    def take_warnings(self) -> list[str]:
        """What was noted in this thread since the last time."""
        taken, self._local.warnings = self._warnings, []
        return taken

    @property
    def _warnings(self) -> list[str]:
        if not hasattr(self._local, "warnings"):
            self._local.warnings = []
        noted: list[str] = self._local.warnings
        return noted

    def order_lateness(self, what: str, seconds: float) -> None:
        """What is made from now on is late in some respect by so many seconds; none ends it."""
        with self.transaction():
            self._connection.execute("DELETE FROM late WHERE what = ?", (what,))
            if seconds:
                self._connection.execute("INSERT INTO late VALUES (?, ?, ?)", (what, now(), seconds))

    def lateness(self, what: str) -> Lateness | None:
        """What was ordered to be late in this respect; None where nothing was."""
        row = self._connection.execute("SELECT since, seconds FROM late WHERE what = ?", (what,)).fetchone()
        return Lateness(*row) if row else None

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """For the rooms beside this one that keep tables of their own here (faults, objects)."""
        return self._connection.execute(statement, values)

    def _refer(self, source: str, targets: set[str]) -> None:
        rows = [(source, target) for target in sorted(targets) if target != source]
        self._connection.executemany("INSERT OR IGNORE INTO reference VALUES (?, ?)", rows)


def now() -> str:
    """This moment as Oracle writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _dump(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def _row(r: Resource) -> tuple[str, ...]:
    return (
        r.id,
        r.type,
        r.region,
        r.tenancy,
        r.compartment,
        _dump(r.body),
        _dump(r.asked),
        r.state,
        r.urn,
        r.created,
        r.updated,
    )


def _resource(row: tuple[Any, ...]) -> Resource:
    identifier, type, region, tenancy, compartment, body, asked, *rest = row
    parts: tuple[Body, Body] = json.loads(body), json.loads(asked)
    return Resource(identifier, type, region, tenancy, compartment, *parts, *rest)
