"""The side of Object Storage that Amazon's clients speak: what it knows of S3, and how it says no.

Sources: Oracle, "Amazon S3 Compatibility API Support",
https://docs.oracle.com/iaas/Content/Object/Tasks/s3compatibleapi_topic-Amazon_S3_Compatibility_API_Support.htm; the
form of requests and answers, https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html

Assumption: what isn't on Oracle's page is answered with 501 NotImplemented, a header that asks for it too.
"""

from collections.abc import Callable, Mapping
from urllib.parse import unquote

from rehearsal.doors.api.messages import Request, Response
from rehearsal.doors.api.objects import s3_buckets, s3_lists, s3_multipart, s3_transfers, xml
from rehearsal.doors.api.objects.access import Principal
from rehearsal.doors.api.objects.bodies import body_of
from rehearsal.doors.api.objects.places import Place, place_of
from rehearsal.doors.api.objects.s3_call import S3Call, Signer
from rehearsal.doors.api.objects.sigv4 import signer
from rehearsal.doors.api.objects.strictness import AFTER, Strictness, not_implemented
from rehearsal.world import regions_down
from rehearsal.world.model import Resource, ServiceError
from rehearsal.world.store import World

_OF_THE_SERVICE: Mapping[tuple[str, str], Callable[[S3Call], Response]] = {("GET", ""): s3_buckets.all_of_mine}
_OF_A_BUCKET: Mapping[tuple[str, str], Callable[[S3Call], Response]] = {
    ("GET", ""): s3_lists.objects,
    ("GET", "list-type"): s3_lists.objects_2,
    ("GET", "versions"): s3_lists.versions,
    ("GET", "location"): s3_buckets.location,
    ("GET", "uploads"): s3_multipart.uploads,
    ("HEAD", ""): s3_buckets.head,
    ("PUT", ""): s3_buckets.create,
    ("DELETE", ""): s3_buckets.delete,
    ("POST", "delete"): s3_transfers.delete_several,
}
_OF_AN_OBJECT: Mapping[tuple[str, str], Callable[[S3Call], Response]] = {
    ("GET", ""): s3_transfers.get,
    ("GET", "uploadId"): s3_multipart.parts,
    ("HEAD", ""): s3_transfers.get,
    ("PUT", ""): s3_transfers.put,
    ("PUT", "uploadId"): s3_multipart.put_part,
    ("POST", "uploads"): s3_multipart.create,
    ("POST", "uploadId"): s3_multipart.commit,
    ("DELETE", ""): s3_transfers.delete,
    ("DELETE", "uploadId"): s3_multipart.abort,
}
_SELECTORS = ("list-type", "versions", "location", "uploads", "delete", "uploadId")
_OPTIONS = (
    "prefix",
    "delimiter",
    "marker",
    "max-keys",
    "encoding-type",
    "continuation-token",
    "start-after",
    "fetch-owner",
    "key-marker",
    "version-id-marker",
    "upload-id-marker",
    "max-uploads",
    "max-parts",
    "part-number-marker",
    "partNumber",
    "versionId",
    "x-id",
)
_REFUSED_HEADERS = (
    "x-amz-acl",
    "x-amz-grant-",
    "x-amz-tagging",
    "x-amz-object-lock-",
    "x-amz-server-side-encryption",
    "x-amz-website-redirect-location",
    "x-amz-bucket-object-lock-enabled",
)
_CODES = {
    "BucketNotFound": "NoSuchBucket",
    "ObjectNotFound": "NoSuchKey",
    "UploadNotFound": "NoSuchUpload",
    "IfMatchFailed": "PreconditionFailed",
    "IfNoneMatchFailed": "PreconditionFailed",
    "InvalidUploadPart": "InvalidPart",
    "InvalidUploadPartNumber": "InvalidArgument",
    "InvalidObjectName": "InvalidArgument",
    "InvalidPage": "InvalidArgument",
    "InvalidParameter": "InvalidArgument",
    "RequestEntityTooLarge": "EntityTooLarge",
    "BucketIsReadonly": "AccessDenied",
    "NotRestored": "InvalidObjectState",
    "Conflict": "OperationAborted",
}


def serve(world: World, request: Request, caller: Principal, strictness: Strictness = AFTER) -> Response:
    """Answers a request, with an error too; who calls is said by its own signature alone."""
    try:
        place = place_of(request.host)
        if place is None or not place.is_s3:
            raise ServiceError(404, "NoSuchHost", f"{request.host} is no host of the Amazon S3 Compatibility API.")
        answer = _answer(world, request, place, strictness)
    except ServiceError as failure:
        answer = xml.error(failure, _CODES.get(failure.code, failure.code), request.path)
    return answer


def _answer(world: World, request: Request, place: Place, strictness: Strictness) -> Response:
    if place.region in regions_down(world):
        raise ServiceError(503, "ServiceUnavailable", "Reduce your request rate.")
    key = signer(world, request, place.region)
    bucket, _, name = unquote(request.path.removeprefix("/")).partition("/")
    handler = _handler(request, bucket, name)
    for header in request.headers:
        if header.startswith(_REFUSED_HEADERS) and (header, request.headers[header]) != ("x-amz-acl", "private"):
            raise not_implemented(f"The header {header}")
    body, checksums = body_of(request, strictness)
    return handler(S3Call(world, request, _signer_of(key), place, bucket, name, body, checksums, strictness))


def _handler(request: Request, bucket: str, name: str) -> Callable[[S3Call], Response]:
    asked = [each for each, _ in request.query if not each.startswith(("X-Amz-", "response-"))]
    selector = next((each for each in _SELECTORS if each in asked), "")
    table = _OF_AN_OBJECT if name else _OF_A_BUCKET if bucket else _OF_THE_SERVICE
    known = table.get((request.method, selector))
    unknown = [each for each in asked if each not in (selector, *_OPTIONS)]
    if known is None or unknown:
        subject = "an object" if name else "a bucket" if bucket else "the service"
        raise not_implemented(f"{request.method} of {subject} with {', '.join(asked) or 'no query'}")
    return known


def _signer_of(key: Resource) -> Signer:
    return Signer(key.tenancy, str(key.body["userId"]))
