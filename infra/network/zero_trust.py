"""The table of flows once more, as statements of Zero Trust Packet Routing: a second lock. Pure: no Pulumi here.

A packet needs a security rule and, at an endpoint that carries a security attribute, a statement too. So whoever opens
a security group by hand has still opened nothing. What carries no attribute (pods can't, and what Oracle runs for us)
is named by the range of its subnet; a flow between two of those needs no statement.
Sources: Oracle, "Policy Syntax" and "Policy Examples",
https://docs.oracle.com/iaas/Content/zero-trust-packet-routing/zpr-policy-syntax.htm and
https://docs.oracle.com/iaas/Content/zero-trust-packet-routing/zpr-policy-examples.htm (a range: `tcp/999-11199`).

Assumption: a protocol without ports is written alone, `protocol='icmp'`, and then stands for all of its types.
"""

from collections.abc import Iterable, Iterator
from typing import TypeGuard

from infra.network.flows import Elsewhere, Flow, OracleServices, Peer, Range, Traffic
from infra.network.ranges import Ranges
from infra.network.roles import Role, VcnName, names_role

VCN_KEY, ROLE_KEY = "vcn", "role"

LABELLED = frozenset({Role.EDGE, Role.SERVING, Role.TRAINING, Role.INSPECTION, *map(names_role, VcnName)})
"""The roles whose machines and endpoints carry an attribute."""


def namespace(environment: str) -> str:
    """The environment's own namespace of security attributes: their names are unique in a tenancy."""
    return f"stateside-{environment}"


def attributes(environment: str, key: str, value: str) -> dict[str, str]:
    """A security attribute as a resource carries it, flat, as Pulumi takes it."""
    prefix = f"{namespace(environment)}.{key}"
    return {f"{prefix}.value": value, f"{prefix}.mode": "enforce"}


def statements(environment: str, flows: Iterable[Flow], here: Ranges, elsewhere: Ranges | None) -> Iterator[str]:
    """The statements that one region's flows need."""
    for flow in flows:
        ends = (flow.source, flow.target)
        if any(end in LABELLED for end in ends if isinstance(end, Role)):
            yield _statement(environment, flow, here, elsewhere)


def _statement(environment: str, flow: Flow, here: Ranges, elsewhere: Ranges | None) -> str:
    source, target = (_endpoint(environment, end, here, elsewhere) for end in (flow.source, flow.target))
    traffic = _with(flow.traffic)
    vcns = [f"{namespace(environment)}.{VCN_KEY}:{end.vcn}" for end in (flow.source, flow.target) if _carries(end)]
    if len(set(vcns)) == 2:
        return f"allow {source} in {vcns[0]} VCN to connect to {target}{traffic} in {vcns[1]} VCN"
    return f"in {vcns[0]} VCN allow {source} to connect to {target}{traffic}"


def _carries(end: Peer) -> TypeGuard[Role]:
    return isinstance(end, Role) and end in LABELLED


def _endpoint(environment: str, end: Peer, here: Ranges, elsewhere: Ranges | None) -> str:
    match end:
        case OracleServices():
            return "'osn-services-ip-addresses'"
        case Range():
            return f"'{end.cidr}'"
        case Elsewhere():
            return f"'{(elsewhere or here).subnets[end.role]}'"
        case Role() if end in LABELLED:
            return f"{namespace(environment)}.{ROLE_KEY}:{end} endpoints"
        case Role():
            return f"'{here.subnets[end]}'"


def _with(traffic: Traffic) -> str:
    if traffic.protocol == "all":
        return ""
    if traffic.ports is None:
        return f" with protocol='{traffic.protocol}'"
    first, last = traffic.ports
    return f" with protocol='{traffic.protocol}/{first if first == last else f'{first}-{last}'}'"
