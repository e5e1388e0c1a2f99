"""The one remote peering: between the environment's own two regions, for what the data system's recovery needs.

Each side names the region of the other, the side that asks also the connection that it asks for. On the side that is
asked the region changes nothing (Oracle's provider sends it only with a peer, and fills it in once they are joined),
but says to the policy pack whom this connection is for. That nobody else connects to it takes a second lock: another
tenancy would need an `admit` statement of ours.

Only VCNs with flows to the other region reach the connection, and it reaches only them: it has a DRG route table of
its own, and what that imports is also all that the other region is told of.
Source: Oracle, "Remote VCN Peering", https://docs.oracle.com/iaas/Content/Network/Tasks/scenario_e.htm
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass, Region
from infra.network.drg import FIRST_PRIORITY, DrgTable, DrgTableArgs
from infra.network.flows import exchanges_with_other_region
from infra.network.network import Network
from infra.place import Place

# After every VCN's, of which there are at most eight in the address plan.
_PRIORITY = 100


@dataclass(frozen=True)
class RemotePeeringArgs:
    """One side: its network, the region of the other side and, on the side that asks, the other connection."""

    place: Place
    network: Network
    other_region: Region
    peer_id: pulumi.Input[str] | None


class RemotePeering(pulumi.ComponentResource):
    """One side of the peering, with its route table and its place in the tables of the VCNs that use it."""

    def __init__(self, name: str, args: RemotePeeringArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:RemotePeering", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        drg_id = args.network.drg.drg_id
        display_name = args.place.name("other-region")
        connection = oci.core.RemotePeeringConnection(
            name,
            compartment_id=args.place.compartment_id,
            drg_id=drg_id,
            display_name=display_name,
            peer_id=args.peer_id,
            peer_region_name=args.other_region.name,
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        )
        table = DrgTable(name, DrgTableArgs(args.place, drg_id, display_name), within)
        attachment = oci.core.DrgAttachmentManagement(
            name,
            attachment_type="REMOTE_PEERING_CONNECTION",
            compartment_id=args.place.compartment_id,
            drg_id=drg_id,
            network_id=connection.id,
            display_name=display_name,
            drg_route_table_id=table.table_id,
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        )
        for priority, (vcn, segment) in enumerate(args.network.segments.items(), FIRST_PRIORITY):
            if exchanges_with_other_region(vcn, args.network.flows):
                table.imports(vcn, segment.attachment.attachment_id, priority)
                segment.attachment.table.imports("other-region", attachment.id, _PRIORITY)
        self.connection_id: pulumi.Output[str] = connection.id
        self.register_outputs({"connection_id": self.connection_id})
