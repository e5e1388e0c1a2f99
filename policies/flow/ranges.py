"""Ranges of addresses as pairs of numbers, which are quick to compare."""

from ipaddress import IPv4Network

from policies.core.plain import Plain

Range = tuple[int, int]

ANY: Range = (0, 2**32 - 1)
# Addresses that no packet reaches over the internet: https://www.iana.org/assignments/iana-ipv4-special-registry
_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16")


def range_of(value: Plain) -> Range:
    """The range that a text names; all addresses where it isn't known, or is none of IPv4."""
    try:
        network = IPv4Network(value, strict=False) if isinstance(value, str) else None
    except ValueError:
        network = None
    return (int(network[0]), int(network[-1])) if network is not None else ANY


PRIVATE = tuple(map(range_of, _PRIVATE))


def shared(one: Range, other: Range) -> Range | None:
    """The addresses that are in both."""
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None


def lies_in(inner: Range, outer: Range) -> bool:
    """Whether all addresses of one are in the other."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def on_internet(range: Range) -> bool:
    """Whether a packet to a range can reach the internet."""
    return not any(lies_in(range, private) for private in PRIVATE)
