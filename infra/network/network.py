"""The network of one environment in one region: a hub and its spokes, joined where a declared flow joins them."""

from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi

from boundary import Region
from infra.network.drg import FIRST_PRIORITY, Drg, DrgArgs
from infra.network.flow_table import declared_flows
from infra.network.flows import Opening, openings, pairs
from infra.network.gateways import oracle_network
from infra.network.names import PrivateZone, PrivateZoneArgs, VcnResolver, VcnResolverArgs
from infra.network.ranges import Ranges
from infra.network.roles import Role, VcnName, names_role
from infra.network.segment import Segment, SegmentArgs
from infra.network.zero_trust import LABELLED, ROLE_KEY, attributes
from infra.observability import LogGroups
from infra.place import Place


@dataclass(frozen=True)
class NetworkArgs:
    """Where it stands, its ranges, those of the environment's other region, and the ports on which serving listens.

    `prerequisites` are the security attributes, which its VCNs and endpoints carry.
    """

    place: Place
    region: Region
    ranges: Ranges
    elsewhere: Ranges | None
    serving_ports: tuple[int, ...]
    logs: LogGroups
    prerequisites: tuple[pulumi.Resource, ...]


@dataclass(frozen=True)
class Attachment:
    """What a machine or an endpoint needs to join the network in a role."""

    vcn_id: pulumi.Output[str]
    subnet_id: pulumi.Output[str]
    security_group_id: pulumi.Output[str]
    vcn_range: IPv4Network
    takes: tuple[Opening, ...]
    """What it may take from whom: the role's flows, for a firewall of its own."""
    security_attributes: dict[str, str] | None
    """What it carries, where its role carries any."""


class Network(pulumi.ComponentResource):
    """The VCNs of one region and the DRG where they meet."""

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:Network", name, None, opts)
        self._environment = args.place.environment
        self.ranges = args.ranges
        self.flows = declared_flows(args.ranges.subnets, args.serving_ports, two_regions=args.elsewhere is not None)
        self.drg = Drg(f"{name}-drg", DrgArgs(args.place), self._within)
        oracle = oracle_network(args.region, self)
        self.segments = {
            vcn: Segment(
                f"{name}-{vcn}",
                SegmentArgs(
                    prefix=name,
                    place=args.place,
                    which=vcn,
                    here=args.ranges,
                    elsewhere=args.elsewhere,
                    oracle=oracle,
                    drg_id=self.drg.drg_id,
                    flows=self.flows,
                    logs=args.logs,
                    prerequisites=args.prerequisites,
                ),
                self._within,
            )
            for vcn in VcnName
        }
        self._join()
        self.zone = PrivateZone(name, PrivateZoneArgs(args.place, f"{args.place.environment}.internal"), self._within)
        self._resolve(name, args.place)
        self.register_outputs({"vcn_ids": self.vcn_ids, "drg_id": self.drg.drg_id})

    @property
    def _within(self) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self)

    @property
    def vcn_ids(self) -> dict[VcnName, pulumi.Output[str]]:
        """The VCNs by name."""
        return {name: segment.vcn.vcn_id for name, segment in self.segments.items()}

    @property
    def subnet_ids(self) -> dict[Role, pulumi.Output[str]]:
        """The subnets by role."""
        return {role: self.segments[role.vcn].subnets.ids[role] for role in Role}

    def attachment(self, role: Role) -> Attachment:
        """How a machine or an endpoint of this role joins."""
        segment = self.segments[role.vcn]
        return Attachment(
            vcn_id=segment.vcn.vcn_id,
            subnet_id=segment.subnets.ids[role],
            security_group_id=segment.security_groups.ids[role],
            vcn_range=self.ranges.vcns[role.vcn],
            takes=openings(role, self.flows, segment.ways.range_of),
            security_attributes=attributes(self._environment, ROLE_KEY, role) if role in LABELLED else None,
        )

    def _join(self) -> None:
        joined = pairs(self.flows)
        for vcn, segment in self.segments.items():
            for priority, peer in enumerate(VcnName, FIRST_PRIORITY):
                if frozenset({vcn, peer}) in joined:
                    segment.attachment.table.imports(peer, self.segments[peer].attachment.attachment_id, priority)

    def _resolve(self, name: str, place: Place) -> None:
        spokes = [vcn for vcn in VcnName if vcn is not VcnName.HUB]
        own = self.zone.view_id
        resolvers = [self._resolver(name, place, vcn, [own]) for vcn in spokes]
        self._resolver(name, place, VcnName.HUB, [own, *(resolver.default_view_id for resolver in resolvers)])

    def _resolver(self, name: str, place: Place, vcn: VcnName, views: list[pulumi.Output[str]]) -> VcnResolver:
        at = self.attachment(names_role(vcn))
        args = VcnResolverArgs(
            place=place,
            which=vcn,
            vcn_id=at.vcn_id,
            subnet_id=at.subnet_id,
            security_group_id=at.security_group_id,
            security_attributes=at.security_attributes,
            views=views,
            hub_names=self.ranges.subnets[Role.NAMES],
        )
        return VcnResolver(f"{name}-{vcn}", args, self._within)
