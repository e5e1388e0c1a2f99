"""What lies outside our VCNs, each in a namespace of its own with real listeners.

An address that nothing answers at is unreachable whatever the network does; so there is something at each of them, and
it says where it is.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

import yaml

from boundary import find_region, load_boundary

PORT = 443


class Place(StrEnum):
    """A part of the outside."""

    SERVICES = "services"
    """The Oracle Services Network, behind a service gateway."""
    INTERNET = "internet"
    GLOBAL = "global"
    """The global stack's addresses, private and public."""


UPLINKS: dict[Place, IPv4Network] = {place: IPv4Network(f"192.0.2.{2 * index}/31") for index, place in enumerate(Place)}
"""The link from the router to each place, the router's end first. TEST-NET-1 (RFC 5737) is in nobody's address plan."""

_SOMEWHERE_ON_THE_INTERNET = IPv4Address("203.0.113.10")  # TEST-NET-3 (RFC 5737)


@dataclass(frozen=True)
class Listener:
    """A TCP listener of the outside; it greets with the name of its place and hangs up."""

    place: Place
    address: IPv4Address
    port: int = PORT


@cache
def service_ranges() -> dict[str, tuple[IPv4Network, ...]]:
    """Object Storage's ranges by region."""
    table = yaml.safe_load((Path(__file__).parent / "services.yaml").read_text(encoding="utf-8"))
    return {name: tuple(map(IPv4Network, ranges)) for name, ranges in table.items()}


def ranges_of(kind: str | None, text: str) -> tuple[IPv4Network, ...]:
    """The addresses that a rule's source or destination means; none for a label that the rehearsal has no part of.

    A service's label is `oci-<region key>-objectstorage` or `all-<region key>-services-in-oracle-services-network`:
    Oracle, "Access to Oracle Services: Service Gateway",
    https://docs.oracle.com/iaas/Content/Network/Tasks/servicegateway.htm
    """
    if kind != "SERVICE_CIDR_BLOCK":
        # The fabric has no IPv6: what a rule says of it allows nothing here.
        return () if ":" in text else (IPv4Network(text),)
    region = find_region(text.split("-")[1])
    return service_ranges().get(region.name, ()) if region else ()


def listeners() -> tuple[Listener, ...]:
    """Every listener: one in each range of Object Storage and of the global stack, and one on the internet."""
    return (
        *(Listener(Place.SERVICES, block[1]) for blocks in service_ranges().values() for block in blocks),
        *(Listener(Place.GLOBAL, block[10]) for block in load_boundary().outside.ranges),
        Listener(Place.INTERNET, _SOMEWHERE_ON_THE_INTERNET),
    )
