"""PutObject, GetObject, HeadObject, DeleteObject, RenameObject, BatchDeleteObjects.

Assumption: what is in the Archive tier was never restored.
"""

from dataclasses import replace

from rehearsal.doors.api.messages import Response, answer
from rehearsal.doors.api.objects import checksums
from rehearsal.doors.api.objects.call import Call, checked_name, http_date
from rehearsal.doors.api.objects.ranges import content_range, stretch
from rehearsal.world.model import Resource, ServiceError
from rehearsal.world.objects import rules, versions
from rehearsal.world.objects.model import Conditions, Details, Stored, object_not_found

_KEPT = ("content-type", "content-language", "content-encoding", "content-disposition", "cache-control", "storage-tier")
_CHECKSUMS = {
    "content-md5": "md5",
    "opc-content-sha256": "sha256",
    "opc-content-sha384": "sha384",
    "opc-content-crc32c": "crc32c",
}
_OVERRIDES = {
    "httpResponseContentType": "content-type",
    "httpResponseContentLanguage": "content-language",
    "httpResponseContentEncoding": "content-encoding",
    "httpResponseContentDisposition": "content-disposition",
    "httpResponseCacheControl": "cache-control",
    "httpResponseExpires": "expires",
}
_META = "opc-meta-"


def put(call: Call) -> Response:
    """PutObject."""
    bucket = call.bucket("PutObject")
    made = versions.put(
        call.world,
        bucket,
        call.object_name(),
        call.request.body,
        details=given_details(call),
        conditions=call.conditions(),
    )
    return Response(200, written_headers(bucket, made))


def get(call: Call) -> Response:
    """GetObject."""
    found, shown = _read(call)
    if call.conditions().none_match and _is_unmodified(call, found):
        return Response(304, {"etag": found.etag})
    if shown.get("archival-state"):
        raise ServiceError(409, "NotRestored", f"The object '{found.name}' is archived; restore it first")
    part = stretch(call.request.headers.get("range", ""), found.size)
    if part is None:
        return Response(200, shown, versions.read(call.world, found))
    shown = {name: value for name, value in shown.items() if name != "content-md5"}
    ranged = {"content-range": content_range(*part, found.size), "content-length": str(part[1])}
    return Response(206, shown | ranged, versions.read(call.world, found, *part))


def head(call: Call) -> Response:
    """HeadObject: what GetObject says, without the bytes."""
    found, shown = _read(call)
    return Response(304, {"etag": found.etag}) if _is_unmodified(call, found) else Response(200, shown)


def delete(call: Call) -> Response:
    """DeleteObject."""
    version = call.request.parameters.get("versionId", "")
    bucket = call.bucket("DeleteObjectVersion" if version else "DeleteObject")
    gone = versions.delete(call.world, bucket, call.object_name(), version, call.conditions())
    if gone is None:
        raise object_not_found(call.object_name(), bucket.id)
    headers = {"last-modified": http_date(gone.created)}
    if bucket.body.get("versioning") != "Disabled":
        headers |= {"version-id": gone.version_id, "is-delete-marker": str(gone.is_delete_marker).lower()}
    return Response(204, headers)


def delete_several(call: Call) -> Response:
    """BatchDeleteObjects."""
    bucket, asked = call.bucket("DeleteObject"), call.details()
    deleted, failed = [], []
    for each in asked.get("objects") or ():
        name = checked_name(each.get("objectName"))
        try:
            gone = versions.delete(call.world, bucket, name, "", Conditions(each.get("ifMatch") or ""))
            if gone is None:
                raise object_not_found(name, bucket.id)
            deleted.append({"objectName": name, "timeLastModified": gone.created})
        except ServiceError as error:
            failed.append({"objectName": name, "statusCode": error.status, "errorMessage": error.message})
    return answer(200, {"deleted": [] if asked.get("isSkipDeletedResult") else deleted, "failed": failed})


def rename(call: Call) -> Response:
    """RenameObject: a new object with the bytes, and the old one gone."""
    bucket, asked = call.bucket("RenameObject"), call.details()
    source, target = checked_name(asked.get("sourceName")), checked_name(asked.get("newName"))
    if source == target:
        raise ServiceError(400, "SourceNameSameAsNewName", "The new name is the object's own")
    with call.world.transaction():
        found = versions.get(call.world, bucket, source)
        rules.require(Conditions(asked.get("srcObjIfMatchETag") or ""), found)
        onto = Conditions(asked.get("newObjIfMatchETag") or "", asked.get("newObjIfNoneMatchETag") or "")
        made = versions.copy(call.world, found, bucket, target, details=found.details, conditions=onto)
        versions.delete(call.world, bucket, source)
    return Response(200, written_headers(bucket, made))


def given_details(call: Call) -> Details:
    """What the headers of a write say of the object; its checksums are right.

    Raises:
        ServiceError: one isn't.
    """
    headers = call.request.headers
    given = {_CHECKSUMS[name]: headers[name] for name in _CHECKSUMS if name in headers}
    if wrong := checksums.mismatch(call.request.body, given):
        code = "UnmatchedContentMD5" if wrong == "md5" else "MissingOrInvalidChecksum"
        raise ServiceError(400, code, f"The {wrong} that was given is not the body's")
    kept = {name: headers[name] for name in _KEPT if name in headers}
    metadata = {name.removeprefix(_META): value for name, value in headers.items() if name.startswith(_META)}
    return Details(kept, metadata, {name: value for name, value in given.items() if name != "md5"})


def written_headers(bucket: Resource, made: Stored) -> dict[str, str]:
    """What the answer to a write says of the object."""
    digest = "opc-multipart-md5" if made.parts else "opc-content-md5"
    headers = {"etag": made.etag, "last-modified": http_date(made.created), digest: made.md5_base64}
    if bucket.body.get("versioning") != "Disabled":
        headers["version-id"] = made.version_id
    return headers


def _read(call: Call) -> tuple[Stored, dict[str, str]]:
    bucket = call.bucket("HeadObject" if call.request.method == "HEAD" else "GetObject")
    found = versions.get(call.world, bucket, call.object_name(), call.request.parameters.get("versionId", ""))
    rules.require(replace(call.conditions(), none_match=""), found)
    shown = {"content-type": "application/octet-stream", "storage-tier": bucket.body.get("storageTier", "Standard")}
    shown |= found.details.headers | written_headers(bucket, found) | {"accept-ranges": "bytes"}
    if not found.parts:
        shown["content-md5"] = shown.pop("opc-content-md5")
    if shown["storage-tier"] == "Archive":
        shown["archival-state"] = "Archived"
    shown |= {f"opc-content-{name}": value for name, value in found.details.checksums.items()}
    shown |= {_META + name: value for name, value in found.details.metadata.items()}
    asked = call.request.parameters
    shown |= {header: asked[name] for name, header in _OVERRIDES.items() if name in asked}
    return found, shown | {"content-length": str(found.size)}


def _is_unmodified(call: Call, found: Stored) -> bool:
    try:
        rules.require(Conditions(none_match=call.conditions().none_match), found)
    except ServiceError:
        return True
    return False
