"""Our own people get at the global stack's buckets; between the two statements stands a harmless one."""

import pulumi
import pulumi_oci as oci

from boundary import load_boundary
from tests.policies.whole_stack_ids import ENVIRONMENT


def declare(here: pulumi.ResourceOptions) -> None:
    (other,) = load_boundary().outside.tenancies
    oci.identity.Policy(
        "landing-zone-policy-migration",
        compartment_id=load_boundary().tenancy.ocid,
        name=f"{ENVIRONMENT}-migration",
        description="Copies what is left behind",
        statements=[
            f"define tenancy Global as {other.ocid}",
            f"allow group {ENVIRONMENT}-auditors to inspect buckets in compartment {ENVIRONMENT}-data "
            "where request.region = 'iad'",
            f"endorse group {ENVIRONMENT}-data-engineers to manage objects in tenancy Global",
        ],
        opts=here,
    )
