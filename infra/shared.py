"""What there is once for all regions: the landing zone, the packet policies and the address plan."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from boundary import Region
from infra.config import Stack
from infra.grants import check_roles, every_grant, every_machine_group
from infra.landing_zone import LandingZone, LandingZoneArgs
from infra.network import PacketPolicies, PacketPoliciesArgs, Ranges, environment_statements, planned_ranges


@dataclass(frozen=True)
class Shared:
    """What every region is given; `at_home` are the options of what stands in the tenancy's home region."""

    stack: Stack
    landing_zone: LandingZone
    packets: PacketPolicies
    ranges: Mapping[Region, Ranges]
    at_home: pulumi.ResourceOptions


def declare_shared(stack: Stack, home: pulumi.ProviderResource) -> Shared:
    """Declares it, with the provider of the home region."""
    check_roles(stack)
    at_home = pulumi.ResourceOptions(providers=[home])
    ranges = {region: planned_ranges(stack.boundary.addresses, stack.environment, region) for region in stack.regions}
    landing_zone = LandingZone(
        "landing-zone", LandingZoneArgs(stack, every_grant(stack), every_machine_group(stack)), at_home
    )
    packets = PacketPolicies(
        "packets",
        PacketPoliciesArgs(
            environment=stack.environment,
            tenancy_id=stack.boundary.tenancy.ocid,
            statements=environment_statements(stack.environment, ranges.values(), stack.config.serving.accepts_tcp),
            tenancy_wide=stack.config.landing_zone.tenancy_wide,
        ),
        at_home,
    )
    return Shared(stack, landing_zone, packets, ranges, at_home)
