"""The declared network: one door to the internet, at the edge, and nothing between two VCNs that no flow joins."""

from ipaddress import IPv4Network
from itertools import combinations

import pytest

from boundary import load_boundary
from boundary import region as region_of
from infra.network import Role, VcnName
from infra.network.flow_table import declared_flows
from infra.network.flows import (
    Elsewhere,
    OracleServices,
    Peer,
    Range,
    destinations,
    exchanges_with_other_region,
    label_of,
    pairs,
    rules,
)
from infra.network.ranges import Ranges, planned_ranges
from infra.network.roles import names_role, roles_in
from infra.network.zero_trust import statements
from tests.unit.infra.conftest import recorded
from tests.unit.infra.recording import REGIONS, STACKS, Declared, Recording, configured, fake_id


class Expected:
    """What the table of flows says of one region of one stack, in the words of the recording."""

    def __init__(self, program: Recording) -> None:
        config = configured(program.stack)
        names = config["stateside:regions"]
        self.key = program.key
        self.here = self._ranges(program.stack, REGIONS[program.key])
        other = next((name for name in names if name != REGIONS[program.key]), None)
        self.elsewhere = self._ranges(program.stack, other) if other else None
        ports = config["stateside:serving"]["acceptsTcp"]
        self.flows = declared_flows(self.here.subnets, ports, two_regions=other is not None)
        self.oracle = f"all-{program.key}-services-in-oracle-services-network"

    @staticmethod
    def _ranges(stack: str, name: str) -> Ranges:
        return planned_ranges(load_boundary().addresses, stack, region_of(name))

    def name(self, part: str) -> str:
        return f"network-{self.key}-{part}"

    def group(self, role: Role) -> str:
        return fake_id("NetworkSecurityGroup", self.name(role))

    def address(self, peer: Peer) -> str:
        """What a route or a rule outside of its VCN must call a peer."""
        if isinstance(peer, OracleServices):
            return self.oracle
        if isinstance(peer, Range):
            return str(peer.cidr)
        if isinstance(peer, Elsewhere):
            assert self.elsewhere
            return str(self.elsewhere.subnets[peer.role])
        return str(self.here.subnets[peer])


@pytest.fixture
def expected(program: Recording) -> Expected:
    return Expected(program)


def peer_of(rule: Declared) -> tuple[str, str]:
    side = "source" if rule.inputs["direction"] == "INGRESS" else "destination"
    return rule.inputs[side], rule.inputs[f"{side}Type"]


def test_there_is_a_vcn_for_each_name_in_the_plan_and_its_range_is_the_plans(
    program: Recording, expected: Expected
) -> None:
    found = {vcn.name: vcn.inputs["cidrBlocks"] for vcn in program.of("Vcn")}
    assert found == {expected.name(vcn): [str(expected.here.vcns[vcn])] for vcn in VcnName}


def test_there_is_no_gateway_but_the_internets_oracles_and_the_drg(program: Recording) -> None:
    gateways = {each.kind for each in program.resources if each.custom and "Gateway" in each.kind}
    assert gateways == {"InternetGateway", "ServiceGateway"}
    assert len(program.of("Drg")) == 1


def test_the_internet_gateway_is_the_edges(program: Recording, expected: Expected) -> None:
    (gateway,) = program.of("InternetGateway")
    assert gateway.inputs["vcnId"] == fake_id("Vcn", expected.name("edge"))


def test_a_vcn_has_a_service_gateway_where_a_role_of_it_uses_oracles_services(
    program: Recording, expected: Expected
) -> None:
    users = {rule.role.vcn for rule in rules(expected.flows) if isinstance(rule.peer, OracleServices)}
    gateways = program.of("ServiceGateway")
    assert {each.inputs["vcnId"] for each in gateways} == {fake_id("Vcn", expected.name(vcn)) for vcn in users}
    assert len(gateways) == len(users)
    for gateway in gateways:
        assert gateway.inputs["services"] == [{"serviceId": f"ocid1.service.oc1.{program.key}.all"}]


def test_only_the_edge_may_have_public_addresses(program: Recording, expected: Expected) -> None:
    public = {subnet.name for subnet in program.of("Subnet") if not subnet.inputs["prohibitPublicIpOnVnic"]}
    assert public == {expected.name("edge")}


def test_only_the_edge_has_a_route_to_the_internet(program: Recording, expected: Expected) -> None:
    ours = load_boundary().addresses.supernet
    for table in program.of("RouteTable"):
        for rule in table.inputs["routeRules"]:
            if rule["destinationType"] == "CIDR_BLOCK" and not IPv4Network(rule["destination"]).subnet_of(ours):
                assert table.name == expected.name("edge")
                assert rule["networkEntityId"] == fake_id("InternetGateway", expected.name("edge-internet"))


