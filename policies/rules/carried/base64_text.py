"""Base64, as values are encoded in it, and as it stands in the middle of a text."""

import re
from binascii import a2b_base64
from collections.abc import Iterator
from contextlib import suppress

from policies.rules.carried.limits import CarriedError

# Twelve characters carry nine: the shortest name of a region has eleven.
_SHORTEST = 12
# Lines of one encoded text belong together, if they are long.
_LINE = 60
_RUN = re.compile(
    rf"(?<![\w+/-])(?:[\w+/-]{{{_LINE},}}[ \t]*\r?\n[ \t]*)*[\w+/-]{{{_SHORTEST},}}={{0,2}}(?![\w+/=])", re.ASCII
)
# What a run without line breaks lies in: found in a fifth of the time.
_WORD = re.compile(r"[\w+/=-]+", re.ASCII)
_OF_URLS = bytes.maketrans(b"-_", b"+/")
_SPACES = b" \t\n\r\v\f"


def decoded(text: str) -> bytes:
    """The bytes of a text in base64: with wrapped lines, in the alphabet of URLs, without its padding too.

    Raises:
        CarriedError: it isn't base64. Some readers skip what doesn't belong there, so that it may be read all the same.
    """
    try:
        plain = text.encode("ascii").translate(_OF_URLS, _SPACES).rstrip(b"=")
        return a2b_base64(plain + b"=" * (-len(plain) % 4), strict_mode=True)
    except ValueError:
        raise CarriedError("isn't base64 throughout") from None


def runs(text: str) -> Iterator[bytes]:
    """The bytes of everything in a text that could be base64; most of it is words, which gives no text."""
    words = [word for word in _WORD.findall(text) if len(word) >= _SHORTEST]
    of_lines = any(len(word) >= _LINE for word in words)
    for run in _RUN.findall(text if of_lines else "\n".join(words)):
        with suppress(CarriedError):
            yield decoded(run)
