"""Training's machines get a NAT gateway, to install packages from the internet."""

import pulumi
import pulumi_oci as oci

from tests.policies.whole_stack_ids import known


def declare(here: pulumi.ResourceOptions) -> None:
    network, compartment = known("Vcn", "network-iad-training"), known("Compartment", "landing-zone-network")
    gateway = oci.core.NatGateway("network-iad-training-nat", compartment_id=compartment, vcn_id=network, opts=here)
    table = oci.core.RouteTable(
        "network-iad-training-packages",
        compartment_id=compartment,
        vcn_id=network,
        route_rules=[{"destination": "0.0.0.0/0", "destination_type": "CIDR_BLOCK", "network_entity_id": gateway.id}],
        opts=here,
    )
    oci.core.RouteTableAttachment(
        "network-iad-training-packages",
        subnet_id=known("Subnet", "network-iad-training-nodes"),
        route_table_id=table.id,
        opts=here,
    )
    oci.core.NetworkSecurityGroupSecurityRule(
        "network-iad-training-nodes-to-packages",
        network_security_group_id=known("NetworkSecurityGroup", "network-iad-training-nodes"),
        direction="EGRESS",
        protocol="6",
        destination="0.0.0.0/0",
        destination_type="CIDR_BLOCK",
        opts=here,
    )