def test_routes_are_those_of_the_flows_and_no_others(program: Recording, expected: Expected) -> None:
    for role in Role:
        table = program.one("RouteTable", expected.name(role))
        found = {(rule["destination"], rule["networkEntityId"]) for rule in table.inputs["routeRules"]}
        assert found == {
            (expected.address(peer), entity(expected, role, peer)) for peer in destinations(role, expected.flows)
        }


def entity(expected: Expected, role: Role, peer: Peer) -> str:
    if isinstance(peer, OracleServices):
        return fake_id("ServiceGateway", expected.name(f"{role.vcn}-oracle-services"))
    if isinstance(peer, Range):
        return fake_id("InternetGateway", expected.name("edge-internet"))
    return fake_id("Drg", expected.name("drg"))


def test_rules_are_those_of_the_flows_and_no_others(program: Recording, expected: Expected) -> None:
    found = {
        (rule.inputs["networkSecurityGroupId"], rule.name) for rule in program.of("NetworkSecurityGroupSecurityRule")
    }
    assert found == {(expected.group(rule.role), expected.name(rule.label)) for rule in rules(expected.flows)}
    for rule in rules(expected.flows):
        declared = program.one("NetworkSecurityGroupSecurityRule", expected.name(rule.label))
        within = isinstance(rule.peer, Role) and rule.peer.vcn is rule.role.vcn
        peer = expected.group(rule.peer) if within else expected.address(rule.peer)
        kind = "SERVICE_CIDR_BLOCK" if isinstance(rule.peer, OracleServices) else "CIDR_BLOCK"
        assert peer_of(declared) == (peer, "NETWORK_SECURITY_GROUP" if within else kind)


def test_every_rule_tracks_connections_and_says_what_it_is_for(program: Recording) -> None:
    for rule in program.of("NetworkSecurityGroupSecurityRule"):
        assert rule.inputs["stateless"] is False
        assert rule.inputs["description"]


def test_rules_that_name_ports_name_the_flows_ports(program: Recording, expected: Expected) -> None:
    for rule in rules(expected.flows):
        declared = program.one("NetworkSecurityGroupSecurityRule", expected.name(rule.label)).inputs
        assert declared["protocol"] == {"tcp": "6", "udp": "17", "icmp": "1", "all": "all"}[rule.traffic.protocol]
        options = declared.get(f"{rule.traffic.protocol}Options")
        if rule.traffic.ports:
            first, last = rule.traffic.ports
            assert options == {"destinationPortRange": {"min": first, "max": last}}
        elif rule.traffic.icmp_type_and_code:
            assert (options["type"], options["code"]) == rule.traffic.icmp_type_and_code
        else:
            assert options is None


def test_only_the_edges_https_is_open_to_the_internet(program: Recording) -> None:
    ours = load_boundary().addresses.supernet
    for rule in program.of("NetworkSecurityGroupSecurityRule"):
        peer, kind = peer_of(rule)
        if kind == "CIDR_BLOCK" and not IPv4Network(peer).subnet_of(ours):
            assert rule.name.endswith(("-edge-from-internet-https", "-edge-from-internet-too-large"))


def test_every_subnet_has_its_own_route_table_and_no_rules_but_its_groups(program: Recording) -> None:
    for subnet in program.of("Subnet"):
        vcn = subnet.inputs["vcnId"].rpartition(".")[2]
        assert subnet.inputs["routeTableId"] == fake_id("RouteTable", subnet.name)
        assert subnet.inputs["securityListIds"] == [fake_id("DefaultSecurityList", f"{vcn}-nothing")]


def test_the_default_security_lists_are_emptied(program: Recording) -> None:
    lists = program.of("DefaultSecurityList")
    assert len(lists) == len(program.of("Vcn"))
    for each in lists:
        assert each.inputs["manageDefaultResourceId"] == "ocid1.securitylist.oc1.iad.default"
        assert each.inputs["ingressSecurityRules"] == each.inputs["egressSecurityRules"] == []


def test_each_attachment_has_a_table_and_a_distribution_of_its_own(program: Recording, expected: Expected) -> None:
    for vcn in VcnName:
        name = expected.name(vcn)
        attachment = program.one("DrgAttachment", name).inputs
        assert attachment["networkDetails"]["id"] == fake_id("Vcn", name)
        assert attachment["drgRouteTableId"] == fake_id("DrgRouteTable", name)
        table = program.one("DrgRouteTable", name).inputs
        assert table["importDrgRouteDistributionId"] == fake_id("DrgRouteDistribution", name)
        assert program.one("DrgRouteDistribution", name).inputs["distributionType"] == "IMPORT"


