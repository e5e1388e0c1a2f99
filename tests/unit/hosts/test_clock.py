"""The platform's clock, byte by byte."""

import struct

import pytest

from rehearsal.fabric.clock import answer

CLIENT = 0b00_100_011
MOMENT = 1_800_000_000.5


def request(first: int = CLIENT) -> bytes:
    return bytes([first]) + bytes(39) + b"its time"


def test_it_answers_a_client_as_a_server_with_the_time_of_receipt() -> None:
    reply = answer(request(), MOMENT)
    assert reply is not None
    assert len(reply) == 48
    leap, version, mode = reply[0] >> 6, reply[0] >> 3 & 7, reply[0] & 7
    assert (leap, version, mode, reply[1]) == (0, 4, 4, 2)
    seconds, fraction = struct.unpack("!II", reply[32:40])
    assert (seconds - 2_208_988_800, fraction) == (1_800_000_000, 2**31)


def test_it_gives_back_the_clients_own_time_so_that_the_client_knows_its_question() -> None:
    reply = answer(request(), MOMENT)
    assert reply is not None
    assert reply[24:32] == b"its time"


@pytest.mark.parametrize("packet", [b"", request()[:47], request(0b00_100_100), request(0b00_100_110)])
def test_it_answers_nothing_but_clients(packet: bytes) -> None:
    assert answer(packet, MOMENT) is None
