"""The hub is joined to one in Singapore, and training's packets find the way."""

import pulumi
import pulumi_oci as oci

from tests.policies.whole_stack_ids import known


def declare(here: pulumi.ResourceOptions) -> None:
    oci.core.RemotePeeringConnection(
        "network-iad-to-singapore",
        compartment_id=known("Compartment", "landing-zone-network"),
        drg_id=known("Drg", "network-iad-drg"),
        display_name="hub to ap-singapore-1",
        peer_id="ocid1.remotepeeringconnection.oc1.ap-singapore-1.theirs",
        peer_region_name="ap-singapore-1",
        opts=here,
    )
    oci.core.DrgRouteDistributionStatement(
        "network-iad-training-from-singapore",
        drg_route_distribution_id=known("DrgRouteDistribution", "network-iad-training"),
        action="ACCEPT",
        priority=99,
        match_criteria={"match_type": "DRG_ATTACHMENT_TYPE", "attachment_type": "REMOTE_PEERING_CONNECTION"},
        opts=here,
    )
