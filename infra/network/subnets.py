"""A subnet for each role, each with a route table that knows one way out.

The edge's leads to the internet, the others' to Oracle's services in the region.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi
import pulumi_oci as oci

from infra.network.gateways import Gateways
from infra.network.roles import Role
from infra.network.vcn import Vcn
from infra.place import Place


@dataclass(frozen=True)
class SubnetsArgs:
    """The VCN, its gateways, and the range of each role."""

    place: Place
    vcn: Vcn
    gateways: Gateways
    ranges: Mapping[Role, IPv4Network]


class Subnets(pulumi.ComponentResource):
    """The subnets and their route tables; all but the edge's are private."""

    def __init__(self, name: str, args: SubnetsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:Subnets", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        self.ids: dict[Role, pulumi.Output[str]] = {}
        for role, cidr in args.ranges.items():
            routes = oci.core.RouteTable(
                f"{name}-{role}",
                compartment_id=args.place.compartment_id,
                vcn_id=args.vcn.vcn_id,
                display_name=args.place.name(role),
                route_rules=[_to_internet(args.gateways) if role is Role.EDGE else _to_oracle(args.gateways)],
                opts=within,
            )
            subnet = oci.core.Subnet(
                f"{name}-{role}",
                compartment_id=args.place.compartment_id,
                vcn_id=args.vcn.vcn_id,
                display_name=args.place.name(role),
                cidr_block=str(cidr),
                dns_label=role.value,
                prohibit_public_ip_on_vnic=role is not Role.EDGE,
                route_table_id=routes.id,
                security_list_ids=[args.vcn.empty_security_list_id],
                opts=within,
            )
            self.ids[role] = subnet.id
        self.register_outputs({"ids": self.ids})


def _to_internet(gateways: Gateways) -> oci.core.RouteTableRouteRuleArgs:
    return oci.core.RouteTableRouteRuleArgs(
        description="Answers to viewers",
        destination="0.0.0.0/0",
        destination_type="CIDR_BLOCK",
        network_entity_id=gateways.internet_gateway_id,
    )


def _to_oracle(gateways: Gateways) -> oci.core.RouteTableRouteRuleArgs:
    return oci.core.RouteTableRouteRuleArgs(
        description="Oracle's services in this region",
        destination=gateways.oracle_services,
        destination_type="SERVICE_CIDR_BLOCK",
        network_entity_id=gateways.service_gateway_id,
    )
