"""Ranges of addresses: what a text names, what two have in common, and what of it the internet has."""

from ipaddress import IPv4Address

import pytest

from policies.core import UNKNOWN, Plain
from policies.flow.ranges import ANY, Range, lies_in, on_internet, range_of, shared


def one(address: str) -> Range:
    number = int(IPv4Address(address))
    return number, number


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("10.128.0.0/16", "10.128.0.0", "10.128.255.255"),
        ("10.128.0.77/24", "10.128.0.0", "10.128.0.255"),
        ("10.128.0.77", "10.128.0.77", "10.128.0.77"),
        ("128.0.0.0/1", "128.0.0.0", "255.255.255.255"),
    ],
)
def test_a_text_names_the_addresses_of_its_network(text: str, first: str, last: str) -> None:
    assert range_of(text) == (one(first)[0], one(last)[0])


@pytest.mark.parametrize("value", [UNKNOWN, None, 5, "", "::/0", "10.128.0.0/33", "all-iad-services"])
def test_what_names_no_network_may_be_any_address(value: Plain) -> None:
    assert range_of(value) == ANY == (0, 2**32 - 1)


def test_two_ranges_share_what_lies_in_both() -> None:
    assert shared((1, 5), (3, 9)) == shared((3, 9), (1, 5)) == (3, 5)
    assert shared((1, 9), (3, 5)) == shared((3, 5), (1, 9)) == (3, 5)
    assert shared((1, 3), (3, 9)) == shared((3, 9), (1, 3)) == (3, 3)
    assert shared((1, 3), (4, 9)) is None
    assert shared((4, 9), (1, 3)) is None


def test_a_range_lies_in_another_when_none_of_it_sticks_out() -> None:
    assert lies_in((3, 5), (3, 5))
    assert lies_in((4, 4), (3, 5))
    assert not lies_in((2, 5), (3, 5))
    assert not lies_in((3, 6), (3, 5))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("10.0.0.0", "10.255.255.255"),
        ("172.16.0.0", "172.31.255.255"),
        ("192.168.0.0", "192.168.255.255"),
        ("100.64.0.0", "100.127.255.255"),
        ("169.254.0.0", "169.254.255.255"),
    ],
)
def test_the_internet_has_no_private_address(first: str, last: str) -> None:
    (low, _), (_, high) = one(first), one(last)
    assert not on_internet((low, high))
    assert on_internet((low - 1, high))
    assert on_internet((low, high + 1))
