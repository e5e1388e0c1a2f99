"""The platform's clock: answers NTP clients from the machine's own time.

It gives what chrony needs to take it as a source and no more; it never sets a clock.
Source: RFC 5905, section 7.3.
"""

import struct
import time

PORT = 123
QUESTION = bytes([0b00_100_011]) + bytes(47)
"""A client's packet, of version 4."""

_FORMAT = struct.Struct("!BBbbIII8s8s8s8s")
_SINCE_1900_S = 2_208_988_800
_SERVER_V4, _STRATUM, _POLL, _PRECISION = 0b00_100_100, 2, 6, -20
_ONE_MILLISECOND = 66  # in units of 2**-16 s


def answer(request: bytes, received: float) -> bytes | None:
    """The reply to a client's packet, or None to what is no such packet."""
    if len(request) < _FORMAT.size or request[0] & 0b111 != 3:
        return None
    transmitted_by_client = request[40:48]
    moment = _timestamp(received)
    return _FORMAT.pack(
        _SERVER_V4,
        _STRATUM,
        _POLL,
        _PRECISION,
        _ONE_MILLISECOND,
        _ONE_MILLISECOND,
        0x4C4F434C,  # "LOCL"
        moment,
        transmitted_by_client,
        moment,
        _timestamp(time.time()),
    )


def _timestamp(seconds: float) -> bytes:
    whole = int(seconds)
    return struct.pack("!II", whole + _SINCE_1900_S, int((seconds - whole) * 2**32))
