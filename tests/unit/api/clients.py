"""The unmodified `oci` SDK over a world in this process: only what carries its requests is ours."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from oci._vendor import requests
from oci.exceptions import ServiceError

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.dispatch import Dispatcher
from rehearsal.doors.api.messages import Request
from rehearsal.home import cache_directory
from rehearsal.world import World
from tests.unit.world.small import ASHBURN, OURS

USER = f"ocid1.user.oc1..{'b' * 60}"

US = Caller(OURS, USER)


class InProcess(requests.adapters.BaseAdapter):
    """Hands a request of the SDK to the door, and its answer back."""

    def __init__(self, door: Dispatcher, caller: Caller) -> None:
        super().__init__()
        self._door, self._caller = door, caller

    def send(self, request: Any, **_: Any) -> Any:
        url, body = urlsplit(request.url), request.body or b""
        answer = self._door.serve(
            Request(
                method=request.method,
                host=url.netloc,
                target=request.path_url,
                headers={name.lower(): value for name, value in request.headers.items()},
                query=tuple(parse_qsl(url.query, keep_blank_values=True)),
                body=body.encode() if isinstance(body, str) else body,
            ),
            self._caller,
        )
        found = requests.Response()
        found.status_code, found.request, found.url = answer.status, request, request.url
        found.headers = requests.structures.CaseInsensitiveDict(answer.headers)
        found.raw = io.BytesIO(answer.body)
        return found

    def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class Clients:
    """Makes clients of the SDK for one caller."""

    door: Dispatcher
    caller: Caller

    @classmethod
    def over(cls, world: World, caller: Caller = US) -> "Clients":
        return cls(Dispatcher(world, cache_directory()), caller)

    def __call__(self, client: type, region: str = ASHBURN, **options: Any) -> Any:
        config = {
            "tenancy": self.caller.tenancy,
            "user": self.caller.user,
            "fingerprint": "20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34",
            "key_content": _key(),
            "region": region,
        }
        made = client(config, **options)
        made.base_client.session.mount("https://", InProcess(self.door, self.caller))
        return made


@cache
def _key() -> str:
    return (
        rsa.generate_private_key(65537, 2048)
        .private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
        .decode()
    )


def refused(call: Callable[[], object]) -> tuple[int, str, str]:
    """The status, code and message that the SDK raises for a call."""
    with pytest.raises(ServiceError) as error:
        call()
    return error.value.status, error.value.code, error.value.message
