"""An instance's VNIC as the router sees it: one address, and every rule that guards it.

A packet passes when any rule of the subnet's security lists or of the VNIC's security groups allows it.
Source: Oracle, "Ways to Secure Your Network", https://docs.oracle.com/iaas/Content/Network/Concepts/waystosecure.htm
"""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import Any, Literal

from rehearsal.fabric.names import short
from rehearsal.fabric.outside import ranges_of
from rehearsal.world import Resource, World

INSTANCE = "oci:Core/instance:Instance"
_GROUP_RULE = "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule"
_PROTOCOLS = {"1": "icmp", "6": "tcp", "17": "udp"}

Direction = Literal["INGRESS", "EGRESS"]
_OTHER_END = {"INGRESS": "source", "EGRESS": "destination"}


@dataclass(frozen=True)
class Rule:
    """One security rule, reduced to what a packet filter needs."""

    direction: Direction
    other_end: tuple[IPv4Network, ...]
    protocol: str
    """`all`, a name or an IANA number."""
    ports: str = ""
    """Destination ports as nftables writes them, `22` or `8000-8099`; empty for all."""
    source_ports: str = ""
    icmp: tuple[int, ...] = ()
    """The type, or the type and the code; empty for all."""
    stateless: bool = False


@dataclass(frozen=True)
class Vnic:
    """One address of a VCN and its rules."""

    instance: str
    address: IPv4Address
    rules: tuple[Rule, ...]

    @property
    def key(self) -> str:
        """Stands for the VNIC in names that have little room."""
        return short(self.instance)


def read_vnic(world: World, instance: Resource, subnet: Resource) -> Vnic:
    """The VNIC of an instance."""
    rules = [*_of_lists(world, subnet), *_of_groups(world, instance)]
    return Vnic(instance.id, IPv4Address(instance.body["privateIp"]), tuple(rules))


def group_ids(instance: Resource) -> list[str]:
    """The network security groups that an instance's VNIC is in."""
    return (instance.body.get("createVnicDetails") or {}).get("nsgIds") or []


def _of_lists(world: World, subnet: Resource) -> Iterator[Rule]:
    for identifier in subnet.body.get("securityListIds") or []:
        security_list = world.get(identifier)
        body = security_list.body if security_list else {}
        for entry in body.get("ingressSecurityRules") or []:
            yield _rule(world, "INGRESS", entry)
        for entry in body.get("egressSecurityRules") or []:
            yield _rule(world, "EGRESS", entry)


def _of_groups(world: World, instance: Resource) -> Iterator[Rule]:
    groups = set(group_ids(instance))
    for rule in world.find(_GROUP_RULE, tenancy=instance.tenancy, region=instance.region):
        if rule.body["networkSecurityGroupId"] in groups:
            yield _rule(world, rule.body["direction"], rule.body)


def _rule(world: World, direction: Direction, entry: dict[str, Any]) -> Rule:
    end = _OTHER_END[direction]
    kind, text = entry.get(f"{end}Type"), entry.get(end) or ""
    protocol = str(entry["protocol"]).lower()
    options = entry.get("tcpOptions") or entry.get("udpOptions") or {}
    icmp = entry.get("icmpOptions") or {}
    return Rule(
        direction=direction,
        other_end=_members(world, text) if kind == "NETWORK_SECURITY_GROUP" else ranges_of(kind, text),
        protocol=_PROTOCOLS.get(protocol, protocol),
        # A group's rule nests its destination ports; a security list's has them at the top.
        ports=_ports(options.get("destinationPortRange") or options),
        source_ports=_ports(options.get("sourcePortRange") or {}),
        icmp=tuple(int(icmp[part]) for part in ("type", "code") if icmp.get(part) is not None),
        stateless=bool(entry.get("stateless")),
    )


def _ports(span: dict[str, Any]) -> str:
    if span.get("min") is None:
        return ""
    low, high = int(span["min"]), int(span["max"])
    return str(low) if low == high else f"{low}-{high}"


def _members(world: World, group: str) -> tuple[IPv4Network, ...]:
    members = [instance for instance in world.find(INSTANCE) if group in group_ids(instance)]
    return tuple(IPv4Network(instance.body["privateIp"]) for instance in members)
