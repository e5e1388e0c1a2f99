"""The table of flows and the rules that follow from it."""

from ipaddress import IPv4Network

from infra.network.flows import HTTPS, INTERNET, SSH, Flow, OracleServices, Range, Rule, declared_flows, rules
from infra.network.roles import Role

SUBNETS = {role: IPv4Network(f"10.160.{16 * number}.0/20") for number, role in enumerate(Role)}


def test_a_flow_between_two_roles_is_open_on_both_sides() -> None:
    flow = Flow(Role.EDGE, Role.SERVING, HTTPS, "why")
    assert list(rules([flow])) == [
        Rule(Role.EDGE, "EGRESS", Role.SERVING, HTTPS, "why"),
        Rule(Role.SERVING, "INGRESS", Role.EDGE, HTTPS, "why"),
    ]


def test_a_flow_from_a_range_or_to_oracle_is_open_on_our_side() -> None:
    bastion = Range("own-subnet", SUBNETS[Role.SERVING])
    flows = [Flow(bastion, Role.SERVING, SSH, "in"), Flow(Role.SERVING, OracleServices(), HTTPS, "out")]
    assert list(rules(flows)) == [
        Rule(Role.SERVING, "INGRESS", bastion, SSH, "in"),
        Rule(Role.SERVING, "EGRESS", OracleServices(), HTTPS, "out"),
    ]


def test_every_rule_has_a_name_of_its_own() -> None:
    labels = [rule.label for rule in rules(declared_flows(SUBNETS, [8443, 9443]))]
    assert len(labels) == len(set(labels))
    assert "serving-from-edge-tcp-9443" in labels


def test_another_port_renames_no_rule() -> None:
    before, after = ({rule.label for rule in rules(declared_flows(SUBNETS, ports))} for ports in ([8443], [80, 8443]))
    assert before < after


def test_only_the_edge_hears_the_internet_and_nobody_calls_it() -> None:
    flows = declared_flows(SUBNETS, [8443])
    assert {flow.target for flow in flows if flow.source == INTERNET} == {Role.EDGE}
    assert not [flow for flow in flows if isinstance(flow.target, Range)]
