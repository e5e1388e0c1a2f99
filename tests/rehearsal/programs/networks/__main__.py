"""Eight networks in a compartment, 42 resources of Oracle's that the pack has nothing against: quick to make, and deep.

It stands in for the real program in a copy of the checkout (tests/support/checkout.py), where only the run matters.
"""

import pulumi
import pulumi_oci as oci

from boundary import load_boundary

NETWORKS = 8

boundary = load_boundary()
options = pulumi.ResourceOptions(
    provider=oci.Provider("ours", region=boundary.regions.home, tenancy_ocid=boundary.tenancy.ocid)
)
compartment = oci.identity.Compartment(
    "networks",
    compartment_id=boundary.tenancy.ocid,
    name="networks",
    description="networks",
    enable_delete=True,
    opts=options,
)
drg = oci.core.Drg("hub", compartment_id=compartment.id, display_name="hub", opts=options)
for number in range(NETWORKS):
    name, block = f"network-{number}", f"10.160.{number}.0/24"
    inside = {"compartment_id": compartment.id, "display_name": name}
    vcn = oci.core.Vcn(name, **inside, cidr_blocks=[block], opts=options)
    routes = oci.core.RouteTable(name, **inside, vcn_id=vcn.id, route_rules=[], opts=options)
    security = oci.core.SecurityList(name, **inside, vcn_id=vcn.id, opts=options)
    oci.core.Subnet(
        name,
        **inside,
        vcn_id=vcn.id,
        cidr_block=block,
        route_table_id=routes.id,
        security_list_ids=[security.id],
        prohibit_public_ip_on_vnic=True,
        opts=options,
    )
    oci.core.NetworkSecurityGroup(name, **inside, vcn_id=vcn.id, opts=options)
