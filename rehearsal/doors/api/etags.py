"""Etags: a change may ask that a resource is still as it was read.

Source: https://docs.oracle.com/iaas/Content/API/Concepts/usingapi.htm#eleven
"""

import hashlib

from rehearsal.doors.api.messages import Request
from rehearsal.world import Resource, ServiceError


def of(resource: Resource) -> str:
    """The etag of a resource as it is now."""
    return hashlib.sha256(f"{resource.id} {resource.updated}".encode()).hexdigest()[:32]


def require(request: Request, resource: Resource) -> None:
    """Refuses a change of what has changed since.

    Raises:
        ServiceError: 412 NoEtagMatch.
    """
    wanted = request.headers.get("if-match")
    if wanted not in (None, "*", of(resource)):
        raise ServiceError(412, "NoEtagMatch", f"{resource.shown_id} has changed since: its etag isn't {wanted}")
