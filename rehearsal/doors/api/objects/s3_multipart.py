"""CreateMultipartUpload, UploadPart, CompleteMultipartUpload, AbortMultipartUpload, and the lists of both."""

from xml.etree.ElementTree import Element

from rehearsal.doors.api.messages import Response
from rehearsal.doors.api.objects import xml
from rehearsal.doors.api.objects.s3_call import S3Call
from rehearsal.doors.api.objects.s3_transfers import given_details, written_headers
from rehearsal.doors.api.objects.strictness import not_implemented
from rehearsal.doors.api.objects.xml import given, tag
from rehearsal.world.model import Resource, ServiceError
from rehearsal.world.objects import uploads as world_uploads
from rehearsal.world.objects.model import Conditions, Upload

_MOST = 1000


def create(call: S3Call) -> Response:
    """CreateMultipartUpload."""
    upload = world_uploads.create(call.world, call.bucket("CreateMultipartUpload"), call.name(), given_details(call))
    return xml.document("InitiateMultipartUploadResult", *_named(call), tag("UploadId", upload.id))


def put_part(call: S3Call) -> Response:
    """UploadPart."""
    if call.header("x-amz-copy-source"):
        raise not_implemented("UploadPartCopy")
    number = call.number("partNumber", world_uploads.MOST_PARTS + 1)
    part = world_uploads.put_part(call.world, _upload(call, call.bucket("UploadPart")), number, call.body)
    checksums = {f"x-amz-checksum-{name}": value for name, value in call.checksums.items()}
    return Response(200, {"etag": f'"{part.md5}"'} | checksums)


def commit(call: S3Call) -> Response:
    """CompleteMultipartUpload."""
    bucket = call.bucket("CommitMultipartUpload")
    upload = _upload(call, bucket)
    wanted = [_wanted(each) for each in xml.read(call.body, "CompleteMultipartUpload").findall("Part")]
    numbers = [number for number, _ in wanted]
    if numbers != sorted(set(numbers)):
        raise ServiceError(400, "InvalidPartOrder", "The list of parts was not in ascending order.")
    conditions = Conditions(call.header("if-match"), call.header("if-none-match"))
    made = world_uploads.commit(call.world, bucket, upload, wanted, conditions)
    place = tag("Location", f"https://{call.request.host}/{call.bucket_name}/{call.object_name}")
    return xml.document(
        "CompleteMultipartUploadResult",
        place,
        *_named(call),
        tag("ETag", f'"{made.md5_tag}"'),
        headers=written_headers(bucket, made),
    )


def abort(call: S3Call) -> Response:
    """AbortMultipartUpload."""
    world_uploads.abort(call.world, _upload(call, call.bucket("AbortMultipartUpload")))
    return Response(204)


def uploads(call: S3Call) -> Response:
    """ListMultipartUploads: after a marker, a page of them."""
    found = world_uploads.of_bucket(call.world, call.bucket("ListMultipartUploads"))
    found = [each for each in found if each.name.startswith(call.asked("prefix"))]
    ids = [each.id for each in found]
    marker = call.asked("upload-id-marker")
    first = ids.index(marker) + 1 if marker in ids else 0
    most = call.number("max-uploads", _MOST)
    page, has_more = found[first : first + most], len(found) > first + most
    return xml.document(
        "ListMultipartUploadsResult",
        tag("Bucket", call.bucket_name),
        tag("MaxUploads", most),
        tag("IsTruncated", has_more),
        *given("EncodingType", call.asked("encoding-type")),
        *given("NextKeyMarker", xml.shown(page[-1].name, call.asked("encoding-type")) if has_more and page else ""),
        *given("NextUploadIdMarker", page[-1].id if has_more and page else ""),
        *(
            tag(
                "Upload",
                tag("Key", xml.shown(each.name, call.asked("encoding-type"))),
                tag("UploadId", each.id),
                tag("Initiated", each.created),
            )
            for each in page
        ),
    )


def parts(call: S3Call) -> Response:
    """ListParts."""
    upload = _upload(call, call.bucket("ListMultipartUploadParts"))
    marker = call.number("part-number-marker", world_uploads.MOST_PARTS) if call.asked("part-number-marker") else 0
    most = call.number("max-parts", _MOST)
    found = [each for each in world_uploads.parts(call.world, upload) if each.number > marker]
    page = found[:most]
    return xml.document(
        "ListPartsResult",
        *_named(call),
        tag("UploadId", upload.id),
        tag("MaxParts", most),
        tag("IsTruncated", len(found) > most),
        *given("NextPartNumberMarker", str(page[-1].number) if page else ""),
        *(
            tag(
                "Part",
                tag("PartNumber", each.number),
                tag("LastModified", each.created),
                tag("ETag", f'"{each.md5}"'),
                tag("Size", each.size),
            )
            for each in page
        ),
    )


def _named(call: S3Call) -> tuple[xml.Xml, xml.Xml]:
    return tag("Bucket", call.bucket_name), tag("Key", call.object_name)


def _upload(call: S3Call, bucket: Resource) -> Upload:
    return world_uploads.find(call.world, bucket, call.name(), call.asked("uploadId"))


def _wanted(part: Element) -> tuple[int, str]:
    number, etag = "".join(xml.texts(part, "PartNumber")).strip(), "".join(xml.texts(part, "ETag")).strip()
    if not number.isdigit() or not etag:
        raise ServiceError(400, "MalformedXML", "A part has a PartNumber and an ETag.")
    return int(number), etag
