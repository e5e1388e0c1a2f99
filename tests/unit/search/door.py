"""One service of the door alone, as the dispatcher calls it."""

from collections.abc import Callable
from dataclasses import dataclass

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.messages import Request, Response, answer
from rehearsal.world import ServiceError, World


@dataclass(frozen=True)
class OneService:
    """Answers what the service answers, and its errors as Oracle's."""

    world: World
    service: Callable[[World, Request, Caller], Response]

    def serve(self, request: Request, caller: Caller) -> Response:
        try:
            return self.service(self.world, request, caller)
        except ServiceError as error:
            return answer(error.status, {"code": error.code, "message": error.message})
