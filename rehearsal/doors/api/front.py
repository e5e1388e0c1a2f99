"""What every request passes first: whoever sent it has to have signed it.

Object Storage has two doors of its own: its S3 side reads signatures of another kind, and what comes to it unsigned is
from nobody known, whom a bucket may be open to.
"""

from collections.abc import Callable

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.messages import Request, Response, named, refusal
from rehearsal.doors.api.objects.places import place_of
from rehearsal.doors.api.signatures import signed_by
from rehearsal.world import ServiceError, World

NOBODY = Caller("", "")


class Front:
    """Hands requests to the services, with their caller."""

    def __init__(self, world: World, services: Callable[[Request, Caller], Response]) -> None:
        self._world, self._services = world, services

    def __call__(self, request: Request) -> Response:
        """The services' answer, or Oracle's refusal."""
        try:
            caller = NOBODY if _needs_no_signature(request) else signed_by(self._world, request)
        except ServiceError as error:
            return named(request, refusal(error.status, error.code, error.message))
        return self._services(request, caller)


def _needs_no_signature(request: Request) -> bool:
    place = place_of(request.host)
    return place is not None and (place.is_s3 or "authorization" not in request.headers)
