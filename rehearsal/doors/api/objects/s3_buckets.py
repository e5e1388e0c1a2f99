"""ListBuckets, CreateBucket, HeadBucket, GetBucketLocation, DeleteBucket.

Assumption: the compartment that the tenancy has designated for the S3 side is its root.
"""

from rehearsal.doors.api.messages import Response
from rehearsal.doors.api.objects import xml
from rehearsal.doors.api.objects.s3_call import S3Call
from rehearsal.doors.api.objects.xml import tag
from rehearsal.world import service
from rehearsal.world.behaviour.storage import BUCKET
from rehearsal.world.model import ServiceError


def all_of_mine(call: S3Call) -> Response:
    """ListBuckets: those of the region that lie in the designated compartment."""
    tenancy = call.tenancy("ListBuckets")
    found = call.world.find(BUCKET, tenancy=tenancy.ocid, region=call.place.region)
    mine = sorted((str(each.body["name"]), each.created) for each in found if each.compartment in ("", tenancy.ocid))
    owner = tag("Owner", tag("ID", tenancy.namespace), tag("DisplayName", tenancy.namespace))
    buckets = (tag("Bucket", tag("Name", name), tag("CreationDate", created)) for name, created in mine)
    return xml.document("ListAllMyBucketsResult", owner, tag("Buckets", *buckets))


def create(call: S3Call) -> Response:
    """CreateBucket."""
    tenancy = call.tenancy("CreateBucket")
    if call.body:
        wanted = xml.read(call.body, "CreateBucketConfiguration")
        for location in xml.texts(wanted, "LocationConstraint"):
            if location not in ("", call.place.region):
                raise ServiceError(
                    400,
                    "IllegalLocationConstraintException",
                    f"The {location} location constraint is incompatible for the region specific endpoint.",
                )
    body = {"compartmentId": tenancy.ocid, "namespace": tenancy.namespace, "name": call.bucket_name}
    try:
        service.create(call.world, BUCKET, region=call.place.region, tenancy=tenancy, body=body)
    except ServiceError as error:
        if error.status != 409:
            raise
        raise ServiceError(409, "BucketAlreadyExists", "Either the bucket exists or it isn't yours to make.") from None
    return Response(200, {"location": f"/{call.bucket_name}"})


def head(call: S3Call) -> Response:
    """HeadBucket."""
    call.bucket("HeadBucket")
    return Response(200, {"x-amz-bucket-region": call.place.region})


def location(call: S3Call) -> Response:
    """GetBucketLocation."""
    call.bucket("GetBucket")
    return xml.document("LocationConstraint", call.place.region)


def delete(call: S3Call) -> Response:
    """DeleteBucket."""
    service.delete(call.world, call.bucket("DeleteBucket").id)
    return Response(204)
