"""The US environment of one stack. This file only composes: what a system is made of is in the system's own folder."""

import pulumi

from infra.config import read_stack
from infra.data import STORES, Buckets, BucketsArgs, Vault, VaultArgs
from infra.host import HostArgs
from infra.landing_zone import LandingZone, LandingZoneArgs
from infra.network import Network, NetworkArgs, Role, planned_ranges
from infra.provider import region_provider
from infra.serving import ServingInstance, ServingInstanceArgs
from infra.systems import System
from infra.training import TrainingInstance

stack = read_stack()
tenancy, region = stack.boundary.tenancy, stack.region
ranges = planned_ranges(stack.boundary.addresses, stack.environment, region)
providers = {name: region_provider(name, stack) for name in sorted({stack.boundary.regions.home, region.name})}

at_home = pulumi.ResourceOptions(providers=[providers[stack.boundary.regions.home]])
in_region = pulumi.ResourceOptions(providers=[providers[region.name]])
holding_data = pulumi.ResourceOptions(providers=[providers[region.name]], protect=stack.config.protect)

landing_zone = LandingZone(
    "landing-zone",
    LandingZoneArgs(stack.environment, tenancy.ocid, (region,), stack.boundary.lanes),
    at_home,
)

network = Network(
    f"network-{region.key}",
    NetworkArgs(
        place=landing_zone.place(System.NETWORK),
        region=region,
        ranges=ranges,
        serving_ports=stack.config.serving.accepts_tcp,
    ),
    in_region,
)

vault = Vault(
    f"vault-{region.key}",
    VaultArgs(landing_zone.place(System.SECURITY), private=stack.config.private_vault),
    holding_data,
)

buckets = Buckets(
    f"buckets-{region.key}",
    BucketsArgs(landing_zone.place(System.DATA), tenancy.namespace, vault.objects_key_id),
    holding_data,
)

serving = ServingInstance(
    f"serving-{region.key}",
    ServingInstanceArgs(
        HostArgs(
            place=landing_zone.place(System.SERVING),
            attachment=network.attachment(Role.SERVING),
            config=stack.config.serving,
            tenancy_id=tenancy.ocid,
            volumes_key_id=vault.volumes_key_id,
        ),
        accepts_tcp=stack.config.serving.accepts_tcp,
    ),
    in_region,
)

training = TrainingInstance(
    f"training-{region.key}",
    HostArgs(
        place=landing_zone.place(System.TRAINING),
        attachment=network.attachment(Role.TRAINING),
        config=stack.config.training,
        tenancy_id=tenancy.ocid,
        volumes_key_id=vault.volumes_key_id,
    ),
    in_region,
)

pulumi.export("environment", stack.environment)
pulumi.export("region", region.name)
pulumi.export("compartments", landing_zone.compartments.ids)
pulumi.export("vcn", network.vcn.vcn_id)
pulumi.export("subnets", network.subnets.ids)
pulumi.export("vault", vault.vault_id)
pulumi.export("buckets", buckets.names)
pulumi.export("hosts", {"serving": serving.private_ip, "training": training.private_ip})
pulumi.export(
    "systems",
    {
        System.NETWORK: f"{ranges.vcn} with subnets {', '.join(ranges.subnets)}",
        System.SECURITY: "a vault with keys for objects and for volumes",
        System.DATA: f"buckets {', '.join(STORES)}",
        System.SERVING: f"1 {stack.config.serving.shape}",
        System.TRAINING: f"1 {stack.config.training.shape}",
    },
)
