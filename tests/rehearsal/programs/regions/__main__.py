"""Two regions with a VCN, a protected bucket and a DRG each, and a link between them, named as the real ones are."""

import pulumi
import pulumi_oci as oci

from boundary import load_boundary, region

config = pulumi.Config()
tenancy = load_boundary().tenancy
names = ("us-ashburn-1", "us-phoenix-1")
standing = [name for name in names if name != config.get("lost")]
providers = {name: oci.Provider(f"oracle-{name}", region=name, tenancy_ocid=tenancy.ocid) for name in names}


class Link(pulumi.ComponentResource):
    """One side of the peering."""

    def __init__(self, name: str, provider: oci.Provider) -> None:
        super().__init__("stateside:network:RemotePeering", name, None, pulumi.ResourceOptions(providers=[provider]))


compartment = oci.identity.Compartment(
    "landing-zone",
    name="regions",
    description="regions",
    compartment_id=tenancy.ocid,
    enable_delete=True,
    opts=pulumi.ResourceOptions(provider=providers[names[0]]),
)
drgs = {}
for number, name in enumerate(names):
    if name not in standing:
        continue
    key, options = region(name).key, pulumi.ResourceOptions(provider=providers[name])
    oci.identity.get_availability_domains_output(
        compartment_id=tenancy.ocid, opts=pulumi.InvokeOutputOptions(provider=providers[name])
    )
    oci.core.Vcn(
        f"network-{key}",
        compartment_id=compartment.id,
        cidr_blocks=[f"10.{128 + number}.0.0/16"],
        display_name=config.get("name") or "regions",
        opts=options,
    )
    oci.objectstorage.Bucket(
        f"buckets-{key}",
        compartment_id=compartment.id,
        namespace=tenancy.namespace,
        name="regions",
        opts=pulumi.ResourceOptions(provider=providers[name], protect=True),
    )
    drgs[name] = oci.core.Drg(f"drg-{key}", compartment_id=compartment.id, display_name="regions", opts=options)
    for more in range(config.get_int("more") or 0):
        oci.core.Drg(f"more-{key}-{more}", compartment_id=compartment.id, display_name="more", opts=options)

if len(standing) == 2:
    asked: pulumi.Output[str] | None = None
    for near, far in (names[::-1], names):
        label = f"peering-{region(near).key}"
        asked = oci.core.RemotePeeringConnection(
            label,
            compartment_id=compartment.id,
            drg_id=drgs[near].id,
            peer_id=asked,
            peer_region_name=far,
            opts=pulumi.ResourceOptions(parent=Link(label, providers[near])),
        ).id
