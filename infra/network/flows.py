"""Who may talk to whom: a table of flows, and the security rules that follow from it. Pure: no Pulumi here.

A flow between two roles takes two rules, one on each side; both come from the one flow, so neither is forgotten. What
is not in the table can't happen: the VCN's default security list has no rules.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Literal

from infra.network.roles import Role


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
class Traffic:
    """TCP to one port, or one kind of ICMP message."""

    label: str
    port: int | None = None
    icmp_type_and_code: tuple[int, int] | None = None


@dataclass(frozen=True)
class Flow:
    """One role or range that may open connections to another."""

    source: Role | Range
    target: Role | OracleServices
    traffic: Traffic
    why: str


@dataclass(frozen=True)
class Rule:
    """One side of a flow: a security rule of one role's group."""

    role: Role
    direction: Literal["INGRESS", "EGRESS"]
    peer: Role | Range | OracleServices
    traffic: Traffic
    why: str

    @property
    def label(self) -> str:
        """A name that stays when other rules come and go."""
        peer = self.peer.value if isinstance(self.peer, Role) else self.peer.label
        return f"{self.role}-{'from' if self.direction == 'INGRESS' else 'to'}-{peer}-{self.traffic.label}"


INTERNET = Range("internet", IPv4Network("0.0.0.0/0"))

HTTPS = Traffic("https", port=443)
SSH = Traffic("ssh", port=22)
# Without it, packets larger than the path allows vanish: https://docs.oracle.com/iaas/api/#/en/iaas/latest/datatypes/IcmpOptions
TOO_LARGE = Traffic("too-large", icmp_type_and_code=(3, 4))


def declared_flows(subnets: Mapping[Role, IPv4Network], serving_ports: Iterable[int]) -> tuple[Flow, ...]:
    """Every flow there is. Nothing listens in the data subnet yet, so nobody may talk to it."""
    machines = (Role.SERVING, Role.TRAINING)
    return (
        Flow(INTERNET, Role.EDGE, HTTPS, "Viewers reach the edge, over TLS alone"),
        Flow(INTERNET, Role.EDGE, TOO_LARGE, "Routers on the way tell the edge to send smaller packets"),
        *(
            Flow(Role.EDGE, Role.SERVING, Traffic(f"tcp-{port}", port=port), "The edge passes on what it let in")
            for port in serving_ports
        ),
        *(
            Flow(role, OracleServices(), HTTPS, "Oracle's services in this region, through the service gateway")
            for role in machines
        ),
        *(
            Flow(Range("own-subnet", subnets[role]), role, SSH, "Bastion's private endpoint, which sits in the subnet")
            for role in machines
        ),
    )


def rules(flows: Iterable[Flow]) -> Iterator[Rule]:
    """The security rules that flows need."""
    for flow in flows:
        if isinstance(flow.source, Role):
            yield Rule(flow.source, "EGRESS", flow.target, flow.traffic, flow.why)
        if isinstance(flow.target, Role):
            yield Rule(flow.target, "INGRESS", flow.source, flow.traffic, flow.why)
