"""Quotas: what can't be made even by somebody who may make it.

Outside our regions there is nothing, in regions that Oracle opens later too: each family is zero everywhere, and unset
in ours. Inside, GPUs are where there is training or serving, reserved public addresses at the edge, networks in the
network's compartment. Gateways, peerings and private lines have no quota at Oracle: statements and the policy pack
hold those. Later statements of a quota override earlier ones, and quotas live in the root compartment.
Sources: Oracle, "Quota Policy Syntax", https://docs.oracle.com/iaas/Content/Quotas/Concepts/quota_policy_syntax.htm;
"Sample Quotas", https://docs.oracle.com/iaas/Content/Quotas/Concepts/sample_quotas.htm (regions by their full names);
families and names: "Available Quotas by Service", the pages of Networking, Compute, Block Volume, Object Storage, File
Storage, Lustre, Email Delivery and GoldenGate beside
https://docs.oracle.com/iaas/Content/Quotas/Concepts/resourcequotas_topic-Networking_Quotas.htm; `database`,
https://docs.oracle.com/en/cloud/paas/base-database/quotas/index.html; `dbtools`,
https://docs.oracle.com/iaas/database-tools/doc/service-quotas.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import Region
from infra.landing_zone.compartments import compartment_name
from infra.systems import System

_IN_OUR_REGIONS = (
    "compute-core",
    "compute-memory",
    "block-storage",
    "filesystem",
    "lustrefilestorage",
    "object-storage",
    "database",
    "vcn",
)
"""Families that store, compute or connect."""

_NOWHERE = ("email-delivery", "goldengate", "dbtools")
"""Families that send data or let tools of others at it, of which we use none."""

_ONLY_IN = {
    "compute-core quota /*gpu*/": {System.TRAINING, System.SERVING},
    "vcn quota reserved-public-ip-count": {System.EDGE},
    "vcn quota vcn-count": {System.NETWORK},
}
"""Quotas that are zero in every system but these."""


@dataclass(frozen=True)
class QuotasArgs:
    """The environment, the tenancy, our regions, and whether the tenancy as a whole is limited to them."""

    environment: str
    tenancy_id: str
    regions: tuple[Region, ...]
    tenancy_wide: bool


class Quotas(pulumi.ComponentResource):
    """The environment's quotas."""

    def __init__(
        self,
        name: str,
        args: QuotasArgs,
        compartments: pulumi.Resource,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("stateside:landing_zone:Quotas", name, None, opts)
        for label, statements in quotas(args.environment, args.regions, tenancy_wide=args.tenancy_wide).items():
            oci.limits.Quota(
                f"{name}-quota-{label}",
                compartment_id=args.tenancy_id,
                name=f"{args.environment}-{label}",
                description=f"What {args.environment} can't have: {label.replace('-', ' ')}",
                statements=statements,
                opts=pulumi.ResourceOptions(parent=self, depends_on=[compartments]),
            )
        self.register_outputs({})


def quotas(environment: str, regions: tuple[Region, ...], *, tenancy_wide: bool) -> Mapping[str, list[str]]:
    """The statements of each quota."""
    where = "tenancy" if tenancy_wide else f"compartment {environment}"
    return {
        "other-regions": list(_other_regions(where, regions)),
        "unused-services": [f"zero {family} quotas in {where}" for family in _NOWHERE],
        "other-systems": list(_other_systems(environment)),
    }


def _other_regions(where: str, regions: tuple[Region, ...]) -> Iterator[str]:
    for family in _IN_OUR_REGIONS:
        yield f"zero {family} quotas in {where}"
        for region in regions:
            yield f"unset {family} quotas in {where} where request.region = '{region.name}'"


def _other_systems(environment: str) -> Iterator[str]:
    for quota, systems in _ONLY_IN.items():
        for system in System:
            if system not in systems:
                yield f"zero {quota} in compartment {environment}:{compartment_name(environment, system)}"
