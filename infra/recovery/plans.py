"""The plans: taking over on purpose, in an emergency, and trying it out. A plan stands where it will be run.

Oracle, "Types of Disaster Recovery Plans", https://docs.oracle.com/en-us/iaas/disaster-recovery/doc/dr-plans.html
"""

from collections.abc import Sequence

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.recovery.group import ProtectionGroup
from infra.systems import System

PLANS = ("SWITCHOVER", "FAILOVER", "START_DRILL", "STOP_DRILL")


class Plans(pulumi.ComponentResource):
    """The plans of the standby's protection group."""

    def __init__(
        self,
        name: str,
        group: ProtectionGroup,
        associated: Sequence[pulumi.Resource],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("stateside:recovery:Plans", name, None, opts)
        place = group.site.place(System.SERVING)
        for plan in PLANS:
            label = plan.lower().replace("_", "-")
            oci.disasterrecovery.DrPlan(
                f"{name}-{label}",
                dr_protection_group_id=group.group_id,
                display_name=place.name(label),
                type=plan,
                defined_tags=place.tags(DataClass.OPERATIONAL),
                # Only a group that has a peer takes plans.
                opts=pulumi.ResourceOptions(parent=self, depends_on=[*place.prerequisites, *associated]),
            )
        self.register_outputs({})
