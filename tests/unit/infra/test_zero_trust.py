"""Statements of Zero Trust Packet Routing that follow from flows."""

from ipaddress import IPv4Network

import pytest

from iam import parse_zpr
from infra.network.flow_table import ANYTHING, HTTPS, INTERNET, KAFKA, NODE_PORTS, ORACLE, TOO_LARGE, declared_flows
from infra.network.flows import Elsewhere, Flow
from infra.network.ranges import Ranges
from infra.network.roles import Role
from infra.network.zero_trust import LABELLED, attributes, statements


def ranges(first: int) -> Ranges:
    return Ranges({}, {role: IPv4Network(f"10.{first + number}.0.0/20") for number, role in enumerate(Role)})


HERE, THERE = ranges(0), ranges(100)
PODS = HERE.subnets[Role.SERVING_PODS]


@pytest.mark.parametrize(
    ("flow", "says"),
    [
        (
            Flow(Role.EDGE, Role.SERVING, HTTPS, ""),
            "allow stateside-us.role:edge endpoints in stateside-us.vcn:edge VCN to connect to "
            "stateside-us.role:serving endpoints with protocol='tcp/443' in stateside-us.vcn:serving VCN",
        ),
        (
            Flow(Role.SERVING, Role.SERVING, NODE_PORTS, ""),
            "in stateside-us.vcn:serving VCN allow stateside-us.role:serving endpoints to connect to "
            "stateside-us.role:serving endpoints with protocol='tcp/30000-32767'",
        ),
        (
            Flow(Role.SERVING_PODS, Role.SERVING, ANYTHING, ""),
            f"in stateside-us.vcn:serving VCN allow '{PODS}' to connect to stateside-us.role:serving endpoints",
        ),
        (
            Flow(Role.SERVING, ORACLE, HTTPS, ""),
            "in stateside-us.vcn:serving VCN allow stateside-us.role:serving endpoints to connect to "
            "'osn-services-ip-addresses' with protocol='tcp/443'",
        ),
        (
            Flow(INTERNET, Role.EDGE, TOO_LARGE, ""),
            "in stateside-us.vcn:edge VCN allow '0.0.0.0/0' to connect to stateside-us.role:edge endpoints "
            "with protocol='icmp'",
        ),
        (
            Flow(Elsewhere(Role.EDGE), Role.EDGE, HTTPS, ""),
            f"in stateside-us.vcn:edge VCN allow '{THERE.subnets[Role.EDGE]}' to connect to "
            "stateside-us.role:edge endpoints with protocol='tcp/443'",
        ),
    ],
)
def test_a_flow_is_a_statement(flow: Flow, says: str) -> None:
    (text,) = statements("us", [flow], HERE, THERE)
    assert text == says
    assert parse_zpr(text)


def test_a_flow_between_two_that_carry_no_attribute_needs_no_statement() -> None:
    assert not list(statements("us", [Flow(Role.SERVING_PODS, Role.STREAMS, KAFKA, "")], HERE, THERE))


def test_every_declared_flow_of_what_carries_an_attribute_is_a_statement_that_parses() -> None:
    flows = declared_flows(HERE.subnets, [8443], two_regions=True)
    needed = [flow for flow in flows if {flow.source, flow.target} & LABELLED]
    texts = list(statements("us", flows, HERE, THERE))
    assert len(texts) == len(needed)
    assert all(parse_zpr(text) for text in texts)


def test_an_attribute_is_enforced() -> None:
    assert attributes("us", "role", "edge") == {
        "stateside-us.role.value": "edge",
        "stateside-us.role.mode": "enforce",
    }
