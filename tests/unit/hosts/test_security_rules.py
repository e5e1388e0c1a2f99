"""What a packet filter lets pass: from the world's security rules to the router's nftables."""

from pathlib import Path
from typing import Any

import pytest

from rehearsal.fabric import Names, plan
from rehearsal.fabric.names import short
from rehearsal.world import World
from tests.unit.hosts.worlds import a_world, add, change, instances

SERVING, TRAINING = "ocid1.instance.oc1.iad.serving", "ocid1.instance.oc1.iad.training"
GROUP = "ocid1.networksecuritygroup.oc1.iad.{}".format
LIST = "ocid1.securitylist.oc1.iad.serving"
TABLE = "ocid1.routetable.oc1.iad.serving"
VCN = "ocid1.vcn.oc1.iad.main"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return a_world(tmp_path)


def chain(world: World, name: str) -> list[str]:
    """The rules of one chain of the router, without the line that hooks it in."""
    text = plan(world, Names("test-"), instances(world)).firewall
    body = text.partition(f"chain {name} {{\n")[2].partition("\n  }")[0]
    return [line.strip() for line in body.splitlines() if not line.strip().startswith("type ")]


def leaves(world: World) -> list[str]:
    return chain(world, f"leaves_{short(SERVING)}")


def enters(world: World) -> list[str]:
    return chain(world, f"enters_{short(SERVING)}")


def allow(world: World, **rule: Any) -> None:
    """A further rule of the serving group."""
    add(world, "NetworkSecurityGroupSecurityRule", "more", networkSecurityGroupId=GROUP("serving"), **rule)


def test_what_no_rule_allows_is_dropped_in_both_directions(world: World) -> None:
    services = "ip daddr { 134.70.24.0/21, 134.70.32.0/22 } tcp dport 443 goto on_its_way"
    assert leaves(world) == [services, "drop"]
    assert enters(world) == ["drop"]


@pytest.mark.parametrize("hook", ["forward", "input"])
def test_the_router_drops_by_default(world: World, hook: str) -> None:
    text = plan(world, Names("test-"), instances(world)).firewall
    assert f"type filter hook {hook} priority filter; policy drop;" in text


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"protocol": "all"}, "ip saddr { 10.0.0.0/8 } accept"),
        ({"protocol": "6"}, "ip saddr { 10.0.0.0/8 } meta l4proto tcp accept"),
        ({"protocol": "50"}, "ip saddr { 10.0.0.0/8 } meta l4proto 50 accept"),
        (
            {"protocol": "6", "tcpOptions": {"destinationPortRange": {"min": 22, "max": 22}}},
            "ip saddr { 10.0.0.0/8 } tcp dport 22 accept",
        ),
        (
            {"protocol": "17", "udpOptions": {"destinationPortRange": {"min": 5000, "max": 5009}}},
            "ip saddr { 10.0.0.0/8 } udp dport 5000-5009 accept",
        ),
        (
            {"protocol": "6", "tcpOptions": {"sourcePortRange": {"min": 1, "max": 9}}},
            "ip saddr { 10.0.0.0/8 } tcp sport 1-9 accept",
        ),
        ({"protocol": "1"}, "ip saddr { 10.0.0.0/8 } meta l4proto icmp accept"),
        (
            {"protocol": "1", "icmpOptions": {"type": 3, "code": 4}},
            "ip saddr { 10.0.0.0/8 } icmp type 3 icmp code 4 accept",
        ),
    ],
)
def test_a_rule_of_a_group_lets_in_what_it_says(world: World, rule: dict[str, Any], expected: str) -> None:
    allow(world, direction="INGRESS", source="10.0.0.0/8", sourceType="CIDR_BLOCK", **rule)
    assert enters(world) == [expected, "drop"]


def test_a_rule_of_the_subnets_security_list_counts_too(world: World) -> None:
    entry = {"protocol": "6", "source": "10.160.0.0/16", "tcpOptions": {"min": 8443, "max": 8443}}
    change(world, LIST, ingressSecurityRules=[entry])
    assert enters(world) == ["ip saddr { 10.160.0.0/16 } tcp dport 8443 accept", "drop"]


