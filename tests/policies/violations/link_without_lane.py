"""A link reads every object of a bucket of US users' data."""

import pulumi
import pulumi_oci as oci


def declare(here: pulumi.ResourceOptions) -> None:
    oci.objectstorage.Preauthrequest(
        "buckets-iad-us-curated-link",
        bucket="rehearsal-us-curated",
        namespace="statesideus",
        name="for-a-partner",
        access_type="AnyObjectRead",
        time_expires="2027-01-01T00:00:00Z",
        opts=here,
    )
