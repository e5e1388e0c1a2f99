"""The declared network: one door to the internet, at the edge, and no flow that is not in the table."""

from ipaddress import IPv4Network
from itertools import combinations

from boundary import load_boundary
from tests.unit.infra.recording import STACKS, Recording, run_program

PRIVATE = ("serving", "training", "data")


def oracle(program: Recording) -> str:
    """The label of Oracle's services in the region."""
    return f"all-{program.key}-services-in-oracle-services-network"


def rules_of(program: Recording, role: str, direction: str) -> set[tuple[str, str, int | tuple[int, int] | None]]:
    """What a role's group lets through: protocol, peer and port (type and code of an ICMP message)."""
    side = "source" if direction == "INGRESS" else "destination"
    return {
        (rule.inputs["protocol"], rule.inputs[side], opening(rule.inputs))
        for rule in program.of("NetworkSecurityGroupSecurityRule")
        if rule.inputs["networkSecurityGroupId"] == program.id_of("NetworkSecurityGroup", f"-{role}")
        and rule.inputs["direction"] == direction
    }


def opening(rule: dict) -> int | tuple[int, int] | None:
    if "icmpOptions" in rule:
        return rule["icmpOptions"]["type"], rule["icmpOptions"]["code"]
    ports = rule["tcpOptions"]["destinationPortRange"]
    assert ports["min"] == ports["max"]
    return ports["min"]


def test_there_is_no_gateway_but_the_internets_and_oracles(program: Recording) -> None:
    gateways = {each.kind for each in program.resources if "Gateway" in each.kind or "Drg" in each.kind}
    assert gateways - {"Gateways"} == {"InternetGateway", "ServiceGateway"}


def test_only_the_edge_may_have_public_addresses(program: Recording) -> None:
    private = {subnet.name: subnet.inputs["prohibitPublicIpOnVnic"] for subnet in program.of("Subnet")}
    assert private == {
        f"network-{program.key}-edge": False,
        f"network-{program.key}-serving": True,
        f"network-{program.key}-training": True,
        f"network-{program.key}-data": True,
    }


def test_only_the_edge_has_a_route_to_the_internet(program: Recording) -> None:
    internet, gateway = program.id_of("InternetGateway"), program.id_of("ServiceGateway")
    routes = {
        table.name: [(rule["destination"], rule["networkEntityId"]) for rule in table.inputs["routeRules"]]
        for table in program.of("RouteTable")
    }
    assert routes == {
        f"network-{program.key}-edge": [("0.0.0.0/0", internet)],
        **{f"network-{program.key}-{role}": [(oracle(program), gateway)] for role in PRIVATE},
    }


def test_every_subnet_has_its_own_route_table_and_no_rules_but_its_groups(program: Recording) -> None:
    for subnet in program.of("Subnet"):
        assert subnet.inputs["routeTableId"] == program.id_of("RouteTable", subnet.name)
        assert subnet.inputs["securityListIds"] == [program.id_of("DefaultSecurityList")]


def test_the_default_security_list_is_emptied(program: Recording) -> None:
    default = program.one("DefaultSecurityList").inputs
    assert default["manageDefaultResourceId"] == "ocid1.securitylist.oc1.iad.default"
    assert default["ingressSecurityRules"] == default["egressSecurityRules"] == []


def test_the_service_gateway_opens_all_of_oracles_services_in_the_region(program: Recording) -> None:
    assert program.one("ServiceGateway").inputs["services"] == [{"serviceId": f"ocid1.service.oc1.{program.key}.all"}]


def test_the_edge_takes_https_from_the_internet_and_passes_it_to_serving_alone(program: Recording) -> None:
    serving = program.id_of("NetworkSecurityGroup", "-serving")
    assert rules_of(program, "edge", "INGRESS") == {("6", "0.0.0.0/0", 443), ("1", "0.0.0.0/0", (3, 4))}
    assert rules_of(program, "edge", "EGRESS") == {("6", serving, 8443)}


def test_serving_takes_requests_from_the_edge_alone(program: Recording) -> None:
    edge = program.id_of("NetworkSecurityGroup", "-edge")
    subnet = program.one("Subnet", "-serving").inputs["cidrBlock"]
    assert rules_of(program, "serving", "INGRESS") == {("6", edge, 8443), ("6", subnet, 22)}
    assert rules_of(program, "serving", "EGRESS") == {("6", oracle(program), 443)}


def test_training_takes_nothing_but_bastions_ssh_from_its_own_subnet(program: Recording) -> None:
    subnet = program.one("Subnet", "-training").inputs["cidrBlock"]
    assert rules_of(program, "training", "INGRESS") == {("6", subnet, 22)}
    assert rules_of(program, "training", "EGRESS") == {("6", oracle(program), 443)}


def test_nothing_may_talk_to_the_data_subnet_while_nothing_listens_there(program: Recording) -> None:
    assert not rules_of(program, "data", "INGRESS") | rules_of(program, "data", "EGRESS")


def test_every_rule_tracks_connections_and_says_what_it_is_for(program: Recording) -> None:
    for rule in program.of("NetworkSecurityGroupSecurityRule"):
        assert rule.inputs["stateless"] is False
        assert rule.inputs["description"]


def test_peers_are_of_the_type_that_they_are_given_as(program: Recording) -> None:
    groups = {program.id_of("NetworkSecurityGroup", f"-{role}") for role in ("edge", *PRIVATE)}
    for rule in program.of("NetworkSecurityGroupSecurityRule"):
        side = "source" if rule.inputs["direction"] == "INGRESS" else "destination"
        peer, kind = rule.inputs[side], rule.inputs[f"{side}Type"]
        if kind == "NETWORK_SECURITY_GROUP":
            assert peer in groups
        elif kind == "SERVICE_CIDR_BLOCK":
            assert peer == oracle(program)
        else:
            assert kind == "CIDR_BLOCK"
            assert IPv4Network(peer)


def test_no_range_overlaps_another_or_the_outside() -> None:
    vcns: list[IPv4Network] = []
    for stack in STACKS:
        program = run_program(stack)
        here = [IPv4Network(each) for vcn in program.of("Vcn") for each in vcn.inputs["cidrBlocks"]]
        subnets = [IPv4Network(subnet.inputs["cidrBlock"]) for subnet in program.of("Subnet")]
        assert all(any(subnet.subnet_of(vcn) for vcn in here) for subnet in subnets)
        assert not [pair for pair in combinations(subnets, 2) if pair[0].overlaps(pair[1])]
        vcns.extend(here)
    ranges = [*vcns, *load_boundary().outside.ranges]
    assert not [pair for pair in combinations(ranges, 2) if pair[0].overlaps(pair[1])]


def test_the_vcn_has_a_name_in_dns_and_no_ipv6(program: Recording) -> None:
    vcn = program.one("Vcn").inputs
    assert vcn["dnsLabel"].isalnum()
    assert len(vcn["dnsLabel"]) <= 15
    assert vcn["isIpv6enabled"] is False
