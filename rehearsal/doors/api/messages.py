"""A request and its answer, as the services of this door see them: no sockets, no TLS."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

JSON = "application/json"
REQUEST_ID = "opc-request-id"


@dataclass(frozen=True)
class Request:
    """One request. Names of headers are in lower case; `target` is the path and query as they were sent.

    `path` is the path of `target`, still percent-encoded; `query` has the decoded parameters in their order.
    """

    method: str
    host: str
    target: str
    headers: Mapping[str, str]
    query: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    @cached_property
    def path(self) -> str:
        """The path alone."""
        return self.target.partition("?")[0]

    @cached_property
    def parameters(self) -> Mapping[str, str]:
        """The query's parameters by name; of several of one name, the last."""
        return dict(self.query)


@dataclass(frozen=True)
class Response:
    """One answer."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def answer(status: int, content: Any = None, **headers: str) -> Response:
    """An answer with a JSON body; none where there is no content. `opc_next_page` names the header `opc-next-page`."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if content is None:
        return Response(status, given)
    return Response(status, {"content-type": JSON, **given}, json.dumps(content).encode())


def named(request: Request, response: Response) -> Response:
    """An answer with the identifier of its request, which the client may have given."""
    identifier = request.headers.get(REQUEST_ID) or secrets.token_hex(16).upper()
    return replace(response, headers={REQUEST_ID: identifier, **response.headers})


def refusal(status: int, code: str, message: str) -> Response:
    """An error as Oracle's services answer it.

    Source: https://docs.oracle.com/iaas/Content/API/References/apierrors.htm
    """
    return answer(status, {"code": code, "message": message})
