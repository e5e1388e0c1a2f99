"""What a flow is, and what follows from a table of them: security rules, routes, pairs of VCNs. Pure: no Pulumi here.

Everything that lets packets through is derived from one table (`flow_table.py`): a flow between two roles takes a
security rule on each side, a route there and back where they stand in different VCNs, and a route distribution between
these. What is not in the table has none of them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Literal

from infra.network.roles import Role, VcnName


@dataclass(frozen=True)
class Range:
    """Addresses that are in no security group."""

    label: str
    cidr: IPv4Network


@dataclass(frozen=True)
class OracleServices:
    """Oracle's services in our region, as the service gateway reaches them."""

    label: str = "oracle-services"


@dataclass(frozen=True)
class Elsewhere:
    """A role in the environment's other region."""

    role: Role

    @property
    def label(self) -> str:
        """What rules call it."""
        return f"other-{self.role}"


Protocol = Literal["tcp", "udp", "icmp", "all"]


@dataclass(frozen=True)
class Traffic:
    """A protocol, the ports that connections go to, or one kind of ICMP message; no ports are all of them."""

    label: str
    protocol: Protocol = "tcp"
    ports: tuple[int, int] | None = None
    icmp_type_and_code: tuple[int, int] | None = None


Peer = Role | Range | OracleServices | Elsewhere


def label_of(peer: Peer) -> str:
    """What rules and routes call a peer."""
    return peer.value if isinstance(peer, Role) else peer.label


@dataclass(frozen=True)
class Flow:
    """One end that may open connections to another; at least one of them is a role here."""

    source: Role | Range | Elsewhere
    target: Role | OracleServices | Elsewhere
    traffic: Traffic
    why: str


@dataclass(frozen=True)
class Rule:
    """One side of a flow: a security rule of one role's group."""

    role: Role
    direction: Literal["INGRESS", "EGRESS"]
    peer: Peer
    traffic: Traffic
    why: str

    @property
    def label(self) -> str:
        """A name that stays when other rules come and go."""
        way = "from" if self.direction == "INGRESS" else "to"
        return f"{self.role}-{way}-{label_of(self.peer)}-{self.traffic.label}"


def rules(flows: Iterable[Flow]) -> Iterator[Rule]:
    """The security rules that flows need."""
    for flow in flows:
        if isinstance(flow.source, Role):
            yield Rule(flow.source, "EGRESS", flow.target, flow.traffic, flow.why)
        if isinstance(flow.target, Role):
            yield Rule(flow.target, "INGRESS", flow.source, flow.traffic, flow.why)


@dataclass(frozen=True)
class Opening:
    """What a machine takes: addresses, and the traffic that may come from there."""

    source: IPv4Network
    traffic: Traffic


def openings(
    role: Role, flows: Iterable[Flow], range_of: Callable[[Role | Elsewhere], IPv4Network]
) -> tuple[Opening, ...]:
    """What machines of a role take, as their own firewalls need it: these know addresses and no roles."""
    return tuple(
        Opening(flow.source.cidr if isinstance(flow.source, Range) else range_of(flow.source), flow.traffic)
        for flow in flows
        if flow.target is role
    )


def destinations(role: Role, flows: Iterable[Flow]) -> tuple[Peer, ...]:
    """Whom a role's packets leave its VCN for, requests and answers alike: what its route table must know."""
    peers = {rule.label: rule.peer for rule in rules(flows) if rule.role is role}.values()
    return tuple(dict.fromkeys(peer for peer in peers if not _is_within(role, peer)))


def pairs(flows: Iterable[Flow]) -> frozenset[frozenset[VcnName]]:
    """The VCNs of one region that exchange packets, as pairs."""
    ends = ((flow.source, flow.target) for flow in flows)
    vcns = (frozenset({a.vcn, b.vcn}) for a, b in ends if isinstance(a, Role) and isinstance(b, Role))
    return frozenset(pair for pair in vcns if len(pair) == 2)


def exchanges_with_other_region(vcn: VcnName, flows: Iterable[Flow]) -> bool:
    """Whether a VCN exchanges packets with the other region."""
    return any(isinstance(rule.peer, Elsewhere) for rule in rules(flows) if rule.role.vcn is vcn)


def _is_within(role: Role, peer: Peer) -> bool:
    """Whether packets to a peer stay in the VCN, where no route is needed."""
    return (isinstance(peer, Role) and peer.vcn is role.vcn) or (isinstance(peer, Range) and peer.cidr.is_private)
