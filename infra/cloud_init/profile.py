"""What distinguishes one machine's declaration from another's."""

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Literal

from infra.network.flows import Opening


@dataclass(frozen=True)
class HostProfile:
    """A machine by its role and its place in the address plan."""

    role: Literal["serving", "training", "inspection"]
    hostname: str
    environment: str
    own_range: IPv4Network
    """The range of the machine's VCN, where it may open connections to."""
    takes: tuple[Opening, ...]
    """Who may open connections to it: the same flows that its role's security rules are made from."""
    facts: tuple[tuple[str, str], ...] = ()
    """What its software is told besides, as names and values in /etc/stateside/role."""