def test_a_table_imports_from_the_vcns_that_its_own_exchanges_packets_with_and_from_no_other(
    program: Recording, expected: Expected
) -> None:
    imported: dict[str, set[str]] = {}
    for each in program.of("DrgRouteDistributionStatement"):
        criteria = each.inputs["matchCriteria"]
        assert (each.inputs["action"], criteria["matchType"]) == ("ACCEPT", "DRG_ATTACHMENT_ID")
        imported.setdefault(each.inputs["drgRouteDistributionId"], set()).add(criteria["drgAttachmentId"])
    joined = pairs(expected.flows)
    for vcn in VcnName:
        wanted = {fake_id("DrgAttachment", expected.name(peer)) for peer in VcnName if frozenset({vcn, peer}) in joined}
        found = imported.get(fake_id("DrgRouteDistribution", expected.name(vcn)), set())
        peering = {fake_id("DrgAttachmentManagement", f"peering-{expected.key}")}
        crosses = expected.elsewhere and exchanges_with_other_region(vcn, expected.flows)
        assert found == wanted | (peering if crosses else set()), vcn


def test_statements_of_a_table_differ_in_priority(program: Recording) -> None:
    seen = [
        (s.inputs["drgRouteDistributionId"], s.inputs["priority"]) for s in program.of("DrgRouteDistributionStatement")
    ]
    assert len(seen) == len(set(seen))


def test_a_route_to_the_drg_waits_for_the_vcns_attachment(program: Recording, expected: Expected) -> None:
    urns = {each.name: each.urn for each in program.of("DrgAttachment")}
    drg = fake_id("Drg", expected.name("drg"))
    for table in program.of("RouteTable"):
        if any(rule["networkEntityId"] == drg for rule in table.inputs["routeRules"]):
            vcn = table.inputs["vcnId"].rpartition(".")[2]
            assert urns[vcn] in table.dependencies, table.urn


def test_no_range_overlaps_another_or_the_outside() -> None:
    ranges: list[IPv4Network] = list(load_boundary().outside.ranges)
    for stack in STACKS:
        program = recorded(stack)
        blocks = {vcn.name: IPv4Network(vcn.inputs["cidrBlocks"][0]) for vcn in program.of("Vcn")}
        subnets = [
            (subnet.inputs["vcnId"].rpartition(".")[2], IPv4Network(subnet.inputs["cidrBlock"]))
            for subnet in program.of("Subnet")
        ]
        assert all(block.subnet_of(blocks[vcn]) for vcn, block in subnets)
        assert not [pair for pair in combinations([block for _, block in subnets], 2) if pair[0].overlaps(pair[1])]
        ranges += blocks.values()
    assert not [pair for pair in combinations(ranges, 2) if pair[0].overlaps(pair[1])]


def test_vcns_and_subnets_have_names_in_dns_and_no_ipv6(program: Recording) -> None:
    for vcn in program.of("Vcn"):
        assert vcn.inputs["isIpv6enabled"] is False
    for each in program.of("Vcn", "Subnet"):
        assert each.inputs["dnsLabel"].isalnum()
        assert len(each.inputs["dnsLabel"]) <= 15


def test_every_role_is_in_the_network_of_each_region(program: Recording, expected: Expected) -> None:
    for vcn in VcnName:
        for role in roles_in(vcn):
            subnet = program.one("Subnet", expected.name(label_of(role))).inputs
            assert subnet["vcnId"] == fake_id("Vcn", expected.name(vcn))
            assert subnet["cidrBlock"] == str(expected.here.subnets[role])


def test_the_two_regions_are_joined_once_and_the_primary_asks() -> None:
    for stack in STACKS:
        sides = {each.name: each.inputs for each in recorded(stack).resources if each.kind == "RemotePeeringConnection"}
        if len(configured(stack)["stateside:regions"]) == 1:
            assert not sides
            continue
        assert {name: side["peerRegionName"] for name, side in sides.items()} == {
            "peering-iad": "us-phoenix-1",
            "peering-phx": "us-ashburn-1",
        }
        assert sides["peering-iad"]["peerId"] == fake_id("RemotePeeringConnection", "peering-phx")
        assert "peerId" not in sides["peering-phx"]


