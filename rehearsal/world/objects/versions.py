"""Puts, finds and deletes objects, with and without versions.

Source: Oracle, "Object Storage Versioning", https://docs.oracle.com/iaas/Content/Object/Tasks/usingversioning.htm

Assumption: while versioning is suspended, an object gets the version that it would have without (`null`), which
replaces an earlier one of that version alone; to delete it leaves a delete marker of that version.
"""

import hashlib
import json
import uuid
from dataclasses import asdict
from typing import Any

from rehearsal.world.model import Resource
from rehearsal.world.objects import contents, rules
from rehearsal.world.objects.model import NULL_VERSION, Conditions, Details, Stored, object_not_found
from rehearsal.world.store import World, now

_COLUMNS = "o.number, o.bucket, o.name, o.version, o.content, o.size, o.md5, o.parts, o.etag, o.details, o.created"
_LATEST = (
    "NOT EXISTS (SELECT 1 FROM object later "
    "WHERE later.bucket = o.bucket AND later.name = o.name AND later.number > o.number)"
)
SELECT = f"SELECT {_COLUMNS}, {_LATEST} FROM object o"
ONLY_PRESENT = f"o.content IS NOT NULL AND {_LATEST}"


def find(world: World, bucket: Resource, name: str, version: str = "") -> Stored | None:
    """One version of an object, the latest where none is named; that may be a delete marker."""
    named = "" if version == NULL_VERSION else version
    where, values = (" AND o.version = ?", (named,)) if version else ("", ())
    query = f"{SELECT} WHERE o.bucket = ? AND o.name = ?{where} ORDER BY o.number DESC LIMIT 1"
    row = world.execute(query, (bucket.id, name, *values)).fetchone()
    return stored(row) if row else None


def get(world: World, bucket: Resource, name: str, version: str = "") -> Stored:
    """One version of an object that has bytes.

    Raises:
        ServiceError: there is none, or a delete marker.
    """
    found = find(world, bucket, name, version)
    if found is None or found.is_delete_marker:
        raise object_not_found(name, bucket.id)
    return found


def read(world: World, found: Stored, first: int = 0, count: int | None = None) -> bytes:
    """An object's bytes, or a stretch of them.

    Raises:
        ServiceError: it was deleted meanwhile.
    """
    wanted = found.size - first if count is None else count
    body = contents.read(world, found.content or 0, first, wanted)
    if len(body) != wanted:
        raise object_not_found(found.name, found.bucket)
    return body


def put(
    world: World,
    bucket: Resource,
    name: str,
    body: bytes,
    *,
    details: Details | None = None,
    conditions: Conditions | None = None,
) -> Stored:
    """Writes an object.

    Raises:
        ServiceError: the bucket doesn't take it, or a condition isn't met.
    """
    digest = hashlib.md5(body, usedforsecurity=False).hexdigest()
    with world.transaction():
        make_way(world, bucket, name, conditions or Conditions())
        content = contents.write(world, body)
        return add(world, bucket, name, content, size=len(body), md5=digest, details=details or Details())


def copy(
    world: World,
    source: Stored,
    bucket: Resource,
    name: str,
    *,
    details: Details,
    conditions: Conditions | None = None,
) -> Stored:
    """Writes an object with the bytes of another.

    Raises:
        ServiceError: the bucket doesn't take it, or a condition isn't met.
    """
    with world.transaction():
        # Its bytes would go with it, were it overwritten by itself.
        held = world.execute("SELECT 1 FROM piece WHERE content = ?", (source.content,)).fetchone()
        if held is None or source.content is None:
            raise object_not_found(source.name, source.bucket)
        made = add(
            world, bucket, name, source.content, size=source.size, md5=source.md5, parts=source.parts, details=details
        )
        make_way(world, bucket, name, conditions or Conditions(), but=made.number)
        return made


def delete(
    world: World, bucket: Resource, name: str, version: str = "", conditions: Conditions | None = None
) -> Stored | None:
    """Deletes a version, or the object as it is; gives the version that went or the delete marker that came.

    None says that there was nothing.

    Raises:
        ServiceError: the bucket or a rule keeps it, or a condition isn't met.
    """
    with world.transaction():
        rules.require_writable(bucket)
        found = find(world, bucket, name, version)
        rules.require(conditions or Conditions(), found)
        versioning = bucket.body.get("versioning", "Disabled")
        if found is None or (found.is_delete_marker and not version):
            return None
        if version or versioning == "Disabled":
            rules.require_unretained(bucket, found)
            world.execute("DELETE FROM object WHERE number = ?", (found.number,))
            return found
        make_way(world, bucket, name, Conditions())
        return add(world, bucket, name, None)


def is_empty(world: World, bucket: Resource) -> bool:
    """Whether nothing lies in a bucket: no version of an object, no delete marker, no upload on the way."""
    both = "SELECT 1 FROM object WHERE bucket = ? UNION ALL SELECT 1 FROM upload WHERE bucket = ? LIMIT 1"
    return world.execute(both, (bucket.id, bucket.id)).fetchone() is None


def empty(world: World, bucket: Resource) -> None:
    """Takes all out of a bucket, whatever keeps it."""
    for table in ("object", "upload"):
        world.execute(f"DELETE FROM {table} WHERE bucket = ?", (bucket.id,))


def make_way(world: World, bucket: Resource, name: str, conditions: Conditions, but: int = -1) -> None:
    """Removes what a new version replaces; `but` is a version that is written already.

    Raises:
        ServiceError: the bucket or a rule keeps it, or a condition isn't met.
    """
    rules.require_writable(bucket)
    query = f"{SELECT} WHERE o.bucket = ? AND o.name = ? AND o.number <> ? ORDER BY o.number DESC LIMIT 1"
    row = world.execute(query, (bucket.id, name, but)).fetchone()
    latest = stored(row) if row else None
    rules.require(conditions, None if latest is None or latest.is_delete_marker else latest)
    if bucket.body.get("versioning") == "Enabled":
        return
    if latest and not latest.version:
        rules.require_unretained(bucket, latest)
    world.execute(
        "DELETE FROM object WHERE bucket = ? AND name = ? AND version = '' AND number <> ?", (bucket.id, name, but)
    )


def add(
    world: World,
    bucket: Resource,
    name: str,
    content: int | None,
    *,
    size: int = 0,
    md5: str = "",
    parts: int = 0,
    details: Details | None = None,
) -> Stored:
    """Writes one version, or without content a delete marker."""
    version = str(uuid.uuid4()) if bucket.body.get("versioning") == "Enabled" else ""
    carried = json.dumps(asdict(details or Details()))
    values = (bucket.id, name, version, content, size, md5, parts, str(uuid.uuid4()), carried, now())
    world.execute(
        "INSERT INTO object (bucket, name, version, content, size, md5, parts, etag, details, created) "
        f"VALUES ({','.join('?' * len(values))})",
        values,
    )
    row = world.execute(f"{SELECT} WHERE o.number = last_insert_rowid()").fetchone()
    return stored(row)


def stored(row: tuple[Any, ...]) -> Stored:
    """A row of SELECT."""
    plain, details, moment, is_latest = row[:9], Details(**json.loads(row[9])), row[10], bool(row[11])
    return Stored(*(*plain, details, moment, is_latest))
