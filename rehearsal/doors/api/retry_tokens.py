"""Retry tokens: a creation that is sent twice with one token makes one resource.

Source: https://docs.oracle.com/iaas/Content/API/Concepts/usingapi.htm ("Retry Token"; it expires after 24 hours)
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from rehearsal.doors.api.calls import Call
from rehearsal.world import Resource, ServiceError
from rehearsal.world.store import now

HEADER = "opc-retry-token"
_EXPIRES = timedelta(hours=24)


def once(call: Call, make: Callable[[], Resource]) -> Resource:
    """What a creation makes, or has made already.

    Raises:
        ServiceError: 409 InvalidatedRetryToken, the token was for another request, or for what is gone.
    """
    token = call.request.headers.get(HEADER)
    if not token:
        return make()
    key = f"{call.tenancy.ocid} {call.route.region} {call.operation.client} {call.operation.name} {token}"
    digest = hashlib.sha256(call.request.body).hexdigest()
    oldest = (datetime.now(UTC) - _EXPIRES).strftime("%Y-%m-%dT%H:%M:%S")
    with call.world.transaction():
        call.world.execute(
            "CREATE TABLE IF NOT EXISTS retry_token (key TEXT PRIMARY KEY, digest TEXT, id TEXT, created TEXT)"
        )
        call.world.execute("DELETE FROM retry_token WHERE created < ?", (oldest,))
        row = call.world.execute("SELECT digest, id FROM retry_token WHERE key = ?", (key,)).fetchone()
        if row is None:
            made = make()
            call.world.execute("INSERT INTO retry_token VALUES (?, ?, ?, ?)", (key, digest, made.id, now()))
            return made
        found = call.world.get(row[1]) if row[0] == digest else None
        if found is None:
            sentence = "The retry token was used for another request, or for a resource that was deleted or changed."
            raise ServiceError(409, "InvalidatedRetryToken", sentence)
        return found
