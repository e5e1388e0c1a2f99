"""The US environment of one stack. This file only composes: what a system is made of is in the system's own folder."""

from itertools import permutations

import pulumi

from infra.config import read_stack
from infra.data import Buckets, Replication, ReplicationArgs
from infra.host import HostArgs
from infra.keys import Purpose, Vault, VaultArgs
from infra.landing_zone import LandingZone, LandingZoneArgs
from infra.network import Network, NetworkArgs, Role, planned_ranges
from infra.observability import LogGroups, LogGroupsArgs
from infra.provider import region_provider
from infra.serving import ServingInstance, ServingInstanceArgs
from infra.site import Site
from infra.systems import System
from infra.training import TrainingInstance
from infra.transfer import Transfer

stack = read_stack()
tenancy = stack.boundary.tenancy
providers = {name: region_provider(name, stack) for name in sorted({stack.home.name, *stack.config.regions})}

landing_zone = LandingZone(
    "landing-zone",
    LandingZoneArgs(stack.environment, tenancy.ocid, stack.regions, stack.boundary.declared_lanes),
    pulumi.ResourceOptions(providers=[providers[stack.home.name]]),
)

ranges = {region: planned_ranges(stack.boundary.addresses, stack.environment, region) for region in stack.regions}

stores: list[tuple[Site, Buckets]] = []
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
    logs = LogGroups(f"logs-{region.key}", LogGroupsArgs(landing_zone.place(System.OBSERVABILITY)), in_region)
    site = Site(stack, region, landing_zone, network, vault, logs, providers[region.name])

    buckets = Buckets(f"buckets-{site.key}", site, site.options(holds_data=True))
    stores.append((site, buckets))
    transfer = Transfer(f"transfer-{site.key}", site, site.options())
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
            "lanes": transfer.lanes,
            "hosts": {"serving": serving.private_ip, "training": training.private_ip},
        },
    )

for (here, sources), (there, targets) in permutations(stores, 2):
    Replication(
        f"replication-{here.key}",
        ReplicationArgs(here, sources.names, there.region, targets.names),
        here.options(),
    )

pulumi.export("environment", stack.environment)
pulumi.export("regions", list(stack.config.regions))
pulumi.export("compartments", landing_zone.compartments.ids)