def test_the_peering_reaches_the_vcns_whose_flows_cross_and_no_other(program: Recording, expected: Expected) -> None:
    crossing = {vcn for vcn in VcnName if exchanges_with_other_region(vcn, expected.flows)}
    assert bool(crossing) == bool(expected.elsewhere)
    if not expected.elsewhere:
        return
    name = f"peering-{expected.key}"
    attachment = program.one("DrgAttachmentManagement", name).inputs
    assert attachment["attachmentType"] == "REMOTE_PEERING_CONNECTION"
    assert attachment["networkId"] == fake_id("RemotePeeringConnection", name)
    assert attachment["drgRouteTableId"] == fake_id("DrgRouteTable", name)
    reached = {
        each.inputs["matchCriteria"]["drgAttachmentId"]
        for each in program.of("DrgRouteDistributionStatement")
        if each.inputs["drgRouteDistributionId"] == fake_id("DrgRouteDistribution", name)
    }
    assert reached == {fake_id("DrgAttachment", expected.name(vcn)) for vcn in crossing}


def test_each_vcns_resolver_sees_the_environments_view_and_the_hubs_sees_them_all(
    program: Recording, expected: Expected
) -> None:
    own = fake_id("View", f"network-{expected.key}")
    defaults = {fake_id("View", f"default-{expected.name(vcn)}") for vcn in VcnName if vcn is not VcnName.HUB}
    for vcn in VcnName:
        seen = [view["viewId"] for view in program.one("Resolver", expected.name(vcn)).inputs["attachedViews"]]
        assert seen[0] == own
        assert set(seen[1:]) == (defaults if vcn is VcnName.HUB else set())


def test_no_spoke_asks_the_internet_for_a_name(program: Recording, expected: Expected) -> None:
    subnet = expected.here.subnets[Role.NAMES]
    for vcn in VcnName:
        rules_of = program.one("Resolver", expected.name(vcn)).inputs.get("rules") or []
        if vcn is VcnName.HUB:
            assert rules_of == []
            continue
        oracles, others = rules_of
        assert oracles["qnameCoverConditions"] == ["oraclecloud.com", "oraclevcn.com", "ocir.io"]
        assert oracles["destinationAddresses"] == [str(subnet[10])]
        assert "qnameCoverConditions" not in others and "clientAddressConditions" not in others
        assert others["destinationAddresses"] == [str(subnet[11])]


def test_the_hubs_endpoint_listens_where_the_spokes_forward_to_and_nowhere_else(
    program: Recording, expected: Expected
) -> None:
    for vcn in VcnName:
        endpoint = program.one("ResolverEndpoint", expected.name(vcn)).inputs
        assert (endpoint["isListening"], endpoint["isForwarding"]) == (vcn is VcnName.HUB, vcn is not VcnName.HUB)
        assert endpoint["subnetId"] == fake_id("Subnet", expected.name(names_role(vcn)))
        assert endpoint["nsgIds"] == [expected.group(names_role(vcn))]
        expected_address = str(expected.here.subnets[Role.NAMES][10]) if vcn is VcnName.HUB else None
        assert endpoint.get("listeningAddress") == expected_address


def test_every_subnet_logs_its_flows(program: Recording) -> None:
    logged = {
        log.inputs["configuration"]["source"]["resource"]
        for log in program.of("Log")
        if log.inputs["configuration"]["source"]["service"] == "flowlogs"
    }
    assert logged == {fake_id("Subnet", subnet.name) for subnet in program.of("Subnet")}


def test_every_vcn_carries_its_attribute_and_waits_for_it(program: Recording) -> None:
    space = f"stateside-{program.stack}"
    known = {attribute.urn for attribute in program.of("SecurityAttribute")}
    for vcn in program.of("Vcn"):
        name = vcn.name.removeprefix(f"network-{program.key}-")
        assert vcn.inputs["securityAttributes"] == {f"{space}.vcn.value": name, f"{space}.vcn.mode": "enforce"}
        assert known <= vcn.dependencies


def test_packet_routing_is_switched_on_by_the_stack_that_sets_the_tenancy() -> None:
    for stack in STACKS:
        found = [each for each in recorded(stack).resources if each.type == "oci:Zpr/configuration:Configuration"]
        tenancy_wide = configured(stack).get("stateside:landingZone", {}).get("tenancyWide", False)
        assert len(found) == (1 if tenancy_wide else 0)


def test_the_declared_packet_policies_are_the_flows_of_all_regions() -> None:
    for stack in STACKS:
        program = recorded(stack)
        keys = [key for key, name in REGIONS.items() if name in configured(stack)["stateside:regions"]]
        wanted: set[str] = set()
        for key in keys:
            expected = Expected(program.site(key))
            wanted |= set(statements(stack, expected.flows, expected.here, expected.elsewhere))
        policies = program.of("ZprPolicy")
        assert {text for policy in policies for text in policy.inputs["statements"]} == wanted
        assert all(len(policy.inputs["statements"]) <= 25 for policy in policies)
        assert all(policy.inputs["compartmentId"] == load_boundary().tenancy.ocid for policy in policies)
