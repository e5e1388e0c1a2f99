"""Where the VCNs of a region meet: a DRG, an attachment for each VCN, and for each attachment a route table of its own.

A route table imports the routes of just those attachments that its VCN exchanges packets with, so a pair that no flow
joins has no route, whatever the VCNs' own route tables and security rules say. The DRG's default tables, in which
everybody reaches everybody, are used by no attachment.
Source: Oracle, "Dynamic Routing Gateways" (DRG route tables, route distributions),
https://docs.oracle.com/iaas/Content/Network/Tasks/managingDRGs.htm
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.place import Place

# The least priority of a statement: the API's description has 1 as its minimum, and 0 in its prose.
# https://docs.oracle.com/iaas/api/#/en/iaas/latest/datatypes/AddDrgRouteDistributionStatementDetails
FIRST_PRIORITY = 1


@dataclass(frozen=True)
class DrgArgs:
    """Where it stands."""

    place: Place


class Drg(pulumi.ComponentResource):
    """The DRG of one region; what is attached to it declares its own table."""

    def __init__(self, name: str, args: DrgArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:Drg", name, None, opts)
        self.drg_id: pulumi.Output[str] = oci.core.Drg(
            name,
            compartment_id=args.place.compartment_id,
            display_name=args.place.name("hub"),
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        ).id
        self.register_outputs({"drg_id": self.drg_id})


@dataclass(frozen=True)
class DrgTableArgs:
    """Where it stands, the DRG, and what the table and its distribution are called: after what is attached."""

    place: Place
    drg_id: pulumi.Input[str]
    display_name: str


class DrgTable(pulumi.ComponentResource):
    """The route table of one attachment: it knows nothing but what it is told to import."""

    def __init__(self, name: str, args: DrgTableArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:DrgTable", name, None, opts)
        self._name = name
        self._distribution = oci.core.DrgRouteDistribution(
            name,
            drg_id=args.drg_id,
            display_name=args.display_name,
            distribution_type="IMPORT",
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        )
        self.table_id: pulumi.Output[str] = oci.core.DrgRouteTable(
            name,
            drg_id=args.drg_id,
            display_name=args.display_name,
            import_drg_route_distribution_id=self._distribution.id,
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        ).id
        self.register_outputs({"table_id": self.table_id})

    def imports(self, peer: str, attachment_id: pulumi.Input[str], priority: int) -> None:
        """Lets the routes of another attachment in; each statement of a table needs a priority of its own."""
        oci.core.DrgRouteDistributionStatement(
            f"{self._name}-from-{peer}",
            drg_route_distribution_id=self._distribution.id,
            action="ACCEPT",
            priority=priority,
            match_criteria=oci.core.DrgRouteDistributionStatementMatchCriteriaArgs(
                match_type="DRG_ATTACHMENT_ID", drg_attachment_id=attachment_id
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )


@dataclass(frozen=True)
class DrgAttachmentArgs:
    """Where it stands, the DRG, the VCN, and what the attachment is called."""

    place: Place
    drg_id: pulumi.Input[str]
    vcn_id: pulumi.Input[str]
    display_name: str


class DrgAttachment(pulumi.ComponentResource):
    """A VCN's attachment to the DRG, with the table that says where its packets go from there."""

    def __init__(self, name: str, args: DrgAttachmentArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:DrgAttachment", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        self.table = DrgTable(name, DrgTableArgs(args.place, args.drg_id, args.display_name), within)
        attachment = oci.core.DrgAttachment(
            name,
            drg_id=args.drg_id,
            display_name=args.display_name,
            drg_route_table_id=self.table.table_id,
            network_details=oci.core.DrgAttachmentNetworkDetailsArgs(
                type="VCN", id=args.vcn_id, vcn_route_type="SUBNET_CIDRS"
            ),
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        )
        self.attachment_id: pulumi.Output[str] = attachment.id
        # For routes: only to a DRG that is attached can a VCN have any.
        self.drg_id: pulumi.Output[str] = attachment.drg_id
        self.register_outputs({"attachment_id": self.attachment_id})
