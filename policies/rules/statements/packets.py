"""What ZPR policies may not say: connections lead from one place of ours to another.

The one place that the internet may connect to is the edge, which is told by a security attribute of its VCN with the
value `edge`.
"""

from collections.abc import Iterator
from ipaddress import IPv4Network

from boundary import Boundary
from iam import Endpoint, EndpointKind, ZprStatement
from policies.core.findings import Problem

_EDGE = "edge"


def zpr_problems(boundary: Boundary, statement: ZprStatement) -> Iterator[Problem]:
    """What is wrong with a ZPR statement."""
    at_edge = all(vcn.endswith(f":{_EDGE}") for vcn in statement.vcns)
    if not (at_edge and _is_everywhere(statement.source)):
        yield from _range_problems(boundary, statement.source, "lets {token}, which isn't ours, connect")
    yield from _range_problems(
        boundary, statement.destination, "lets our machines connect to {token}, which isn't ours"
    )


def _is_everywhere(endpoint: Endpoint) -> bool:
    return endpoint.kind is EndpointKind.RANGE and endpoint.range.prefixlen == 0


def _range_problems(boundary: Boundary, endpoint: Endpoint, says: str) -> Iterator[Problem]:
    if endpoint.kind is not EndpointKind.RANGE:
        return
    addresses = endpoint.range
    if not isinstance(addresses, IPv4Network) or not addresses.subnet_of(boundary.addresses.supernet):
        yield Problem(
            says,
            token=endpoint.name,
            lets_through="packets between our machines and a place that the boundary doesn't know",
            instead=f"a security attribute, a range of {boundary.addresses.supernet}, or 'osn-services-ip-addresses'; "
            "everywhere (0.0.0.0/0) only as a source, in a VCN whose security attribute has the value `edge`",
        )
