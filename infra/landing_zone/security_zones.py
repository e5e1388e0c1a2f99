"""Security zones: compartments in which Oracle itself refuses what is public or not under a key of ours.

What is there already when a zone is made stays as it is. A zone holds for the compartment's own resources, and some
versions of the provider can't make a child compartment under one: the systems' compartments have no children.
The policies are looked up by the names that Oracle gives them, because their identifiers differ by realm.
Sources: Oracle, "Security Zones", https://docs.oracle.com/iaas/security-zone/using/security-zones.htm; names: "Security
Zone Policies", https://docs.oracle.com/iaas/security-zone/using/security-zone-policies.htm; child compartments:
https://github.com/oracle/terraform-provider-oci/issues/1655
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.place import Place
from infra.systems import System

_POLICIES = (
    "deny public_buckets",
    "deny db_instance_public_access",
    "deny buckets_without_vault_key",
    "deny block_volume_without_vault_key",
    "deny boot_volume_without_vault_key",
    "deny file_system_without_vault_key",
)


@dataclass(frozen=True)
class SecurityZonesArgs:
    """Where the recipe stands, the tenancy whose policies are listed, and the compartments."""

    place: Place
    tenancy_id: str
    compartment_ids: Mapping[System, pulumi.Output[str]]


class SecurityZones(pulumi.ComponentResource):
    """One recipe, and a zone for each compartment that holds data."""

    def __init__(self, name: str, args: SecurityZonesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:landing_zone:SecurityZones", name, None, opts)
        place = args.place
        listed = oci.cloudguard.get_security_policies_output(
            compartment_id=args.tenancy_id, opts=pulumi.InvokeOutputOptions(parent=self)
        )
        recipe = oci.cloudguard.SecurityRecipe(
            f"{name}-zone-recipe",
            compartment_id=place.compartment_id,
            display_name=place.name("private-and-encrypted"),
            description="Nothing public, and everything under a key of ours",
            security_policies=listed.apply(lambda found: policy_ids(found.security_policy_collections)),
            defined_tags=place.tags(DataClass.OPERATIONAL),
            opts=place.holding(self),
        )
        for system in (each for each in System if each.guards.zone):
            oci.cloudguard.SecurityZone(
                f"{name}-zone-{system}",
                compartment_id=args.compartment_ids[system],
                display_name=place.name(system),
                description=f"The {system} system is private and encrypted",
                security_zone_recipe_id=recipe.id,
                defined_tags=place.tags(DataClass.OPERATIONAL),
                opts=place.holding(self),
            )
        self.register_outputs({"recipe_id": recipe.id})


def policy_ids(collections: Sequence[Any]) -> list[str]:
    """The identifiers of the policies, by their names.

    Raises:
        pulumi.RunError: Oracle lists one of them no more.
    """
    ids = {policy.friendly_name: str(policy.id) for collection in collections for policy in collection.items}
    if missing := [name for name in _POLICIES if name not in ids]:
        raise pulumi.RunError(
            f"Oracle lists no security zone policy called {missing[0]!r}; "
            "correct its name in infra/landing_zone/security_zones.py"
        )
    return [ids[name] for name in _POLICIES]