def test_a_rule_that_names_a_group_means_its_members(world: World) -> None:
    allow(world, direction="INGRESS", protocol="all", source=GROUP("training"), sourceType="NETWORK_SECURITY_GROUP")
    assert enters(world) == ["ip saddr { 10.160.32.2/32 } accept", "drop"]


def test_a_rule_that_names_an_empty_group_allows_nothing(world: World) -> None:
    empty = add(world, "NetworkSecurityGroup", "empty", vcnId=VCN)
    allow(world, direction="INGRESS", protocol="all", source=empty, sourceType="NETWORK_SECURITY_GROUP")
    assert enters(world) == ["drop"]


def test_a_rule_for_ipv6_allows_nothing(world: World) -> None:
    allow(world, direction="INGRESS", protocol="all", source="::/0", sourceType="CIDR_BLOCK")
    assert enters(world) == ["drop"]


def test_rules_of_a_group_that_the_instance_is_not_in_mean_nothing_to_it(world: World) -> None:
    change(world, SERVING, createVnicDetails={"subnetId": "ocid1.subnet.oc1.iad.serving", "nsgIds": []})
    assert leaves(world) == ["drop"]


def test_a_stateless_rules_packets_are_not_tracked(world: World) -> None:
    assert chain(world, "untracked") == []
    allow(world, direction="INGRESS", protocol="all", source="10.0.0.0/8", sourceType="CIDR_BLOCK", stateless=True)
    assert chain(world, "untracked") == ["ip daddr 10.160.16.2 ip saddr { 10.0.0.0/8 } notrack"]


def test_only_known_addresses_may_send_at_all(world: World) -> None:
    last = chain(world, "forward")[-1]
    assert last == (
        f"ip saddr vmap {{ 10.160.16.2 : goto leaves_{short(SERVING)}, 10.160.32.2 : goto leaves_{short(TRAINING)} }}"
    )


def test_nothing_from_outside_opens_a_connection(world: World) -> None:
    assert chain(world, "forward")[2] == "iifname { services, internet, global } drop"


def route_to(world: World, target: str) -> None:
    change(world, TABLE, routeRules=[{"destination": "0.0.0.0/0", "networkEntityId": target}])


@pytest.mark.parametrize(
    ("kind", "asked", "prohibited", "passes"),
    [
        ("InternetGateway", "false", True, False),
        ("InternetGateway", "true", False, True),
        ("InternetGateway", None, False, True),
        ("InternetGateway", None, True, False),
        ("NatGateway", "false", True, True),
    ],
)
def test_the_internet_is_for_public_addresses_or_through_nat(
    world: World, kind: str, asked: str | None, prohibited: bool, passes: bool
) -> None:
    route_to(world, add(world, kind, "gateway", vcnId=VCN))
    change(world, "ocid1.subnet.oc1.iad.serving", prohibitPublicIpOnVnic=prohibited)
    change(world, SERVING, createVnicDetails={"subnetId": "ocid1.subnet.oc1.iad.serving", "assignPublicIp": asked})
    accepted = "oifname internet ip saddr { 10.160.16.2 } accept"
    assert (accepted in chain(world, "on_its_way")) is passes
    assert "oifname internet drop" in chain(world, "on_its_way")


def test_who_is_peered_with_the_global_stack_can_be_reached_from_there_by_the_rules_alone(world: World) -> None:
    theirs = add(world, "LocalPeeringGateway", "global", tenancy="ocid1.tenancy.oc1..theirs")
    route_to(world, add(world, "LocalPeeringGateway", "ours", vcnId=VCN, peerId=theirs))
    first = chain(world, "forward")[2]
    assert first.startswith("iifname global ip daddr { 10.160.16.2 } ip daddr vmap ")
    assert f"10.160.16.2 : goto enters_{short(SERVING)}" in first
