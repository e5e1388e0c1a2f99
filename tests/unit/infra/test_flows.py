"""The table of flows, and the rules, routes and pairs that follow from it."""

from ipaddress import IPv4Network

from infra.network.flow_table import HTTPS, INTERNET, KAFKA, ORACLE, SSH, declared_flows
from infra.network.flows import (
    Elsewhere,
    Flow,
    OracleServices,
    Range,
    Rule,
    destinations,
    exchanges_with_other_region,
    label_of,
    pairs,
    rules,
)
from infra.network.roles import Role, VcnName

SUBNETS = {role: IPv4Network(f"10.{number}.0.0/20") for number, role in enumerate(Role)}
FLOWS = declared_flows(SUBNETS, [8443], two_regions=True)


def test_a_flow_between_two_roles_is_open_on_both_sides() -> None:
    flow = Flow(Role.EDGE, Role.SERVING, HTTPS, "why")
    assert list(rules([flow])) == [
        Rule(Role.EDGE, "EGRESS", Role.SERVING, HTTPS, "why"),
        Rule(Role.SERVING, "INGRESS", Role.EDGE, HTTPS, "why"),
    ]


def test_a_flow_from_a_range_or_to_oracle_is_open_on_our_side() -> None:
    bastion = Range("own-subnet", SUBNETS[Role.SERVING])
    flows = [Flow(bastion, Role.SERVING, SSH, "in"), Flow(Role.SERVING, ORACLE, HTTPS, "out")]
    assert list(rules(flows)) == [
        Rule(Role.SERVING, "INGRESS", bastion, SSH, "in"),
        Rule(Role.SERVING, "EGRESS", ORACLE, HTTPS, "out"),
    ]


def test_routes_lead_both_ways_of_a_flow_and_nowhere_within_a_vcn() -> None:
    flows = [
        Flow(Role.EDGE, Role.SERVING, HTTPS, "to another VCN"),
        Flow(Role.SERVING, Role.SERVING_PODS, HTTPS, "within the VCN"),
        Flow(Range("own-subnet", SUBNETS[Role.SERVING]), Role.SERVING, SSH, "within the subnet"),
        Flow(INTERNET, Role.EDGE, HTTPS, "from outside"),
    ]
    assert destinations(Role.EDGE, flows) == (Role.SERVING, INTERNET)
    assert destinations(Role.SERVING, flows) == (Role.EDGE,)
    assert destinations(Role.SERVING_PODS, flows) == ()


def test_a_pair_of_vcns_is_joined_by_a_flow_between_them_and_by_nothing_else() -> None:
    flows = [
        Flow(Role.EDGE, Role.SERVING, HTTPS, ""),
        Flow(Role.SERVING, Role.SERVING_PODS, HTTPS, ""),
        Flow(Role.STREAMS, Elsewhere(Role.STREAMS), KAFKA, ""),
    ]
    assert pairs(flows) == {frozenset({VcnName.EDGE, VcnName.SERVING})}
    assert [vcn for vcn in VcnName if exchanges_with_other_region(vcn, flows)] == [VcnName.DATA]


def test_every_rule_has_a_name_of_its_own() -> None:
    labels = [rule.label for rule in rules(declared_flows(SUBNETS, [8443, 9443], two_regions=True))]
    assert len(labels) == len(set(labels))
    assert "serving-from-edge-tcp-9443" in labels


def test_another_port_renames_no_rule() -> None:
    before, after = (
        {rule.label for rule in rules(declared_flows(SUBNETS, ports, two_regions=True))}
        for ports in ([8443], [80, 8443])
    )
    assert before < after


def test_only_the_edge_hears_the_internet_and_nobody_calls_it() -> None:
    assert {flow.target for flow in FLOWS if flow.source == INTERNET} == {Role.EDGE}
    assert not [flow for flow in FLOWS if isinstance(flow.target, Range)]


def test_training_exchanges_packets_with_oracles_services_operators_and_resolvers_alone() -> None:
    vcns = {other for pair in pairs(FLOWS) if VcnName.TRAINING in pair for other in pair}
    assert vcns == {VcnName.TRAINING, VcnName.ACCESS, VcnName.HUB}
    reached = {rule.peer for rule in rules(FLOWS) if rule.role.vcn is VcnName.TRAINING and rule.direction == "EGRESS"}
    outside = {peer for peer in reached if not isinstance(peer, Role) or peer.vcn is not VcnName.TRAINING}
    assert outside == {ORACLE, Role.NAMES}


def test_no_spoke_reaches_another_through_the_hub() -> None:
    hub = [rule for rule in rules(FLOWS) if rule.role.vcn is VcnName.HUB]
    assert {rule.direction for rule in hub} == {"INGRESS"}


def test_what_crosses_to_the_other_region_stays_in_the_data_vcns() -> None:
    for rule in rules(FLOWS):
        if isinstance(rule.peer, Elsewhere):
            assert rule.role.vcn is rule.peer.role.vcn is VcnName.DATA
    alone = declared_flows(SUBNETS, [8443], two_regions=False)
    assert not [rule for rule in rules(alone) if isinstance(rule.peer, Elsewhere)]


def test_access_reaches_machines_and_kubernetes_and_nothing_that_holds_data() -> None:
    reached = {rule.peer for rule in rules(FLOWS) if rule.role is Role.ACCESS and rule.direction == "EGRESS"}
    assert {peer.vcn for peer in reached if isinstance(peer, Role)}.isdisjoint({VcnName.DATA, VcnName.EDGE})
    assert not [peer for peer in reached if isinstance(peer, OracleServices)]


def test_every_role_has_a_subnet_of_its_own() -> None:
    places = [(role.vcn, role.subnet) for role in Role]
    assert len(places) == len(set(places))
    assert {label_of(role) for role in Role} == {role.value for role in Role}
