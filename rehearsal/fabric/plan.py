"""What the fabric must be, as plain data: comparing two plans is comparing two networks."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from rehearsal.fabric.outside import Place


@dataclass(frozen=True)
class Bridge:
    """A subnet: a bridge in the router that has the subnet's first address, as a VCN's virtual router has."""

    name: str
    subnet: str
    address: IPv4Interface


@dataclass(frozen=True)
class Plug:
    """An instance's VNIC: a cable from its namespace to its subnet's bridge."""

    instance: str
    namespace: str
    cable: str
    bridge: str
    address: IPv4Interface
    gateway: IPv4Address


@dataclass(frozen=True)
class Route:
    """Where one destination leads from a subnet: to a bridge, to a place outside, or (None) nowhere."""

    destination: IPv4Network
    to: str | Place | None


@dataclass(frozen=True)
class Table:
    """The route table of a subnet, and what it applies to."""

    number: int
    source: IPv4Network
    routes: tuple[Route, ...]


@dataclass(frozen=True)
class Plan:
    """The whole network."""

    bridges: tuple[Bridge, ...]
    plugs: tuple[Plug, ...]
    tables: tuple[Table, ...]
    firewall: str
    """The router's nftables ruleset."""
