"""A vendor's people may read what the data system holds, without an end."""

import pulumi
import pulumi_oci as oci

from tests.policies.whole_stack_ids import ENVIRONMENT, known


def declare(here: pulumi.ResourceOptions) -> None:
    oci.identity.Policy(
        "landing-zone-policy-vendor",
        compartment_id=known("Compartment", "landing-zone-environment"),
        name=f"{ENVIRONMENT}-vendor",
        description="Lets the vendor look at a case",
        statements=[
            f"allow group {ENVIRONMENT}-vendor-support to read objects in compartment {ENVIRONMENT}-data "
            "where request.region = 'iad'"
        ],
        opts=here,
    )
