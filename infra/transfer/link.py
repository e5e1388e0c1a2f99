"""The link of a lane: a pre-authenticated request on its bucket, which ends when the lane does.

It needs no identity of ours, so that the global stack's people need none. Whoever has it may do one thing: write to the
bucket without listing or reading it, on a way in; read it, on a way out. The pack takes every such request for a
violation of the rule `exposure`, which this one's lane alone excepts.
Sources: Oracle, "Using Pre-Authenticated Requests",
https://docs.oracle.com/iaas/Content/Object/Tasks/usingpreauthenticatedrequests.htm; access types,
https://docs.oracle.com/iaas/api/#/en/objectstorage/20160918/datatypes/CreatePreauthenticatedRequestDetails
"""

from collections.abc import Sequence
from datetime import UTC

import pulumi
import pulumi_oci as oci

from boundary import Direction, Lane
from infra.place import Place


def declare_link(
    lane: Lane,
    bucket: oci.objectstorage.Bucket,
    place: Place,
    parent: pulumi.Resource,
    after: Sequence[pulumi.Resource] = (),
) -> oci.objectstorage.Preauthrequest:
    """Declares the one resource of a lane that crosses the boundary; its logical name is what the lane names.

    `after` is what must be there before anything crosses.
    """
    goes_in = lane.direction is Direction.IN
    options = pulumi.ResourceOptions(
        parent=parent,
        depends_on=[*place.prerequisites, *after],
        additional_secret_outputs=["accessUri", "fullPath"],
        # The provider never reads it back, and would make the link anew, with another secret, after each refresh.
        ignore_changes=["bucketListingAction"],
    )
    return oci.objectstorage.Preauthrequest(
        lane.logical_name,
        namespace=bucket.namespace,
        bucket=bucket.name,
        name=lane.name,
        access_type="AnyObjectWrite" if goes_in else "AnyObjectRead",
        bucket_listing_action=None if goes_in else "ListObjects",
        time_expires=f"{lane.expires.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        opts=options,
    )
