"""The landing zone of one environment. Its objects are IAM's: they live in the home region and count in all regions."""

from dataclasses import dataclass

import pulumi

from boundary import Lane, Region
from infra.landing_zone.compartments import Compartments, CompartmentsArgs
from infra.landing_zone.policies import KeyGrants, KeyGrantsArgs
from infra.landing_zone.tag_namespace import TagNamespace, TagNamespaceArgs
from infra.place import Place
from infra.systems import System


@dataclass(frozen=True)
class LandingZoneArgs:
    """The environment, the tenancy it stands in, the regions it uses and the lanes it knows."""

    environment: str
    tenancy_id: str
    regions: tuple[Region, ...]
    lanes: tuple[Lane, ...]


class LandingZone(pulumi.ComponentResource):
    """Compartments by system, the tag namespace, and the grants; hands every system its place."""

    def __init__(self, name: str, args: LandingZoneArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:landing_zone:LandingZone", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        self.environment = args.environment
        self.compartments = Compartments(name, CompartmentsArgs(args.environment, args.tenancy_id), within)
        self.tag_namespace = TagNamespace(
            name, TagNamespaceArgs(args.environment, self.compartments.environment_id, args.lanes), within
        )
        self.key_grants = KeyGrants(
            name, KeyGrantsArgs(args.environment, self.compartments.environment_id, args.regions), within
        )
        self.register_outputs({"compartment_ids": self.compartments.ids})

    def place(self, system: System) -> Place:
        """Where a system stands."""
        return Place(
            environment=self.environment,
            system=system,
            compartment_id=self.compartments.ids[system],
            prerequisites=(*self.tag_namespace.keys, self.key_grants.policy),
        )
