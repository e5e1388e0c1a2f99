"""A bucket of US users' data can be read without an identity."""

import pulumi
import pulumi_oci as oci

from tests.policies.whole_stack_ids import known, tags


def declare(here: pulumi.ResourceOptions) -> None:
    oci.objectstorage.Bucket(
        "buckets-iad-us-shared",
        compartment_id=known("Compartment", "landing-zone-data"),
        namespace="statesideus",
        name="rehearsal-us-shared",
        access_type="ObjectRead",
        kms_key_id=known("Key", "vault-iad-objects"),
        defined_tags=tags("us-user", "data"),
        opts=here,
    )
