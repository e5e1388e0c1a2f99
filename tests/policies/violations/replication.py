"""A bucket of US users' data is replicated to Singapore."""

import pulumi
import pulumi_oci as oci


def declare(here: pulumi.ResourceOptions) -> None:
    oci.objectstorage.ReplicationPolicy(
        "buckets-iad-us-curated-copy",
        bucket="rehearsal-us-curated",
        namespace="statesideus",
        name="copy",
        destination_bucket_name="us-curated",
        destination_region_name="ap-singapore-1",
        opts=here,
    )
