"""A security group for each role of a VCN, with the rules that the declared flows need.

A rule can name groups of its own VCN only; peers in other VCNs are named by the range of their subnet.
Source: Oracle, "Network Security Groups", https://docs.oracle.com/iaas/Content/Network/Concepts/networksecuritygroups.htm
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.network.flows import Flow, OracleServices, Range, Rule, Traffic, rules
from infra.network.roles import Role, roles_in
from infra.network.vcn import Vcn
from infra.network.ways import Ways
from infra.place import Place

# https://www.iana.org/assignments/protocol-numbers
_PROTOCOLS = {"icmp": "1", "tcp": "6", "udp": "17", "all": "all"}


@dataclass(frozen=True)
class SecurityGroupsArgs:
    """The VCN, what may flow, and what lies outside of the VCN.

    `prefix` begins the logical names: a role's group is called `<prefix>-<role>`.
    """

    prefix: str
    place: Place
    vcn: Vcn
    ways: Ways
    flows: Iterable[Flow]


class SecurityGroups(pulumi.ComponentResource):
    """The security groups of one VCN, by role."""

    def __init__(self, name: str, args: SecurityGroupsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:SecurityGroups", name, None, opts)
        self._within = pulumi.ResourceOptions(parent=self)
        self._args = args
        self.ids: dict[Role, pulumi.Output[str]] = {
            role: oci.core.NetworkSecurityGroup(
                f"{args.prefix}-{role}",
                compartment_id=args.place.compartment_id,
                vcn_id=args.vcn.vcn_id,
                display_name=args.place.name(role),
                defined_tags=args.place.tags(DataClass.OPERATIONAL),
                opts=args.place.holding(self),
            ).id
            for role in roles_in(args.vcn.which)
        }
        for rule in rules(args.flows):
            if rule.role in self.ids:
                self._declare(rule)
        self.register_outputs({"ids": self.ids})

    def _declare(self, rule: Rule) -> None:
        peer, peer_type = self._peer(rule)
        side = "source" if rule.direction == "INGRESS" else "destination"
        oci.core.NetworkSecurityGroupSecurityRule(
            f"{self._args.prefix}-{rule.label}",
            network_security_group_id=self.ids[rule.role],
            description=rule.why,
            direction=rule.direction,
            stateless=False,
            **{side: peer, f"{side}_type": peer_type},
            **_traffic(rule.traffic),
            opts=self._within,
        )

    def _peer(self, rule: Rule) -> tuple[pulumi.Input[str], str]:
        if isinstance(rule.peer, OracleServices):
            return self._args.ways.oracle.label, "SERVICE_CIDR_BLOCK"
        if isinstance(rule.peer, Range):
            return str(rule.peer.cidr), "CIDR_BLOCK"
        if isinstance(rule.peer, Role) and rule.peer in self.ids:
            return self.ids[rule.peer], "NETWORK_SECURITY_GROUP"
        return str(self._args.ways.range_of(rule.peer)), "CIDR_BLOCK"


def _traffic(traffic: Traffic) -> dict[str, object]:
    asked: dict[str, object] = {"protocol": _PROTOCOLS[traffic.protocol]}
    if traffic.icmp_type_and_code:
        kind, code = traffic.icmp_type_and_code
        asked["icmp_options"] = oci.core.NetworkSecurityGroupSecurityRuleIcmpOptionsArgs(type=kind, code=code)
    if traffic.ports:
        first, last = traffic.ports
        if traffic.protocol == "udp":
            asked["udp_options"] = oci.core.NetworkSecurityGroupSecurityRuleUdpOptionsArgs(
                destination_port_range=oci.core.NetworkSecurityGroupSecurityRuleUdpOptionsDestinationPortRangeArgs(
                    min=first, max=last
                )
            )
        else:
            asked["tcp_options"] = oci.core.NetworkSecurityGroupSecurityRuleTcpOptionsArgs(
                destination_port_range=oci.core.NetworkSecurityGroupSecurityRuleTcpOptionsDestinationPortRangeArgs(
                    min=first, max=last
                )
            )
    return asked
