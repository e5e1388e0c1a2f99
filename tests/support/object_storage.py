"""A stand-in for the S3 side of Object Storage, as strict as Oracle's was: for the tests of the state's backend.

It keeps objects in memory and knows what Pulumi's backend asks of it. What Oracle refuses, it refuses: bodies in chunks
with a trailing checksum (501), and copies whose source has its slashes escaped.
Sources: Oracle, "Amazon S3 Compatibility API Support",
https://docs.oracle.com/iaas/Content/Object/Tasks/s3compatibleapi_topic-Amazon_S3_Compatibility_API_Support.htm;
pulumi/pulumi issues 23764 (chunked bodies) and 23478 (slashes of a copy's source).
"""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import trustme

_MOMENT = "2026-11-26T00:00:00.000Z"
_MOMENT_IN_HEADERS = "Thu, 26 Nov 2026 00:00:00 GMT"


class ObjectStorage:
    """One bucket behind TLS on loopback: `objects` by name, and the requests that were refused."""

    def __init__(self, port: int, authority: Path) -> None:
        self.port, self.authority = port, authority
        self.objects: dict[str, bytes] = {}
        self.refused: list[str] = []

    def url(self, bucket: str) -> str:
        """The address to log in to."""
        return f"s3://{bucket}?endpoint=https://127.0.0.1:{self.port}&s3ForcePathStyle=true&region=us-ashburn-1"


@contextmanager
def object_storage(directory: Path) -> Iterator[ObjectStorage]:
    """Serves until the block ends; the certificate's authority is written into the directory."""
    authority = trustme.CA()
    file = directory / "authority.pem"
    authority.cert_pem.write_to_path(file)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    _Handler.storage = ObjectStorage(server.server_address[1], file)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield _Handler.storage
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    storage: ObjectStorage

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if "list-type" in parse_qs(url.query):
            self._answer(200, _listing(self.storage.objects, parse_qs(url.query)))
        else:
            self._object(url.path)

    def do_HEAD(self) -> None:
        self._object(urlsplit(self.path).path)

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        name = _name(urlsplit(self.path).path)
        if self._has_trailer():
            self.storage.refused.append(f"{self.command} {name}")
            self._fail(501, "NotImplemented", "STREAMING-UNSIGNED-PAYLOAD-TRAILER is not supported")
        elif source := self.headers.get("x-amz-copy-source"):
            self._copy(source, name)
        else:
            self.storage.objects[name] = body
            self._answer(200)

    def do_DELETE(self) -> None:
        self.storage.objects.pop(_name(urlsplit(self.path).path), None)
        self._answer(204)

    def _has_trailer(self) -> bool:
        digest = self.headers.get("x-amz-content-sha256", "")
        encoding = self.headers.get("content-encoding", "")
        return "aws-chunked" in encoding or digest.startswith("STREAMING-") or "x-amz-trailer" in self.headers

    def _copy(self, source: str, name: str) -> None:
        # The source's slashes are to be there as they are.
        known = _name("/" + source.lstrip("/")) if "/" in source.lstrip("/") else ""
        if known not in self.storage.objects:
            self._fail(404, "NoSuchKey", "The specified key does not exist.")
            return
        self.storage.objects[name] = self.storage.objects[known]
        result = f"<CopyObjectResult><ETag>1</ETag><LastModified>{_MOMENT}</LastModified></CopyObjectResult>"
        self._answer(200, result.encode())

    def _object(self, path: str) -> None:
        name = _name(path)
        if name in self.storage.objects:
            self._answer(200, self.storage.objects[name])
        else:
            self._fail(404, "NoSuchKey", "The specified key does not exist.")

    def _fail(self, status: int, code: str, message: str) -> None:
        self._answer(status, f"<Error><Code>{code}</Code><Message>{message}</Message></Error>".encode())

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.send_header("etag", '"1"')
        self.send_header("last-modified", _MOMENT_IN_HEADERS)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: what was refused is in `refused`."""


def _name(path: str) -> str:
    """An object's name: what comes after the bucket."""
    return unquote(path.lstrip("/").partition("/")[2])


def _listing(objects: dict[str, bytes], query: dict[str, list[str]]) -> bytes:
    prefix, delimiter = query.get("prefix", [""])[0], query.get("delimiter", [""])[0]
    names: list[str] = []
    folders: dict[str, None] = {}
    for name in sorted(each for each in objects if each.startswith(prefix)):
        head, found, _ = name[len(prefix) :].partition(delimiter) if delimiter else (name, "", "")
        if found:
            folders[prefix + head + delimiter] = None
        else:
            names.append(name)
    listed = "".join(
        f"<Contents><Key>{escape(name)}</Key><Size>{len(objects[name])}</Size><ETag>1</ETag>"
        f"<LastModified>{_MOMENT}</LastModified></Contents>"
        for name in names
    )
    listed += "".join(f"<CommonPrefixes><Prefix>{escape(each)}</Prefix></CommonPrefixes>" for each in folders)
    return f"<ListBucketResult><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>".encode()
