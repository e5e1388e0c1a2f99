"""A tunnel whose service is a function of the test's own, and the SDK in front of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rehearsal.doors.api.certificates import Authority
from rehearsal.doors.api.messages import Request, Response, answer
from rehearsal.doors.api.tunnel import Tunnel
from tests.unit.tunnel.clients import Raw, environment


class Service:
    """Answers as it is told to, and keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.answers: Callable[[Request], Response] = lambda request: answer(200, {})

    def __call__(self, request: Request) -> Response:
        self.asked.append(request)
        return self.answers(request)


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority.open(tmp_path / "api")


@pytest.fixture
def tunnel(authority: Authority, service: Service) -> Iterator[Tunnel]:
    tunnel = Tunnel(authority, service)
    yield tunnel
    tunnel.close()


@pytest.fixture
def shell(tunnel: Tunnel, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a client that goes through the tunnel."""
    for name, value in environment(tunnel.port, authority.certificate).items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def raw(tunnel: Tunnel, authority: Authority) -> Iterator[Raw]:
    """A client that sends what the test writes, byte for byte."""
    raw = Raw(tunnel.port, authority.certificate)
    yield raw
    raw.close()
