"""A stand-in for GitHub's REST API on loopback: pages of comments, pull requests, artifacts, and faults on order."""

import base64
import gzip
import io
import json
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "token-of-the-default-branch"  # noqa: S105 - it opens nothing
BOT = "github-actions[bot]"
Answer = tuple[int, Any, dict[str, str]]


@dataclass
class Fault:
    """What the next requests that match get instead: a code (0 drops the connection), after doing the thing or not."""

    method: str
    path: str
    code: int
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    done_anyway: bool = False


@dataclass
class StandIn:
    """The world behind the server, and what it was asked."""

    comments: list[dict[str, Any]] = field(default_factory=list)
    pulls: list[dict[str, Any]] = field(default_factory=list)
    artifacts: dict[str, bytes] = field(default_factory=dict)
    sarifs: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tokens_at_the_blobs: list[str | None] = field(default_factory=list)
    address: str = ""

    def say(self, body: str, author: str = BOT) -> None:
        """Somebody comments."""
        number = len(self.comments) + 1
        url = f"https://github.com/o/r/pull/7#issuecomment-{number}"
        self.comments.append({"id": number, "user": {"login": author}, "body": body, "html_url": url})

    def bodies(self, author: str = BOT) -> list[str]:
        """What somebody has said."""
        return [each["body"] for each in self.comments if each["user"]["login"] == author]

    def writes(self) -> list[str]:
        """What was asked that changes something."""
        return [each for each in self.asked if not each.startswith("GET ")]

    def fault(self, method: str, path: str) -> Fault | None:
        for each in self.faults:
            if each.times and each.method == method and each.path in path:
                each.times -= 1
                return each
        return None

    def answer(self, method: str, target: str, body: Mapping[str, Any]) -> Answer:
        path = urlsplit(target).path.removeprefix("/repos/o/r/")
        query = {key: values[0] for key, values in parse_qs(urlsplit(target).query).items()}
        match method, path.split("/"):
            case "GET", ["issues", "7", "comments"]:
                return 200, _page(self.comments, query), {}
            case "POST", ["issues", "7", "comments"]:
                self.say(body["body"])
                return 201, self.comments[-1], {}
            case "PATCH", ["issues", "comments", number]:
                found = next((each for each in self.comments if each["id"] == int(number)), None)
                if found is None:
                    return 404, {"message": "Not Found"}, {}
                found["body"] = body["body"]
                return 200, found, {}
            case "GET", ["pulls"]:
                wanted = [each for each in self.pulls if query["head"] == each["label"] and query["state"] == "open"]
                return 200, _page(wanted, query), {}
            case "GET", ["actions", "runs", _, "artifacts"]:
                listed = [
                    {"id": number, "name": name, "size_in_bytes": len(packed), "expired": False}
                    for number, (name, packed) in enumerate(self.artifacts.items())
                ]
                return 200, {"total_count": len(listed), "artifacts": _page(listed, query)}, {}
            case "GET", ["actions", "artifacts", number, "zip"]:
                return 302, None, {"Location": f"{self.address}/blobs/{number}"}
            case "GET", ["", "blobs", number]:
                return 200, list(self.artifacts.values())[int(number)], {}
            case "POST", ["code-scanning", "sarifs"]:
                self.sarifs.append({**body, "sarif": json.loads(gzip.decompress(base64.b64decode(body["sarif"])))})
                return 202, {"id": "1"}, {}
        return 404, {"message": "Not Found"}, {}


def _page(entries: list[dict[str, Any]], query: Mapping[str, str]) -> list[dict[str, Any]]:
    size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
    return entries[size * (page - 1) : size * page]


@contextmanager
def serving(world: StandIn) -> Iterator[StandIn]:
    """Serves a world on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            method, target = self.command, self.path
            world.asked.append(f"{method} {urlsplit(target).path.removeprefix('/repos/o/r/')}")
            if target.startswith("/blobs/"):
                world.tokens_at_the_blobs.append(self.headers.get("Authorization"))
            elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
                self._send(401, {"message": "Bad credentials"}, {})
                return
            fault = world.fault(method, target)
            if fault is None or fault.done_anyway:
                answer = world.answer(method, target, body)
            if fault is not None:
                answer = (fault.code, {"message": "it broke"}, fault.headers)
            self._send(*answer)

        def _send(self, code: int, content: Any, headers: Mapping[str, str]) -> None:
            if code == 0:
                self.close_connection = True
                self.connection.close()
                return
            text = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(code)
            for name, value in {**headers, "Content-Length": str(len(text))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = _any  # noqa: N815 - what the library looks for

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    world.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield world
    finally:
        server.shutdown()
        server.server_close()


def packed(**files: str | bytes) -> bytes:
    """A package with files; an underscore in a name is its dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name.replace("_", "."), text)
    return out.getvalue()
