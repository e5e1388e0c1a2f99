"""The landing zone of one environment. Its objects are IAM's: they live in the home region and count in all regions."""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from infra.config import Stack
from infra.iam import Grant, MachineGroup
from infra.landing_zone.cloud_guard import CloudGuard, CloudGuardArgs
from infra.landing_zone.compartments import Compartments, CompartmentsArgs, Environment
from infra.landing_zone.denials import denials
from infra.landing_zone.domain import Domain, DomainArgs
from infra.landing_zone.dynamic_groups import DynamicGroups, DynamicGroupsArgs
from infra.landing_zone.policies import Policies, PoliciesArgs
from infra.landing_zone.quotas import Quotas, QuotasArgs
from infra.landing_zone.security_zones import SecurityZones, SecurityZonesArgs
from infra.landing_zone.spending import Spending, SpendingArgs
from infra.landing_zone.tag_defaults import TagDefaults, TagDefaultsArgs
from infra.landing_zone.tag_namespace import TagNamespace, TagNamespaceArgs
from infra.people import GROUPS
from infra.place import Place
from infra.systems import System

# The longest that Oracle keeps what was done: https://docs.oracle.com/iaas/Content/Audit/Tasks/settingretentionperiod.htm
_AUDIT_DAYS = 365


@dataclass(frozen=True)
class LandingZoneArgs:
    """The stack, what every system grants, and the machines that are granted something."""

    stack: Stack
    grants: tuple[Grant, ...]
    machines: tuple[MachineGroup, ...]


class LandingZone(pulumi.ComponentResource):
    """Compartments, tags, people, machines and what they may do, quotas and guards; hands every system its place."""

    def __init__(self, name: str, args: LandingZoneArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:landing_zone:LandingZone", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        stack = args.stack
        self.environment = stack.environment
        tenancy_id = stack.boundary.tenancy.ocid
        environment_id = Environment(name, self.environment, tenancy_id, within).compartment_id
        self.tag_namespace = TagNamespace(
            name, TagNamespaceArgs(self.environment, environment_id, stack.boundary.declared_lanes), within
        )
        keys = tuple(self.tag_namespace.keys.values())
        self.compartments = Compartments(name, CompartmentsArgs(self.environment, environment_id, keys), within)
        domain = Domain(
            name,
            DomainArgs(
                environment=self.environment,
                compartment_id=self.compartments.ids[System.ACCESS],
                home=stack.home,
                replica=next((each for each in stack.regions if each != stack.home), None),
                groups=GROUPS,
            ),
            keys,
            within,
        )
        machines = DynamicGroups(
            name, DynamicGroupsArgs(self.environment, tenancy_id, args.machines, self.compartments.ids), within
        )
        config = stack.config.landing_zone
        vendors = stack.boundary.roles.vendors
        denied = tuple(denials(self.environment, stack.regions, vendors)) if config.deny_statements else ()
        self.policies = Policies(
            name,
            PoliciesArgs(self.environment, tenancy_id, environment_id, stack.regions, args.grants, denied),
            self.compartments,
            (*domain.groups, *machines.groups),
            within,
        )
        TagDefaults(name, TagDefaultsArgs(self.tag_namespace.keys, environment_id, self.compartments.ids), within)
        Quotas(
            name,
            QuotasArgs(self.environment, tenancy_id, stack.regions, tenancy_wide=config.tenancy_wide),
            self.compartments,
            within,
        )
        # Both ask the home region which recipes there are: while it is lost, they stay as they are.
        if stack.home in stack.standing:
            guarded = self._guard(name, stack) if config.tenancy_wide else None
            SecurityZones(
                name,
                SecurityZonesArgs(self.place(System.SECURITY), tenancy_id, self.compartments.ids),
                pulumi.ResourceOptions(parent=self, depends_on=[guarded] if guarded else None),
            )
        if config.budget:
            Spending(name, SpendingArgs(self.environment, tenancy_id, environment_id, config.budget), within)
        self.register_outputs({"compartment_ids": self.compartments.ids})

    def place(self, system: System) -> Place:
        """Where a system stands."""
        return Place(
            environment=self.environment,
            system=system,
            compartment_id=self.compartments.ids[system],
            prerequisites=(*self.tag_namespace.keys.values(), self.policies.complete),
        )

    def _guard(self, name: str, stack: Stack) -> pulumi.Resource:
        """What a tenancy has only one of: Cloud Guard, and how long its audit log is kept."""
        tenancy_id = stack.boundary.tenancy.ocid
        oci.audit.Configuration(
            f"{name}-audit",
            compartment_id=tenancy_id,
            retention_period_days=_AUDIT_DAYS,
            opts=pulumi.ResourceOptions(parent=self),
        )
        return CloudGuard(
            name,
            CloudGuardArgs(self.place(System.SECURITY), tenancy_id, stack.home),
            pulumi.ResourceOptions(parent=self),
        )
