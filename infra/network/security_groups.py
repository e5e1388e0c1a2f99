"""A security group for each role, with the rules that the declared flows need."""

from collections.abc import Iterable
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from infra.network.flows import Flow, Range, Rule, Traffic, rules
from infra.network.roles import Role
from infra.place import Place

# https://www.iana.org/assignments/protocol-numbers
_ICMP, _TCP = "1", "6"


@dataclass(frozen=True)
class SecurityGroupsArgs:
    """The VCN, what may flow in it, and the label of Oracle's services there."""

    place: Place
    vcn_id: pulumi.Input[str]
    flows: Iterable[Flow]
    oracle_services: pulumi.Input[str]


class SecurityGroups(pulumi.ComponentResource):
    """The security groups by role."""

    def __init__(self, name: str, args: SecurityGroupsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:SecurityGroups", name, None, opts)
        self._within = pulumi.ResourceOptions(parent=self)
        self._oracle_services = args.oracle_services
        self.ids: dict[Role, pulumi.Output[str]] = {
            role: oci.core.NetworkSecurityGroup(
                f"{name}-{role}",
                compartment_id=args.place.compartment_id,
                vcn_id=args.vcn_id,
                display_name=args.place.name(role),
                opts=self._within,
            ).id
            for role in Role
        }
        for rule in rules(args.flows):
            self._declare(name, rule)
        self.register_outputs({"ids": self.ids})

    def _declare(self, name: str, rule: Rule) -> None:
        peer, peer_type = self._peer(rule)
        side = "source" if rule.direction == "INGRESS" else "destination"
        oci.core.NetworkSecurityGroupSecurityRule(
            f"{name}-{rule.label}",
            network_security_group_id=self.ids[rule.role],
            description=rule.why,
            direction=rule.direction,
            stateless=False,
            **{side: peer, f"{side}_type": peer_type},
            **_traffic(rule.traffic),
            opts=self._within,
        )

    def _peer(self, rule: Rule) -> tuple[pulumi.Input[str], str]:
        if isinstance(rule.peer, Role):
            return self.ids[rule.peer], "NETWORK_SECURITY_GROUP"
        if isinstance(rule.peer, Range):
            return str(rule.peer.cidr), "CIDR_BLOCK"
        return self._oracle_services, "SERVICE_CIDR_BLOCK"


def _traffic(traffic: Traffic) -> dict[str, object]:
    if traffic.icmp_type_and_code:
        kind, code = traffic.icmp_type_and_code
        options = oci.core.NetworkSecurityGroupSecurityRuleIcmpOptionsArgs(type=kind, code=code)
        return {"protocol": _ICMP, "icmp_options": options}
    ports = oci.core.NetworkSecurityGroupSecurityRuleTcpOptionsDestinationPortRangeArgs(
        min=traffic.port, max=traffic.port
    )
    options = oci.core.NetworkSecurityGroupSecurityRuleTcpOptionsArgs(destination_port_range=ports)
    return {"protocol": _TCP, "tcp_options": options}
