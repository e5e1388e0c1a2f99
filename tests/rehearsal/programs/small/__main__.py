"""A compartment, a network and a bucket, varied by configuration: for updates, replacements, drift and secrets."""

import pulumi
import pulumi_oci as oci

from boundary import load_boundary

config = pulumi.Config()
tenancy = load_boundary().tenancy
region = config.get("region") or "us-ashburn-1"
provider = oci.Provider("us", region=region, tenancy_ocid=config.get("tenancy") or tenancy.ocid)
options = pulumi.ResourceOptions(provider=provider)

compartment = oci.identity.Compartment(
    "compartment",
    name=config.get("name") or "small",
    description="small",
    compartment_id=tenancy.ocid,
    enable_delete=True,
    opts=options,
)
vcn = oci.core.Vcn(
    "vcn",
    compartment_id=compartment.id,
    cidr_blocks=[config.get("range") or "10.128.0.0/16"],
    display_name="small",
    dns_label=config.get("dnsLabel") or "small",
    freeform_tags={"note": config.require_secret("note")} if config.get("note") else None,
    opts=options,
)
subnet = oci.core.Subnet(
    "subnet",
    compartment_id=compartment.id,
    vcn_id=vcn.id,
    cidr_block=config.get("subnetRange") or "10.128.0.0/20",
    display_name="small",
    opts=options,
)
bucket = oci.objectstorage.Bucket(
    "bucket", compartment_id=compartment.id, namespace=tenancy.namespace, name="small", opts=options
)
pulumi.export("vcn", vcn.id)
pulumi.export("routeTable", vcn.default_route_table_id)
