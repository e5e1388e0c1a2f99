"""What distinguishes one machine's declaration from another's."""

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Literal


@dataclass(frozen=True)
class HostProfile:
    """A machine by its role and its place in the address plan."""

    role: Literal["serving", "training", "inspection"]
    hostname: str
    environment: str
    own_range: IPv4Network
    """The range of the machine's VCN: where it may talk to freely and take its role's traffic from."""
    subnet_range: IPv4Network
    """The range of its subnet: the only place SSH is taken from, and where OCI Bastion has its private endpoint."""
    accepts_tcp: tuple[int, ...]
    """The ports that its role serves."""
    facts: tuple[tuple[str, str], ...] = ()
    """What its software is told besides, as names and values in /etc/stateside/role."""

    def __post_init__(self) -> None:
        if not self.subnet_range.subnet_of(self.own_range):
            raise ValueError(f"{self.hostname}: subnet {self.subnet_range} lies outside its VCN's {self.own_range}")
