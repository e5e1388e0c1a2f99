"""Multipart uploads: parts that become one object at once, or nothing.

Source: Oracle, "Using Multipart Uploads", https://docs.oracle.com/iaas/Content/Object/Tasks/usingmultipartuploads.htm
"""

import hashlib
import json
import uuid
from dataclasses import asdict

from rehearsal.world.model import Resource, ServiceError
from rehearsal.world.objects import contents, rules, versions
from rehearsal.world.objects.model import Conditions, Details, Part, Stored, Upload, upload_not_found
from rehearsal.world.store import World, now

MOST_PARTS = 10_000


def create(world: World, bucket: Resource, name: str, details: Details) -> Upload:
    """Begins an upload.

    Raises:
        ServiceError: the bucket takes none.
    """
    rules.require_writable(bucket)
    upload = Upload(str(uuid.uuid4()), bucket.id, name, details, now())
    values = (upload.id, bucket.id, name, json.dumps(asdict(details)), upload.created)
    world.execute("INSERT INTO upload VALUES (?, ?, ?, ?, ?)", values)
    return upload


def find(world: World, bucket: Resource, name: str, identifier: str) -> Upload:
    """An upload on the way.

    Raises:
        ServiceError: there is none of this bucket, name and identifier.
    """
    found = [each for each in of_bucket(world, bucket, name) if each.id == identifier]
    if not found:
        raise upload_not_found(identifier)
    return found[0]


def of_bucket(world: World, bucket: Resource, name: str = "") -> list[Upload]:
    """The uploads on the way to a bucket, or to one name in it, by name and age."""
    where, values = (" AND name = ?", (bucket.id, name)) if name else ("", (bucket.id,))
    query = f"SELECT id, bucket, name, details, created FROM upload WHERE bucket = ?{where} ORDER BY name, rowid"
    rows = world.execute(query, values)
    return [Upload(*(*row[:3], Details(**json.loads(row[3])), row[4])) for row in rows]


def put_part(world: World, upload: Upload, number: int, body: bytes) -> Part:
    """Writes a part, over an earlier one of its number.

    Raises:
        ServiceError: the number can't be, or the upload is no more.
    """
    if not 1 <= number <= MOST_PARTS:
        raise ServiceError(400, "InvalidUploadPartNumber", f"A part's number is between 1 and {MOST_PARTS}")
    digest = hashlib.md5(body, usedforsecurity=False).hexdigest()
    with world.transaction():
        if world.execute("SELECT 1 FROM upload WHERE id = ?", (upload.id,)).fetchone() is None:
            raise upload_not_found(upload.id)
        world.execute("DELETE FROM part WHERE upload = ? AND number = ?", (upload.id, number))
        part = Part(number, contents.write(world, body), len(body), digest, now())
        world.execute("INSERT INTO part VALUES (?, ?, ?, ?, ?, ?)", (upload.id, *vars(part).values()))
    return part


def parts(world: World, upload: Upload) -> list[Part]:
    """The parts that are there, by number."""
    query = "SELECT number, content, size, md5, created FROM part WHERE upload = ? ORDER BY number"
    return [Part(*row) for row in world.execute(query, (upload.id,))]


def commit(
    world: World, bucket: Resource, upload: Upload, wanted: list[tuple[int, str]], conditions: Conditions | None = None
) -> Stored:
    """Makes the object of these parts, in the order of their numbers; others are dropped.

    Raises:
        ServiceError: a part isn't there as it is named, the upload is no more, or the bucket doesn't take the object.
    """
    with world.transaction():
        there = {part.number: part for part in parts(world, find(world, bucket, upload.name, upload.id))}
        chosen: list[Part] = []
        for number, etag in sorted(wanted):
            part = there.get(number)
            if part is None or part.md5 != etag.strip('"') or part in chosen:
                raise ServiceError(400, "InvalidUploadPart", f"There is no part {number} with the etag {etag}")
            chosen.append(part)
        if not chosen:
            raise ServiceError(400, "InvalidUploadPart", "A commit names one part or more")
        versions.make_way(world, bucket, upload.name, conditions or Conditions())
        content = contents.join(world, [part.content for part in chosen])
        digests = b"".join(bytes.fromhex(part.md5) for part in chosen)
        made = versions.add(
            world,
            bucket,
            upload.name,
            content,
            size=sum(part.size for part in chosen),
            md5=hashlib.md5(digests, usedforsecurity=False).hexdigest(),
            parts=len(chosen),
            details=upload.details,
        )
        abort(world, upload)
    return made


def abort(world: World, upload: Upload) -> None:
    """Ends an upload; its parts go with it."""
    world.execute("DELETE FROM upload WHERE id = ?", (upload.id,))
