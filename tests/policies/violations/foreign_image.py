"""A machine of training starts from an image in Frankfurt."""

import pulumi
import pulumi_oci as oci

from tests.policies.whole_stack_ids import known, tags


def declare(here: pulumi.ResourceOptions) -> None:
    oci.core.Instance(
        "training-iad-trial",
        availability_domain="bEGV:US-ASHBURN-AD-1",
        compartment_id=known("Compartment", "landing-zone-training"),
        shape="VM.Standard.E5.Flex",
        create_vnic_details={
            "subnet_id": known("Subnet", "network-iad-training"),
            "nsg_ids": [known("NetworkSecurityGroup", "network-iad-training")],
            "assign_public_ip": "false",
        },
        source_details={"source_type": "image", "source_id": "ocid1.image.oc1.eu-frankfurt-1.theirs"},
        defined_tags=tags("model", "training"),
        opts=here,
    )
