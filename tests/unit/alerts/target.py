"""A target of alerts on loopback, which takes, fails and falls silent as it is told, and notes what it was sent."""

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook

KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
_SLOW = 0.05


@dataclass(frozen=True)
class Received:
    """One request that was taken: where it went, its headers and its body."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def data(self) -> dict[str, Any]:
        """What it says, after its maker's own library has verified it."""
        return Webhook(KEY).verify(self.body, self.headers)


@dataclass
class Target:
    """`mood` is `ok`, `slow`, `down` (no answer), `lost` (taken, and no answer), or a status to answer with."""

    mood: str | int = "ok"
    headers: dict[str, str] = field(default_factory=dict)
    answer: Any = None
    received: list[Received] = field(default_factory=list)
    attempts: int = 0
    address: str = ""
    port: int = 0


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    target: Target

    def handle_error(self, *_: Any) -> None:
        """A sender that was killed has hung up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        target = self.server.target
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        target.attempts += 1
        # A sender that is killed may leave half a request.
        if target.mood == "down" or len(body) < length:
            self.close_connection = True
            return
        if target.mood == "slow":
            time.sleep(_SLOW)
        status = target.mood if isinstance(target.mood, int) else 200
        if status < 300:
            headers = {key.lower(): value for key, value in self.headers.items()}
            target.received.append(Received(self.path, headers, body))
        if target.mood == "lost":
            self.close_connection = True
            return
        self.send_response(status)
        text = json.dumps(target.answer).encode() if target.answer is not None else b""
        for name, value in {**target.headers, "Content-Length": str(len(text))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: Any) -> None:
        """Nothing is logged."""


@contextmanager
def serving(target: Target, tls: ssl.SSLContext | None = None) -> Iterator[Target]:
    """The target, reachable; the same port again where it had one."""
    server = _Server(("127.0.0.1", target.port), _Handler)
    server.target = target
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    target.port = server.server_address[1]
    target.address = f"{'https' if tls else 'http'}://127.0.0.1:{target.port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield target
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
