"""What every request passes first: whoever sent it has to have signed it."""

import secrets
from collections.abc import Callable

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.messages import Request, Response, answer
from rehearsal.doors.api.signatures import signed_by
from rehearsal.world import ServiceError, World


class Front:
    """Hands requests to the services, with their caller."""

    def __init__(self, world: World, services: Callable[[Request, Caller], Response]) -> None:
        self._world, self._services = world, services

    def __call__(self, request: Request) -> Response:
        """The services' answer, or Oracle's refusal."""
        try:
            caller = signed_by(self._world, request)
        except ServiceError as error:
            identifier = request.headers.get("opc-request-id") or secrets.token_hex(16).upper()
            content = {"code": error.code, "message": error.message}
            return answer(error.status, content, opc_request_id=identifier)
        return self._services(request, caller)
