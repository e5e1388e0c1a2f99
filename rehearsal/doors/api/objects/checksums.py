"""Checksums of a body that a client gives, by algorithm, in base64."""

import base64
import hashlib
import zlib
from collections.abc import Callable, Mapping

import crc32c

_OF: Mapping[str, Callable[[bytes], bytes]] = {
    "md5": lambda body: hashlib.md5(body, usedforsecurity=False).digest(),
    "sha1": lambda body: hashlib.sha1(body, usedforsecurity=False).digest(),
    "sha256": lambda body: hashlib.sha256(body).digest(),
    "sha384": lambda body: hashlib.sha384(body).digest(),
    "crc32": lambda body: zlib.crc32(body).to_bytes(4, "big"),
    "crc32c": lambda body: crc32c.crc32c(body).to_bytes(4, "big"),
}


def is_known(algorithm: str) -> bool:
    """Whether a checksum of this algorithm can be checked."""
    return algorithm in _OF


def mismatch(body: bytes, given: Mapping[str, str]) -> str:
    """The first algorithm whose checksum isn't the body's; empty where all are."""
    wrong = (name for name, value in given.items() if base64.b64encode(_OF[name](body)).decode() != value.strip())
    return next(wrong, "")


def md5_base64(digest: str) -> str:
    """An MD5 in hexadecimal, as headers have it."""
    return base64.b64encode(bytes.fromhex(digest)).decode()
