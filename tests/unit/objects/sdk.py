"""Oracle's SDK against a world, without a socket between them."""

import io
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import oci
from oci._vendor import requests
from urllib3 import HTTPResponse

from rehearsal.doors.api.messages import Request, Response, answer
from rehearsal.doors.api.objects import native
from rehearsal.world import ServiceError, World
from tests.unit.world.small import OURS


@dataclass(frozen=True)
class Caller:
    """Who calls."""

    tenancy: str
    user: str


_USER = "ocid1.user.oc1..engineer"
NOBODY = Caller("", "")
ENGINEER = Caller(OURS, _USER)


def client(world: World, region: str, caller: Caller = ENGINEER) -> Any:
    """A client of Object Storage in a region, for a caller."""
    config = {"region": region, "tenancy": OURS, "user": _USER, "key_file": "none"}
    made = oci.object_storage.ObjectStorageClient(
        config | {"fingerprint": ":".join(["00"] * 16)},
        signer=_NoSignature(),
        retry_strategy=oci.retry.NoneRetryStrategy(),
    )
    made.base_client.session.mount("https://", _Adapter(world, caller))
    return made


class _NoSignature(oci.signer.AbstractBaseSigner):
    @property
    def without_content_headers(self) -> "_NoSignature":
        return self

    def __call__(self, request: Any, **options: Any) -> Any:
        return request


class _Adapter(requests.adapters.HTTPAdapter):
    def __init__(self, world: World, caller: Caller) -> None:
        super().__init__()
        self._world, self._caller = world, caller

    def send(self, request: Any, **options: Any) -> Any:
        found = asked(request.method, request.url, request.headers, request.body)
        try:
            given = native.serve(self._world, found, self._caller)
        except ServiceError as error:
            given = answer(error.status, {"code": error.code, "message": error.message})
        shown = b"" if request.method == "HEAD" else given.body
        headers = dict(given.headers)
        raw = HTTPResponse(
            io.BytesIO(shown),
            headers,
            status=given.status,
            preload_content=False,
            request_method=request.method,
        )
        return self.build_response(request, raw)


def asked(method: str, url: str, headers: Any, body: Any = b"") -> Request:
    """A request as the door hands it over."""
    parts = urlsplit(url)
    if hasattr(body, "read"):
        stream = body
        body = b"".join(iter(lambda: stream.read(65536), b""))
    return Request(
        method,
        parts.netloc,
        parts.path + (f"?{parts.query}" if parts.query else ""),
        {name.lower(): value if isinstance(value, str) else value.decode() for name, value in headers.items()},
        tuple(parse_qsl(parts.query, keep_blank_values=True)),
        body.encode() if isinstance(body, str) else body or b"",
    )


def told(response: Response) -> Any:
    """What a JSON answer says."""
    return json.loads(response.body)
