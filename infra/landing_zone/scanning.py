"""Vulnerability scanning in one region: every machine of the environment daily, and every image of our own registry.

Source: Oracle, "Vulnerability Scanning", https://docs.oracle.com/iaas/scanning/using/overview.htm
"""

from dataclasses import dataclass

import pulumi
from pulumi_oci import vulnerabilityscanning as scanning

from boundary import DataClass
from infra.place import Place

_IMAGES = 4
"""How many images of a repository are scanned when a target is made; new ones are scanned as they come."""


@dataclass(frozen=True)
class ScanningArgs:
    """Where the recipes stand, whose machines are scanned, and where the images of our registry belong."""

    place: Place
    environment_id: pulumi.Input[str]
    registry_id: pulumi.Input[str]


class Scanning(pulumi.ComponentResource):
    """A recipe and a target each for machines and for images."""

    def __init__(self, name: str, args: ScanningArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:landing_zone:Scanning", name, None, opts)
        place = args.place
        tags, options = place.tags(DataClass.OPERATIONAL), place.holding(self)
        hosts = scanning.HostScanRecipe(
            f"{name}-hosts",
            compartment_id=place.compartment_id,
            display_name=place.name("hosts"),
            port_settings=scanning.HostScanRecipePortSettingsArgs(scan_level="STANDARD"),
            agent_settings=scanning.HostScanRecipeAgentSettingsArgs(
                scan_level="STANDARD",
                agent_configuration=scanning.HostScanRecipeAgentSettingsAgentConfigurationArgs(
                    vendor="OCI",
                    cis_benchmark_settings=(
                        scanning.HostScanRecipeAgentSettingsAgentConfigurationCisBenchmarkSettingsArgs(
                            scan_level="STRICT"
                        )
                    ),
                ),
            ),
            schedule=scanning.HostScanRecipeScheduleArgs(type="DAILY"),
            defined_tags=tags,
            opts=options,
        )
        scanning.HostScanTarget(
            f"{name}-hosts",
            compartment_id=place.compartment_id,
            display_name=place.name("hosts"),
            description="Every machine of the environment",
            host_scan_recipe_id=hosts.id,
            target_compartment_id=args.environment_id,
            defined_tags=tags,
            opts=options,
        )
        images = scanning.ContainerScanRecipe(
            f"{name}-images",
            compartment_id=place.compartment_id,
            display_name=place.name("images"),
            scan_settings=scanning.ContainerScanRecipeScanSettingsArgs(scan_level="STANDARD"),
            image_count=_IMAGES,
            defined_tags=tags,
            opts=options,
        )
        scanning.ContainerScanTarget(
            f"{name}-images",
            compartment_id=place.compartment_id,
            display_name=place.name("images"),
            description="Every image of our own registry",
            container_scan_recipe_id=images.id,
            target_registry=scanning.ContainerScanTargetTargetRegistryArgs(
                compartment_id=args.registry_id, type="OCIR"
            ),
            defined_tags=tags,
            opts=options,
        )
        self.register_outputs({})
