"""Training's network is joined to one of the global stack, with a route and a security rule for it."""

import pulumi
import pulumi_oci as oci

from tests.policies.whole_stack_ids import known

RANGE = "10.0.0.0/16"


def declare(here: pulumi.ResourceOptions) -> None:
    network, compartment = known("Vcn", "network-iad-training"), known("Compartment", "landing-zone-network")
    gateway = oci.core.LocalPeeringGateway(
        "training-to-global",
        compartment_id=compartment,
        vcn_id=network,
        peer_id="ocid1.localpeeringgateway.oc1.iad.theirs",
        opts=here,
    )
    table = oci.core.RouteTable(
        "training-to-global",
        compartment_id=compartment,
        vcn_id=network,
        route_rules=[{"destination": RANGE, "destination_type": "CIDR_BLOCK", "network_entity_id": gateway.id}],
        opts=here,
    )
    oci.core.RouteTableAttachment(
        "training-to-global",
        subnet_id=known("Subnet", "network-iad-training-nodes"),
        route_table_id=table.id,
        opts=here,
    )
    oci.core.NetworkSecurityGroupSecurityRule(
        "training-to-global",
        network_security_group_id=known("NetworkSecurityGroup", "network-iad-training-nodes"),
        direction="EGRESS",
        protocol="6",
        destination=RANGE,
        destination_type="CIDR_BLOCK",
        opts=here,
    )
