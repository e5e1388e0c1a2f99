"""Cloud Guard: Oracle's own watch over the whole tenancy, reporting into our home region and nowhere else.

A tenancy has one configuration, so that only the stack that owns what is tenancy-wide declares it. The recipes are
clones of Oracle's, which keeps the rules ours to change; Oracle's have identifiers of their own in each tenancy, and
are looked up by their owner and detector. Cloud Guard has to put Oracle's recipes there: `self_manage_resources`, which
is left out, would leave that to us.
Sources: Oracle, "Cloud Guard", https://docs.oracle.com/iaas/cloud-guard/using/index.htm; "About OCI Detector Recipes",
https://docs.oracle.com/iaas/cloud-guard/using/detect-recipes-about.htm; the names of detectors, `detector` of
https://docs.oracle.com/iaas/api/#/en/cloud-guard/latest/DetectorRecipe; who seeds what Oracle manages,
the examples of https://github.com/oracle/terraform-provider-oci

Assumption: the tenancy lets Cloud Guard read what it watches, as whoever switches it on in the console is led to do
first. The statements stand in the root compartment, above the policies here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_oci as oci

from boundary import DataClass, Region
from infra.place import Place

_ORACLE = "ORACLE"

_DETECTORS = {
    "configuration": "IAAS_CONFIGURATION_DETECTOR",
    "activity": "IAAS_ACTIVITY_DETECTOR",
    "threat": "IAAS_THREAT_DETECTOR",
}


@dataclass(frozen=True)
class CloudGuardArgs:
    """Where the recipes stand, the tenancy that is watched, and the region that hears of it."""

    place: Place
    tenancy_id: str
    home: Region


class CloudGuard(pulumi.ComponentResource):
    """The configuration, clones of Oracle's recipes, and the tenancy as a target of them."""

    def __init__(self, name: str, args: CloudGuardArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:landing_zone:CloudGuard", name, None, opts)
        self._args = args
        enabled = oci.cloudguard.CloudGuardConfiguration(
            f"{name}-cloud-guard",
            compartment_id=args.tenancy_id,
            reporting_region=args.home.name,
            status="ENABLED",
            opts=pulumi.ResourceOptions(parent=self),
        )
        detectors = [self._detectors(name, label, detector, enabled) for label, detector in _DETECTORS.items()]
        responders = self._responders(name, enabled)
        oci.cloudguard.Target(
            f"{name}-cloud-guard-target",
            compartment_id=args.tenancy_id,
            display_name=args.place.name("tenancy"),
            description="The whole tenancy",
            target_resource_id=args.tenancy_id,
            target_resource_type="COMPARTMENT",
            target_detector_recipes=[
                oci.cloudguard.TargetTargetDetectorRecipeArgs(detector_recipe_id=recipe.id) for recipe in detectors
            ],
            target_responder_recipes=[
                oci.cloudguard.TargetTargetResponderRecipeArgs(responder_recipe_id=responders.id)
            ],
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        )
        self.enabled: pulumi.Resource = enabled
        self.register_outputs({})

    def _detectors(self, name: str, label: str, detector: str, after: pulumi.Resource) -> oci.cloudguard.DetectorRecipe:
        place = self._args.place
        # Oracle lists its recipes in the root compartment, once Cloud Guard is on.
        listed = oci.cloudguard.get_detector_recipes_output(
            compartment_id=self._args.tenancy_id,
            state="ACTIVE",
            opts=pulumi.InvokeOutputOptions(parent=self, depends_on=[after]),
        )
        return oci.cloudguard.DetectorRecipe(
            f"{name}-detectors-{label}",
            compartment_id=place.compartment_id,
            display_name=place.name(f"{label}-detectors"),
            description=f"Oracle's {label} detectors",
            source_detector_recipe_id=listed.apply(
                lambda found: oracles(found.detector_recipe_collections, detector, lambda recipe: recipe.detector)
            ),
            defined_tags=place.tags(DataClass.OPERATIONAL),
            opts=pulumi.ResourceOptions.merge(place.holding(self), pulumi.ResourceOptions(depends_on=[after])),
        )

    def _responders(self, name: str, after: pulumi.Resource) -> oci.cloudguard.ResponderRecipe:
        place = self._args.place
        listed = oci.cloudguard.get_responder_recipes_output(
            compartment_id=self._args.tenancy_id,
            state="ACTIVE",
            opts=pulumi.InvokeOutputOptions(parent=self, depends_on=[after]),
        )
        return oci.cloudguard.ResponderRecipe(
            f"{name}-responders",
            compartment_id=place.compartment_id,
            display_name=place.name("responders"),
            description="Oracle's responders",
            source_responder_recipe_id=listed.apply(lambda found: oracles(found.responder_recipe_collections)),
            defined_tags=place.tags(DataClass.OPERATIONAL),
            opts=pulumi.ResourceOptions.merge(place.holding(self), pulumi.ResourceOptions(depends_on=[after])),
        )


def oracles(collections: Sequence[Any], kind: str = "", kind_of: Callable[[Any], str] | None = None) -> str:
    """The identifier of Oracle's own recipe, of one kind where there are several.

    Raises:
        pulumi.RunError: Oracle lists none.
    """
    for collection in collections:
        for recipe in collection.items:
            if recipe.owner == _ORACLE and (kind_of is None or kind_of(recipe) == kind):
                return str(recipe.id)
    raise pulumi.RunError(
        f"Cloud Guard lists no recipe of Oracle's {kind}".rstrip()
        + "; switch Cloud Guard on once in the console, or set stateside:landingZone: {tenancyWide: false}"
    )
