"""Base64, as values are encoded in it, and as it stands in the middle of a text."""

import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress

from policies.rules.carried.limits import CarriedError

# Lines of one encoded text belong together. Twelve characters carry nine: the shortest name of a region has eleven.
_RUN = re.compile(r"(?<![\w+/-])(?:[\w+/-]{60,}[ \t]*\r?\n[ \t]*)*[\w+/-]{12,}={0,2}(?![\w+/=])", re.ASCII)
_SPACES = re.compile(r"\s+")


def decoded(text: str) -> bytes:
    """The bytes of a text in base64: with wrapped lines, in the alphabet of URLs, without its padding too.

    Raises:
        CarriedError: it isn't base64. Some readers skip what doesn't belong there, so that it may be read all the same.
    """
    try:
        plain = _SPACES.sub("", text).replace("-", "+").replace("_", "/").rstrip("=")
        return b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except ValueError:
        raise CarriedError("isn't base64 throughout") from None


def runs(text: str) -> Iterator[bytes]:
    """The bytes of everything in a text that could be base64; most of it is words, which gives no text."""
    for run in _RUN.findall(text):
        with suppress(CarriedError):
            yield decoded(run)
