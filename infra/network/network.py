"""The network of one environment in one region, put together from its parts."""

from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi

from boundary import Region
from infra.network.flows import declared_flows
from infra.network.gateways import Gateways, GatewaysArgs
from infra.network.ranges import Ranges
from infra.network.roles import Role
from infra.network.security_groups import SecurityGroups, SecurityGroupsArgs
from infra.network.subnets import Subnets, SubnetsArgs
from infra.network.vcn import Vcn, VcnArgs
from infra.place import Place


@dataclass(frozen=True)
class NetworkArgs:
    """Where it stands, its ranges, and the ports on which serving takes the edge's requests."""

    place: Place
    region: Region
    ranges: Ranges
    serving_ports: tuple[int, ...]


@dataclass(frozen=True)
class Attachment:
    """What a machine needs to join the network in a role."""

    subnet_id: pulumi.Output[str]
    security_group_id: pulumi.Output[str]
    vcn_range: IPv4Network
    subnet_range: IPv4Network


class Network(pulumi.ComponentResource):
    """VCN, gateways, subnets and security groups."""

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:Network", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        self.ranges = args.ranges
        self.vcn = Vcn(name, VcnArgs(args.place, args.ranges.vcn), within)
        self.gateways = Gateways(name, GatewaysArgs(args.place, args.region, self.vcn.vcn_id), within)
        self.subnets = Subnets(name, SubnetsArgs(args.place, self.vcn, self.gateways, args.ranges.subnets), within)
        self.security_groups = SecurityGroups(
            name,
            SecurityGroupsArgs(
                place=args.place,
                vcn_id=self.vcn.vcn_id,
                flows=declared_flows(args.ranges.subnets, args.serving_ports),
                oracle_services=self.gateways.oracle_services,
            ),
            within,
        )
        self.register_outputs({"vcn_id": self.vcn.vcn_id, "subnet_ids": self.subnets.ids})

    def attachment(self, role: Role) -> Attachment:
        """How a machine of this role joins."""
        return Attachment(
            subnet_id=self.subnets.ids[role],
            security_group_id=self.security_groups.ids[role],
            vcn_range=self.ranges.vcn,
            subnet_range=self.ranges.subnets[role],
        )
