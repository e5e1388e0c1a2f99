"""The world's state: opened by every door, the only owner of what exists.

This room stores and finds; what a service refuses or computes is `rehearsal.world.service`.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from rehearsal.world.database import Database
from rehearsal.world.model import Body, Lateness, Resource, TenancyRecord

_COLUMNS = "id, type, region, tenancy, compartment, body, asked, state, urn, created, updated"


class World(Database):
    """One world: its tenancies, its resources, and what refers to what."""

    def get(self, identifier: str) -> Resource | None:
        """The resource with this identifier, if it exists."""
        row = self._connection.execute(f"SELECT {_COLUMNS} FROM resource WHERE id = ?", (identifier,)).fetchone()
        return _resource(row) if row else None

    def above(self, compartment: str) -> Iterator[str]:
        """A compartment and all that it lies in, the tenancy last."""
        while compartment:
            yield compartment
            found = self.get(compartment)
            compartment = found.compartment if found else ""

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
