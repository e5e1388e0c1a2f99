"""One region of the environment: every system that stands there, in the order in which they need each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from boundary import Region
from infra.access import Bastion, BastionArgs
from infra.codebase import Codebase
from infra.data import DataSystem
from infra.edge import Edge, EdgeArgs
from infra.keys import Vault, VaultArgs
from infra.landing_zone import Scanning, ScanningArgs
from infra.network import Network, NetworkArgs, Role
from infra.observability import LogGroups, LogGroupsArgs
from infra.observability.observability import Observability, ObservabilityArgs
from infra.serving import Serving
from infra.shared import Shared
from infra.site import Site
from infra.systems import System
from infra.training import Training
from infra.transfer import Transfer


@dataclass(frozen=True)
class OneRegion:
    """What stands in one region, as far as the other region and the whole environment need it."""

    site: Site
    data: DataSystem
    serving: Serving
    training: Training
    edge: Edge
    outputs: Mapping[str, Any]


def declare_region(shared: Shared, region: Region, provider: pulumi.ProviderResource) -> OneRegion:
    """Declares the systems of one region, with the provider that works there."""
    site = _site(shared, region, provider)
    key, options = site.key, site.options()
    Observability(f"watch-{key}", ObservabilityArgs(site), site.options(System.OBSERVABILITY))
    Scanning(
        f"scan-{key}",
        ScanningArgs(
            place=site.place(System.SECURITY),
            environment_id=shared.landing_zone.compartments.environment_id,
            registry_id=shared.landing_zone.compartments.ids[System.CODEBASE],
        ),
        options,
    )
    bastions = site.network.attachment(Role.ACCESS).subnet_id
    bastion = Bastion(
        f"bastion-{key}", BastionArgs(site.place(System.ACCESS), bastions, shared.stack.config.access), options
    )
    data = DataSystem(f"data-{key}", site, site.options(System.DATA))
    transfer = Transfer(f"transfer-{key}", site, options)
    serving = Serving(f"serving-system-{key}", site, options)
    training = Training(f"training-system-{key}", site, options)
    Codebase(f"codebase-{key}", site, options)
    edge = Edge(f"edge-{key}", EdgeArgs(site, serving.private_ip), options)
    outputs = {
        "vcns": site.network.vcn_ids,
        "subnets": site.network.subnet_ids,
        "vault": site.vault.vault_id,
        "bastion": bastion.bastion_id,
        "buckets": data.buckets.names,
        "lanes": transfer.lanes,
        "hosts": {"serving": serving.host_ip, "training": training.head.private_ip},
    }
    return OneRegion(site, data, serving, training, edge, outputs)


def _site(shared: Shared, region: Region, provider: pulumi.ProviderResource) -> Site:
    """The ground that the systems share: logs, network and keys."""
    stack, landing_zone, ranges = shared.stack, shared.landing_zone, shared.ranges
    here = pulumi.ResourceOptions(providers=[provider])
    logs = LogGroups(f"logs-{region.key}", LogGroupsArgs(landing_zone.place), here)
    network = Network(
        f"network-{region.key}",
        NetworkArgs(
            place=landing_zone.place(System.NETWORK),
            region=region,
            ranges=ranges[region],
            elsewhere=next((ranges[there] for there in ranges if there != region), None),
            serving_ports=stack.config.serving.accepts_tcp,
            logs=logs,
            prerequisites=shared.packets.attributes,
        ),
        here,
    )
    vault = Vault(
        f"vault-{region.key}",
        VaultArgs(landing_zone.place(System.SECURITY), private=stack.config.private_vault),
        pulumi.ResourceOptions.merge(here, pulumi.ResourceOptions(protect=stack.config.protect)),
    )
    return Site(stack, region, landing_zone, network, vault, logs, provider)
