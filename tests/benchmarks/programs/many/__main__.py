"""As many resources as the configuration says: a network, security groups in it, and buckets."""

import pulumi
import pulumi_oci as oci

from boundary import load_boundary

count = pulumi.Config().require_int("count")
tenancy = load_boundary().tenancy
options = pulumi.ResourceOptions(
    provider=oci.Provider("us", region="us-ashburn-1", tenancy_ocid=tenancy.ocid),
)
compartment = oci.identity.Compartment(
    "many", name="many", description="many", compartment_id=tenancy.ocid, enable_delete=True, opts=options
)
vcn = oci.core.Vcn(
    "many", compartment_id=compartment.id, cidr_blocks=["10.128.0.0/16"], display_name="many", opts=options
)
for index in range(count // 2):
    oci.core.NetworkSecurityGroup(
        f"group-{index}", compartment_id=compartment.id, vcn_id=vcn.id, display_name=f"group-{index}", opts=options
    )
    oci.objectstorage.Bucket(
        f"bucket-{index}",
        compartment_id=compartment.id,
        namespace=tenancy.namespace,
        name=f"bucket-{index}",
        access_type="NoPublicAccess",
        opts=options,
    )
