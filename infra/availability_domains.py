"""The availability domains of a region. Oracle's names differ between tenancies, their order doesn't.

https://docs.oracle.com/iaas/Content/General/Concepts/regions.htm
"""

from collections.abc import Sequence
from typing import Any

import pulumi
import pulumi_oci as oci


def availability_domains(tenancy_id: str, parent: pulumi.Resource) -> pulumi.Output[list[str]]:
    """Their names in order, in the region of the parent's provider: three in Ashburn and Phoenix.

    Raises:
        pulumi.RunError: Oracle lists none.
    """
    listed = oci.identity.get_availability_domains_output(
        compartment_id=tenancy_id, opts=pulumi.InvokeOutputOptions(parent=parent)
    )
    return listed.apply(lambda found: _names(found.availability_domains))


def _names(domains: Sequence[Any]) -> list[str]:
    if not domains:
        raise pulumi.RunError("Oracle lists no availability domain; check the tenancy's subscription to the region")
    return sorted(str(domain.name) for domain in domains)
