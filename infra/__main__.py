"""The US environment of one stack. This file only composes: what a system is made of is in the system's own folder."""

import pulumi

from infra.config import read_stack
from infra.data import Buckets, BucketsArgs
from infra.host import HostArgs
from infra.keys import Purpose, Vault, VaultArgs
from infra.landing_zone import LandingZone, LandingZoneArgs
from infra.network import Network, NetworkArgs, Role, planned_ranges
from infra.provider import region_provider
from infra.serving import ServingInstance, ServingInstanceArgs
from infra.site import Site
from infra.systems import System
from infra.training import TrainingInstance

stack = read_stack()
tenancy = stack.boundary.tenancy
providers = {name: region_provider(name, stack) for name in sorted({stack.home.name, *stack.config.regions})}

landing_zone = LandingZone(
    "landing-zone",
    LandingZoneArgs(stack.environment, tenancy.ocid, stack.regions, stack.boundary.lanes),
    pulumi.ResourceOptions(providers=[providers[stack.home.name]]),
)

ranges = {region: planned_ranges(stack.boundary.addresses, stack.environment, region) for region in stack.regions}

for region in stack.regions:
    in_region = pulumi.ResourceOptions(providers=[providers[region.name]])
    network = Network(
        f"network-{region.key}",
        NetworkArgs(
            place=landing_zone.place(System.NETWORK),
            region=region,
            ranges=ranges[region],
            elsewhere=next((there for other, there in ranges.items() if other != region), None),
            serving_ports=stack.config.serving.accepts_tcp,
        ),
        in_region,
    )
    vault = Vault(
        f"vault-{region.key}",
        VaultArgs(landing_zone.place(System.SECURITY), private=stack.config.private_vault),
        pulumi.ResourceOptions.merge(in_region, pulumi.ResourceOptions(protect=stack.config.protect)),
    )
    site = Site(stack, region, landing_zone, network, vault, providers[region.name])

    buckets = Buckets(
        f"buckets-{site.key}",
        BucketsArgs(site.place(System.DATA), tenancy.namespace, site.key_id(Purpose.OBJECTS)),
        site.options(holds_data=True),
    )
    serving = ServingInstance(
        f"serving-{site.key}",
        ServingInstanceArgs(
            HostArgs(
                place=site.place(System.SERVING),
                attachment=site.network.attachment(Role.SERVING),
                config=stack.config.serving,
                tenancy_id=tenancy.ocid,
                volumes_key_id=site.key_id(Purpose.VOLUMES),
            ),
            accepts_tcp=stack.config.serving.accepts_tcp,
        ),
        site.options(),
    )
    training = TrainingInstance(
        f"training-{site.key}",
        HostArgs(
            place=site.place(System.TRAINING),
            attachment=site.network.attachment(Role.TRAINING),
            config=stack.config.training,
            tenancy_id=tenancy.ocid,
            volumes_key_id=site.key_id(Purpose.VOLUMES),
        ),
        site.options(),
    )
    pulumi.export(
        region.name,
        {
            "vcns": network.vcn_ids,
            "subnets": network.subnet_ids,
            "vault": vault.vault_id,
            "buckets": buckets.names,
            "hosts": {"serving": serving.private_ip, "training": training.private_ip},
        },
    )

pulumi.export("environment", stack.environment)
pulumi.export("regions", list(stack.config.regions))
pulumi.export("compartments", landing_zone.compartments.ids)
