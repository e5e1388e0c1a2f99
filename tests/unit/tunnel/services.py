"""What stands behind the tunnel in a test."""

from collections.abc import Callable

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.messages import Request, Response, answer


class Service:
    """Answers as it is told to, and keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.answers: Callable[[Request], Response] = lambda request: answer(200, {})

    def __call__(self, request: Request) -> Response:
        self.asked.append(request)
        return self.answers(request)


class Services:
    """Keeps who asked for what."""

    def __init__(self) -> None:
        self.asked: list[tuple[Request, Caller]] = []

    def __call__(self, request: Request, caller: Caller) -> Response:
        self.asked.append((request, caller))
        return answer(200, {})

    @property
    def callers(self) -> list[Caller]:
        return [caller for _, caller in self.asked]
