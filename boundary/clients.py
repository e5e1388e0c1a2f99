"""From which addresses people may knock at a bastion, whose door is on the internet.

A private range on its list would let nobody in, since no private line leads into the network.
Source: Oracle, "Bastion Overview", https://docs.oracle.com/iaas/Content/Bastion/Concepts/bastionoverview.htm.
How wide a range of people who administer may be is a decision of ours.
"""

from collections.abc import Iterable
from ipaddress import IPv4Network

WIDEST = 24
"""The shortest prefix that a range of clients may have."""

_NOT_PUBLIC = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")))


def client_fault(clients: IPv4Network, outside: Iterable[IPv4Network]) -> str:
    """Why people can't come from a range; empty where they can. `outside` are the global stack's ranges."""
    if clients.prefixlen < WIDEST:
        return f"is wider than a /{WIDEST}, too wide for people who administer"
    if any(clients.overlaps(private) for private in _NOT_PUBLIC):
        return "is private, and a bastion is reached over the internet"
    theirs = next((each for each in outside if clients.overlaps(each)), None)
    return f"overlaps {theirs} of the global stack" if theirs else ""
