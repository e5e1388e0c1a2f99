"""One VCN of a region with everything in it: gateways, its attachment to the DRG, subnets, security groups."""

from collections.abc import Iterable
from dataclasses import dataclass

import pulumi

from infra.network.drg import DrgAttachment, DrgAttachmentArgs
from infra.network.flows import Flow, OracleServices, Range, destinations
from infra.network.gateways import (
    InternetGateway,
    InternetGatewayArgs,
    OracleNetwork,
    ServiceGateway,
    ServiceGatewayArgs,
)
from infra.network.ranges import Ranges
from infra.network.roles import VcnName, roles_in
from infra.network.security_groups import SecurityGroups, SecurityGroupsArgs
from infra.network.subnets import Subnets, SubnetsArgs
from infra.network.vcn import Vcn, VcnArgs
from infra.network.ways import Ways
from infra.observability import LogGroups
from infra.place import Place


@dataclass(frozen=True)
class SegmentArgs:
    """Which VCN it is, the DRG that joins it to others, and the flows that decide what is in it.

    `prefix` begins the logical names of what belongs to a role.
    """

    prefix: str
    place: Place
    which: VcnName
    here: Ranges
    elsewhere: Ranges | None
    oracle: OracleNetwork
    drg_id: pulumi.Input[str]
    flows: tuple[Flow, ...]
    logs: LogGroups
    prerequisites: tuple[pulumi.Resource, ...]


class Segment(pulumi.ComponentResource):
    """A VCN: it has a gateway only where one of its flows needs one."""

    def __init__(self, name: str, args: SegmentArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:Segment", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        vcn = VcnArgs(args.place, args.which, args.here.vcns[args.which], args.prerequisites)
        self.vcn = Vcn(name, vcn, within)
        self.attachment = DrgAttachment(
            name, DrgAttachmentArgs(args.place, args.drg_id, self.vcn.vcn_id, args.place.name(args.which)), within
        )
        self.ways = Ways(
            oracle=args.oracle,
            drg_id=self.attachment.drg_id,
            service_gateway_id=self._service_gateway(name, args) if _needs(OracleServices, args) else None,
            internet_gateway_id=self._internet_gateway(name, args) if _needs(Range, args) else None,
            here=args.here,
            elsewhere=args.elsewhere,
        )
        self.subnets = Subnets(
            name, SubnetsArgs(args.prefix, args.place, self.vcn, self.ways, args.flows, args.logs), within
        )
        self.security_groups = SecurityGroups(
            name, SecurityGroupsArgs(args.prefix, args.place, self.vcn, self.ways, args.flows), within
        )
        self.register_outputs({"vcn_id": self.vcn.vcn_id})

    def _internet_gateway(self, name: str, args: SegmentArgs) -> pulumi.Output[str]:
        gateway = InternetGatewayArgs(args.place, self.vcn.vcn_id)
        return InternetGateway(f"{name}-internet", gateway, pulumi.ResourceOptions(parent=self)).gateway_id

    def _service_gateway(self, name: str, args: SegmentArgs) -> pulumi.Output[str]:
        display_name = args.place.name(f"{args.which}-oracle-services")
        gateway = ServiceGatewayArgs(args.place, self.vcn.vcn_id, display_name, args.oracle.service_id)
        return ServiceGateway(f"{name}-oracle-services", gateway, pulumi.ResourceOptions(parent=self)).gateway_id


def _needs(kind: type[Range | OracleServices], args: SegmentArgs) -> bool:
    peers: Iterable[object] = (peer for role in roles_in(args.which) for peer in destinations(role, args.flows))
    return any(isinstance(peer, kind) for peer in peers)
