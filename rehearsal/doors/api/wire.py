"""HTTP/1.1 over one socket, by h11: requests come out whole, answers go in whole."""

import socket
import ssl
import time
from contextlib import suppress
from email.utils import formatdate
from urllib.parse import parse_qsl

import h11

from rehearsal.doors.api.messages import Request, Response, answer

MAX_BODY = 256 * 1024 * 1024
"""Of a request, in bytes. The SDK and boto3 send what is larger than 128 MiB, and 8 MiB, in parts."""

_MAX_HEAD = 64 * 1024
_CHUNK = 256 * 1024
_LINGER_S = 2.0
_NO_BODY = (204, 304)


class RefusedError(Exception):
    """A request that isn't served, with its answer; the connection ends with it."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.response = answer(status, {"code": code, "message": sentence}, connection="close")


class Wire:
    """The server's side of a connection."""

    def __init__(self, client: socket.socket | ssl.SSLSocket) -> None:
        self._client = client
        self._connection = h11.Connection(h11.SERVER, max_incomplete_event_size=_MAX_HEAD)
        self._method = ""

    def receive(self) -> Request | None:
        """The next request; None where the client has hung up.

        Raises:
            RefusedError: it isn't HTTP, or too large.
            OSError: the connection is lost.
        """
        try:
            head = self._event()
            if not isinstance(head, h11.Request):
                return None
            request = _request(head)
            self._method = request.method
            return _with_body(request, self._body(request))
        except h11.RemoteProtocolError as error:
            raise RefusedError(error.error_status_hint, "CannotParseRequest", str(error)) from None

    def send(self, response: Response) -> bool:
        """Answers; says whether another request may follow.

        Raises:
            OSError: the connection is lost.
        """
        head = _head(response, self._method)
        sent = self._connection.send(head) or b""
        if self._connection.our_state is h11.SEND_BODY:  # a CONNECT that is granted ends HTTP
            if response.body and self._method != "HEAD" and head.status_code not in _NO_BODY:
                sent += self._connection.send(h11.Data(response.body)) or b""
            sent += self._connection.send(h11.EndOfMessage()) or b""
        self._client.sendall(sent)
        if (self._connection.our_state, self._connection.their_state) != (h11.DONE, h11.DONE):
            return False
        self._connection.start_next_cycle()
        return True

    def has_more(self) -> bool:
        """Whether the client has sent more than the request that was received."""
        return bool(self._connection.trailing_data[0])

    def hang_up(self) -> None:
        """Ends the connection; a client that still sends is let to, for a reset would take the answer from it."""
        until = time.monotonic() + _LINGER_S
        with suppress(OSError):
            self._client.shutdown(socket.SHUT_WR)
            self._client.settimeout(_LINGER_S)
            while self._client.recv(_CHUNK) and time.monotonic() < until:
                pass
        self._client.close()

    def _event(self) -> object:
        while (event := self._connection.next_event()) is h11.NEED_DATA:
            self._connection.receive_data(self._client.recv(_CHUNK))
        return event

    def _body(self, request: Request) -> bytes:
        if int(request.headers.get("content-length", "0")) > MAX_BODY:
            raise _too_large()
        if self._connection.they_are_waiting_for_100_continue:
            self._client.sendall(self._connection.send(h11.InformationalResponse(status_code=100, headers=[])) or b"")
        body = bytearray()
        while isinstance(event := self._event(), h11.Data):
            body += event.data
            if len(body) > MAX_BODY:
                raise _too_large()
        return bytes(body)


def _request(head: h11.Request) -> Request:
    headers: dict[str, str] = {}
    for name, value in head.headers:
        key, text = name.decode("ascii"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    target = head.target.decode("ascii")
    query = tuple(parse_qsl(target.partition("?")[2], keep_blank_values=True))
    host = headers.get("host", "").lower().removesuffix(":443")
    return Request(head.method.decode("ascii"), host, target, headers, query)


def _with_body(request: Request, body: bytes) -> Request:
    return Request(request.method, request.host, request.target, request.headers, request.query, body)


def _head(response: Response, method: str) -> h11.Response:
    named = {name.lower(): value for name, value in response.headers.items()}
    length = named.pop("content-length", None)
    if method != "HEAD" or length is None:  # what a HEAD is told is the length of what a GET would get
        length = str(len(response.body))
    framing = {} if response.status in _NO_BODY or _is_granted(response, method) else {"content-length": length}
    headers = {"date": formatdate(usegmt=True), **named, **framing}
    return h11.Response(status_code=response.status, headers=[*headers.items()])


def _is_granted(response: Response, method: str) -> bool:
    return method == "CONNECT" and response.status == 200


def _too_large() -> RefusedError:
    sentence = f"the body is larger than {MAX_BODY // 1024 // 1024} MiB; send it in parts"
    return RefusedError(413, "RequestEntityTooLarge", sentence)
