"""The availability domains of a region. Oracle's names differ between tenancies, their order doesn't.

https://docs.oracle.com/iaas/Content/General/Concepts/regions.htm
"""

import pulumi
import pulumi_oci as oci


def availability_domains(tenancy_id: str, parent: pulumi.Resource) -> pulumi.Output[list[str]]:
    """Their names in order, in the region of the parent's provider: three in Ashburn and Phoenix."""
    listed = oci.identity.get_availability_domains_output(
        compartment_id=tenancy_id, opts=pulumi.InvokeOutputOptions(parent=parent)
    )
    return listed.apply(lambda found: sorted(str(domain.name) for domain in found.availability_domains))
