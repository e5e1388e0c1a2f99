"""CreateMultipartUpload, UploadPart, CommitMultipartUpload, AbortMultipartUpload, and the lists of both."""

from typing import Any

from rehearsal.doors.api.messages import Response, answer
from rehearsal.doors.api.objects import checksums
from rehearsal.doors.api.objects.call import Call, checked_name, next_page, position_of
from rehearsal.doors.api.objects.transfers import written_headers
from rehearsal.world.model import Resource, ServiceError
from rehearsal.world.objects import uploads as world_uploads
from rehearsal.world.objects.model import Details, Upload

_KEPT = {
    "contentType": "content-type",
    "contentLanguage": "content-language",
    "contentEncoding": "content-encoding",
    "contentDisposition": "content-disposition",
    "cacheControl": "cache-control",
    "storageTier": "storage-tier",
}


def create(call: Call) -> Response:
    """CreateMultipartUpload."""
    bucket, asked = call.bucket("CreateMultipartUpload"), call.details()
    headers = {header: asked[name] for name, header in _KEPT.items() if asked.get(name)}
    metadata = {name.lower().removeprefix("opc-meta-"): value for name, value in (asked.get("metadata") or {}).items()}
    name = checked_name(asked.get("object"))
    upload = world_uploads.create(call.world, bucket, name, Details(headers, metadata))
    return answer(200, _shown(bucket, upload))


def put_part(call: Call) -> Response:
    """UploadPart."""
    upload = _upload(call, call.bucket("UploadPart"))
    given = {"md5": call.request.headers["content-md5"]} if "content-md5" in call.request.headers else {}
    if checksums.mismatch(call.request.body, given):
        raise ServiceError(400, "UnmatchedContentMD5", "The md5 that was given is not the body's")
    number = call.request.parameters.get("uploadPartNum", "")
    part = world_uploads.put_part(call.world, upload, int(number) if number.isdigit() else 0, call.request.body)
    return Response(200, {"etag": part.md5, "opc-content-md5": checksums.md5_base64(part.md5)})


def commit(call: Call) -> Response:
    """CommitMultipartUpload."""
    bucket = call.bucket("CommitMultipartUpload")
    upload = _upload(call, bucket)
    wanted = [(_number(each), str(each.get("etag"))) for each in call.details().get("partsToCommit") or ()]
    return Response(
        200, written_headers(bucket, world_uploads.commit(call.world, bucket, upload, wanted, call.conditions()))
    )


def abort(call: Call) -> Response:
    """AbortMultipartUpload."""
    world_uploads.abort(call.world, _upload(call, call.bucket("AbortMultipartUpload")))
    return Response(204)


def uploads(call: Call) -> Response:
    """ListMultipartUploads."""
    bucket = call.bucket("ListMultipartUploads")
    return _page(
        call, (bucket.id, "uploads"), [_shown(bucket, each) for each in world_uploads.of_bucket(call.world, bucket)]
    )


def parts(call: Call) -> Response:
    """ListMultipartUploadParts."""
    upload = _upload(call, call.bucket("ListMultipartUploadParts"))
    shown = [
        {"partNumber": each.number, "etag": each.md5, "md5": checksums.md5_base64(each.md5), "size": each.size}
        for each in world_uploads.parts(call.world, upload)
    ]
    return _page(call, (upload.id, "parts"), shown)


def _page(call: Call, of: tuple[str, ...], shown: list[dict[str, Any]]) -> Response:
    token, limit = call.request.parameters.get("page"), call.limit()
    first = int(position_of(of, token)[0]) if token else 0
    headers = {"opc_next_page": next_page(of, [first + limit])} if len(shown) > first + limit else {}
    return answer(200, shown[first : first + limit], **headers)


def _upload(call: Call, bucket: Resource) -> Upload:
    identifier = call.request.parameters.get("uploadId", "")
    if not identifier:
        raise ServiceError(400, "MissingUploadId", "uploadId: it is missing")
    return world_uploads.find(call.world, bucket, call.object_name(), identifier)


def _number(part: dict[str, Any]) -> int:
    number = part.get("partNum")
    if not isinstance(number, int):
        raise ServiceError(400, "InvalidUploadPart", f"partNum: '{number}' is no number")
    return number


def _shown(bucket: Resource, upload: Upload) -> dict[str, Any]:
    return {
        "namespace": bucket.body["namespace"],
        "bucket": bucket.body["name"],
        "object": upload.name,
        "uploadId": upload.id,
        "timeCreated": upload.created,
    }
