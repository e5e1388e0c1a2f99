"""A CONNECT proxy on loopback that ends every connection here: clients keep Oracle's host names, and reach nobody.

TLS ends with a certificate for the host that was asked for, and what comes then is served by one function. Nothing is
forwarded: any other host, port or kind of proxy request is refused. One thread serves one connection.
"""

import re
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any

import h11

from rehearsal.doors.api.certificates import Authority
from rehearsal.doors.api.messages import Request, Response, named, refusal
from rehearsal.doors.api.wire import RefusedError, Wire
from rehearsal.doors.replies import LostReplyError

Serve = Callable[[Request], Response]

LOOPBACK = "127.0.0.1"
DOMAINS = ("oraclecloud.com", "oci.customer-oci.com")
_PORT = "443"

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?:{'|'.join(map(re.escape, DOMAINS))})")
_MAX_HOST = 253

_IDLE_S = 300.0
_WAITING = 128


class Tunnel:
    """Listens on `port` (a free one for 0) until it is closed.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, authority: Authority, serve: Serve, port: int = 0) -> None:
        self._server = _Server(authority, serve, port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def close(self) -> None:
        """Listens no more; connections end with the process."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = _WAITING

    def __init__(self, authority: Authority, serve: Serve, port: int) -> None:
        self._authority, self._serve = authority, serve
        super().__init__((LOOPBACK, port), BaseRequestHandler)

    def verify_request(self, request: Any, client_address: Any) -> bool:
        return ip_address(client_address[0]).is_loopback

    def finish_request(self, request: Any, client_address: Any) -> None:
        with suppress(OSError):  # the client is gone, or doesn't trust the certificate
            request.settimeout(_IDLE_S)
            request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            host = _host_of_tunnel(Wire(request))
            if host:
                with self._authority.context(host).wrap_socket(request, server_side=True) as client:
                    _converse(Wire(client), lambda asked: _served(self._serve, asked, host))


def _host_of_tunnel(wire: Wire) -> str:
    """Grants a CONNECT, and returns its host; empty where anything else was asked for, which has its answer."""
    try:
        asked = wire.receive()
        if asked is None:
            return ""
        if asked.method != "CONNECT":
            raise _not_forwarded("this proxy forwards nothing; CONNECT to a host of Oracle's API")
        host, _, port = asked.target.lower().rpartition(":")
        if port != _PORT or len(host) > _MAX_HOST or not _HOST.fullmatch(host):
            allowed = " and ".join(DOMAINS)
            raise _not_forwarded(f"{asked.target} is not served here; the rehearsal has {allowed} on port {_PORT} only")
        if wire.has_more():
            raise RefusedError(400, "CannotParseRequest", "wait for the answer to CONNECT before you go on")
    except RefusedError as refused:
        wire.send(refused.response)
        wire.hang_up()
        return ""
    wire.send(Response(200))
    return host


def _not_forwarded(sentence: str) -> RefusedError:
    return RefusedError(403, "NotAllowed", sentence)


def _converse(wire: Wire, serve: Serve) -> None:
    """Serves requests until one side ends it."""
    try:
        while (request := wire.receive()) is not None:
            if not _sent(wire, serve(request), request):
                return
    except RefusedError as refused:
        wire.send(refused.response)
        wire.hang_up()


def _sent(wire: Wire, response: Response, request: Request) -> bool:
    try:
        return wire.send(response)
    except h11.LocalProtocolError as error:  # a header that HTTP doesn't allow; nothing has been sent yet
        return wire.send(_failed(request, error))


def _served(serve: Serve, request: Request, host: str) -> Response:
    if request.host != host:
        sentence = f"this connection is for {host}; open another one for {request.host}"
        return refusal(421, "InvalidParameter", sentence)
    if not request.target.startswith("/"):
        return refusal(400, "CannotParseRequest", f"{request.target} is no path")
    try:
        return serve(request)
    except LostReplyError:
        raise  # the connection ends without an answer
    except Exception as error:
        return _failed(request, error)


def _failed(request: Request, error: Exception) -> Response:
    """What Oracle says of a failure of its own; the door's log has the traceback."""
    sys.stderr.write("".join(traceback.format_exception(error)))
    message = f"An internal server error occurred: {type(error).__name__}"
    return named(request, refusal(500, "InternalServerError", message))
