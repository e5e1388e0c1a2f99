"""A subnet for each role of a VCN, each with a route table that knows where its role's flows lead, and nothing else.

What is let through and what is refused in a subnet is logged.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.network.flows import Flow, OracleServices, Peer, Range, destinations, label_of
from infra.network.roles import Role, roles_in
from infra.network.vcn import Vcn
from infra.network.ways import Ways
from infra.observability import LogGroups, LogSource
from infra.place import Place
from infra.systems import System


@dataclass(frozen=True)
class SubnetsArgs:
    """The VCN, the ways out of it, and the flows that say which of them each role's subnet knows.

    `prefix` begins the logical names: a role's subnet is called `<prefix>-<role>`.
    """

    prefix: str
    place: Place
    vcn: Vcn
    ways: Ways
    flows: Iterable[Flow]
    logs: LogGroups


class Subnets(pulumi.ComponentResource):
    """The subnets of one VCN and their route tables; all but the edge's are private."""

    def __init__(self, name: str, args: SubnetsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:Subnets", name, None, opts)
        self.ids: dict[Role, pulumi.Output[str]] = {}
        for role in roles_in(args.vcn.which):
            routes = oci.core.RouteTable(
                f"{args.prefix}-{role}",
                compartment_id=args.place.compartment_id,
                vcn_id=args.vcn.vcn_id,
                display_name=args.place.name(role),
                route_rules=[_route(peer, args.ways) for peer in destinations(role, args.flows)],
                defined_tags=args.place.tags(DataClass.OPERATIONAL),
                opts=args.place.holding(self),
            )
            subnet = oci.core.Subnet(
                f"{args.prefix}-{role}",
                compartment_id=args.place.compartment_id,
                vcn_id=args.vcn.vcn_id,
                display_name=args.place.name(role),
                cidr_block=str(args.ways.here.subnets[role]),
                dns_label=role.subnet.replace("-", ""),
                prohibit_public_ip_on_vnic=not role.is_public,
                route_table_id=routes.id,
                security_list_ids=[args.vcn.empty_security_list_id],
                defined_tags=args.place.tags(DataClass.OPERATIONAL),
                opts=args.place.holding(self),
            )
            self.ids[role] = subnet.id
            args.logs.of(System.NETWORK, f"{args.prefix}-{role}", LogSource.SUBNET, subnet.id, self)
        self.register_outputs({"ids": self.ids})


def _route(peer: Peer, ways: Ways) -> oci.core.RouteTableRouteRuleArgs:
    kind = "CIDR_BLOCK"
    destination: pulumi.Input[str]
    if isinstance(peer, OracleServices):
        kind, destination, gateway = "SERVICE_CIDR_BLOCK", ways.oracle.label, ways.service_gateway_id
    elif isinstance(peer, Range):
        destination, gateway = str(peer.cidr), ways.internet_gateway_id
    else:
        destination, gateway = str(ways.range_of(peer)), ways.drg_id
    if gateway is None:
        raise pulumi.RunError(f"a flow leads to {label_of(peer)}, but its VCN has no gateway there")
    return oci.core.RouteTableRouteRuleArgs(
        description=f"To {label_of(peer)}",
        destination=destination,
        destination_type=kind,
        network_entity_id=gateway,
    )
