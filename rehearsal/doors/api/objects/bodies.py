"""A body as the S3 side takes it: whole or in chunks, and as its checksums say.

Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html

Assumption: of bodies in chunks, Oracle takes those whose chunks aren't signed one by one. It checks a checksum where it
knows the algorithm, and refuses one that it doesn't know.
"""

import hashlib
import re
from collections.abc import Mapping

from rehearsal.doors.api.messages import Request
from rehearsal.doors.api.objects import checksums
from rehearsal.doors.api.objects.sigv4 import UNSIGNED
from rehearsal.doors.api.objects.strictness import Strictness, not_implemented
from rehearsal.world.model import ServiceError

_IN_CHUNKS = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
_CHECKSUM = "x-amz-checksum-"
_ABOUT = ("algorithm", "mode", "type")
_SIZE = re.compile(rb"([0-9a-fA-F]+)(?:;[^\r\n]*)?\r\n")


def body_of(request: Request, strictness: Strictness) -> tuple[bytes, dict[str, str]]:
    """The bytes, and the checksums that came with them; they are right.

    Raises:
        ServiceError: the body comes in a form that isn't taken, or isn't what it is said to be.
    """
    headers, body = request.headers, request.body
    said = headers.get("x-amz-content-sha256", UNSIGNED)
    given = _checksums(headers)
    if said.startswith("STREAMING-") or _is_chunked(headers):
        if not strictness.takes_chunks or said != _IN_CHUNKS:
            raise not_implemented(f"A body of {said}")
        body, trailers = _joined(body)
        if len(body) != int(headers.get("x-amz-decoded-content-length", "-1")):
            raise ServiceError(400, "IncompleteBody", "The chunks have not the length that the request names.")
        given |= _checksums(trailers)
    elif said not in ("", UNSIGNED) and said != hashlib.sha256(body).hexdigest():
        raise ServiceError(400, "XAmzContentSHA256Mismatch", "The x-amz-content-sha256 is not that of the body.")
    if "content-md5" in headers and checksums.mismatch(body, {"md5": headers["content-md5"]}):
        raise ServiceError(400, "BadDigest", "The Content-MD5 you specified did not match what we received.")
    if wrong := checksums.mismatch(body, given):
        raise ServiceError(400, "BadDigest", f"The {wrong} you specified did not match the calculated checksum.")
    return body, given


def _is_chunked(headers: Mapping[str, str]) -> bool:
    return "aws-chunked" in headers.get("content-encoding", "") or "x-amz-trailer" in headers


def _checksums(headers: Mapping[str, str]) -> dict[str, str]:
    given = {name.removeprefix(_CHECKSUM): value for name, value in headers.items() if name.startswith(_CHECKSUM)}
    given = {name: value for name, value in given.items() if name not in _ABOUT}
    for algorithm in given:
        if not checksums.is_known(algorithm):
            raise not_implemented(f"A checksum of {algorithm}")
    return given


def _joined(body: bytes) -> tuple[bytes, dict[str, str]]:
    """The chunks without what is between them, and the trailing headers."""
    chunks: list[bytes] = []
    position = 0
    while found := _SIZE.match(body, position):
        size, start = int(found[1], 16), found.end()
        if size == 0:
            lines = body[start:].decode("latin-1").split("\r\n")
            pairs = (line.partition(":") for line in lines if ":" in line)
            return b"".join(chunks), {name.strip().lower(): value.strip() for name, _, value in pairs}
        if body[start + size : start + size + 2] != b"\r\n":
            break
        chunks.append(body[start : start + size])
        position = start + size + 2
    raise ServiceError(400, "IncompleteBody", "The body is no series of chunks that ends with an empty one.")
