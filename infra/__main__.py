"""The US environment of one stack. This file only composes: what a system is made of is in the system's own folder."""

from itertools import permutations

import pulumi

from boundary import Region
from infra.access import Bastion, BastionArgs
from infra.codebase import Codebase
from infra.config import read_stack
from infra.data import DataSystem, declare_across_regions
from infra.edge import Edge, EdgeArgs, Steering, SteeringArgs
from infra.grants import every_grant, every_machine_group
from infra.keys import Vault, VaultArgs
from infra.landing_zone import LandingZone, LandingZoneArgs, Scanning, ScanningArgs
from infra.network import (
    Network,
    NetworkArgs,
    PacketPolicies,
    PacketPoliciesArgs,
    RemotePeering,
    RemotePeeringArgs,
    Role,
    planned_ranges,
    region_statements,
)
from infra.observability import LogGroups, LogGroupsArgs
from infra.observability.observability import Observability, ObservabilityArgs
from infra.provider import region_provider
from infra.recovery import RecoverySide, declare_recovery
from infra.serving import Serving
from infra.site import Site
from infra.systems import System
from infra.training import Training
from infra.transfer import Transfer

stack = read_stack()
tenancy = stack.boundary.tenancy
providers = {name: region_provider(name, stack) for name in sorted({stack.home.name, *stack.config.regions})}

landing_zone = LandingZone(
    "landing-zone",
    LandingZoneArgs(stack, every_grant(stack), every_machine_group(stack)),
    pulumi.ResourceOptions(providers=[providers[stack.home.name]]),
)

ranges = {region: planned_ranges(stack.boundary.addresses, stack.environment, region) for region in stack.regions}
elsewhere = {here: next((ranges[there] for there in ranges if there != here), None) for here in ranges}
serving_ports = stack.config.serving.accepts_tcp
packets = PacketPolicies(
    "packets",
    PacketPoliciesArgs(
        environment=stack.environment,
        tenancy_id=tenancy.ocid,
        # What both regions need is said once.
        statements=list(
            dict.fromkeys(
                statement
                for region, here in ranges.items()
                for statement in region_statements(stack.environment, here, elsewhere[region], serving_ports)
            )
        ),
        tenancy_wide=stack.config.landing_zone.tenancy_wide,
    ),
    pulumi.ResourceOptions(providers=[providers[stack.home.name]]),
)
networks: dict[Region, Network] = {}
edges: dict[str, Edge] = {}

data_systems: list[DataSystem] = []
sides: list[RecoverySide] = []
for region in stack.standing:
    in_region = pulumi.ResourceOptions(providers=[providers[region.name]])
    logs = LogGroups(f"logs-{region.key}", LogGroupsArgs(landing_zone.place), in_region)
    networks[region] = network = Network(
        f"network-{region.key}",
        NetworkArgs(
            place=landing_zone.place(System.NETWORK),
            region=region,
            ranges=ranges[region],
            elsewhere=elsewhere[region],
            serving_ports=serving_ports,
            logs=logs,
            prerequisites=packets.attributes,
        ),
        in_region,
    )
    vault = Vault(
        f"vault-{region.key}",
        VaultArgs(landing_zone.place(System.SECURITY), private=stack.config.private_vault),
        pulumi.ResourceOptions.merge(in_region, pulumi.ResourceOptions(protect=stack.config.protect)),
    )
    site = Site(stack, region, landing_zone, network, vault, logs, providers[region.name])
    Observability(f"watch-{site.key}", ObservabilityArgs(site), site.options(holds_data=True))
    Scanning(
        f"scan-{site.key}",
        ScanningArgs(
            place=site.place(System.SECURITY),
            environment_id=landing_zone.compartments.environment_id,
            registry_id=landing_zone.compartments.ids[System.CODEBASE],
        ),
        site.options(),
    )
    bastion = Bastion(
        f"bastion-{site.key}",
        BastionArgs(site.place(System.ACCESS), site.network.attachment(Role.ACCESS).subnet_id, stack.config.access),
        site.options(),
    )

    data = DataSystem(f"data-{site.key}", site, site.options(holds_data=True))
    data_systems.append(data)
    transfer = Transfer(f"transfer-{site.key}", site, site.options())
    serving = Serving(f"serving-system-{site.key}", site, site.options())
    training = Training(f"training-system-{site.key}", site, site.options())
    Codebase(f"codebase-{site.key}", site, site.options())
    edges[site.key] = Edge(f"edge-{site.key}", EdgeArgs(site, serving.private_ip), site.options())
    sides.append(RecoverySide(site, serving, training))
    pulumi.export(
        region.name,
        {
            "vcns": network.vcn_ids,
            "subnets": network.subnet_ids,
            "vault": vault.vault_id,
            "bastion": bastion.bastion_id,
            "buckets": data.buckets.names,
            "lanes": transfer.lanes,
            "hosts": {"serving": serving.host_ip, "training": training.head.private_ip},
        },
    )

# What is about both regions stays as it is while one of them is lost.
if stack.standing == stack.regions:
    if len(sides) == 2:
        declare_recovery(*sides)

    declare_across_regions(data_systems)

    Steering(
        "steering",
        SteeringArgs(
            place=landing_zone.place(System.EDGE),
            domain=stack.config.edge.domain,
            territories=stack.config.edge.territories,
            addresses={key: edge.addresses for key, edge in edges.items()},
        ),
        pulumi.ResourceOptions(providers=[providers[stack.home.name]]),
    )

    asked: pulumi.Output[str] | None = None
    # The primary asks, so that the other side stands without it.
    for near, far in reversed([*permutations(networks, 2)]):
        peering = RemotePeering(
            f"peering-{near.key}",
            RemotePeeringArgs(landing_zone.place(System.NETWORK), networks[near], far, peer_id=asked),
            pulumi.ResourceOptions(providers=[providers[near.name]]),
        )
        asked = peering.connection_id

pulumi.export("environment", stack.environment)
pulumi.export("regions", list(stack.config.regions))
pulumi.export("compartments", landing_zone.compartments.ids)
