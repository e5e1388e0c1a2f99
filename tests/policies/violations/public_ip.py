"""A machine of serving has a public address of its own."""

import pulumi
import pulumi_oci as oci

from tests.policies.whole_stack_ids import known, tags


def declare(here: pulumi.ResourceOptions) -> None:
    oci.core.Instance(
        "serving-iad-debug",
        availability_domain="bEGV:US-ASHBURN-AD-1",
        compartment_id=known("Compartment", "landing-zone-serving"),
        shape="VM.Standard.E5.Flex",
        create_vnic_details={
            "subnet_id": known("Subnet", "network-iad-serving"),
            "nsg_ids": [known("NetworkSecurityGroup", "network-iad-serving")],
            "assign_public_ip": "true",
        },
        source_details={"source_type": "image", "source_id": "ocid1.image.oc1.iad.ours"},
        defined_tags=tags("us-user", "serving"),
        opts=here,
    )
