"""GetObject, HeadObject, PutObject, CopyObject, DeleteObject, DeleteObjects."""

from typing import Any
from urllib.parse import unquote

from rehearsal.doors.api.messages import Response
from rehearsal.doors.api.objects import xml
from rehearsal.doors.api.objects.call import checked_name, http_date
from rehearsal.doors.api.objects.ranges import content_range, stretch
from rehearsal.doors.api.objects.s3_call import S3Call
from rehearsal.doors.api.objects.xml import Xml, given, tag
from rehearsal.world.model import Resource, ServiceError
from rehearsal.world.objects import rules, versions
from rehearsal.world.objects.model import Conditions, Details, Stored, object_not_found

_KEPT = ("content-type", "content-language", "content-encoding", "content-disposition", "cache-control")
_META = "x-amz-meta-"
_SOURCE = "x-amz-copy-source"
_MOST = 1000


def get(call: S3Call) -> Response:
    """GetObject and HeadObject."""
    bucket = call.bucket("HeadObject" if call.request.method == "HEAD" else "GetObject")
    found = versions.get(call.world, bucket, call.name(), call.asked("versionId"))
    rules.require(Conditions(call.header("if-match")), found)
    shown = _read_headers(call, bucket, found)
    try:
        rules.require(Conditions(none_match=call.header("if-none-match")), found)
    except ServiceError:
        return Response(304, {"etag": shown["etag"]})
    part = stretch(call.header("range"), found.size)
    ranged: dict[str, str] = {}
    if part:
        ranged = {"content-range": content_range(*part, found.size), "content-length": str(part[1])}
    body = b"" if call.request.method == "HEAD" else versions.read(call.world, found, *(part or ()))
    return Response(206 if part else 200, shown | ranged, body)


def put(call: S3Call) -> Response:
    """PutObject, and CopyObject where the header names a source."""
    if call.header(_SOURCE):
        return _copy(call)
    bucket = call.bucket("PutObject")
    conditions = Conditions(call.header("if-match"), call.header("if-none-match"))
    made = versions.put(call.world, bucket, call.name(), call.body, details=given_details(call), conditions=conditions)
    checksums = {f"x-amz-checksum-{name}": value for name, value in call.checksums.items()}
    return Response(200, written_headers(bucket, made) | checksums)


def delete(call: S3Call) -> Response:
    """DeleteObject: that there was nothing is no error."""
    bucket = call.bucket("DeleteObjectVersion" if call.asked("versionId") else "DeleteObject")
    gone = versions.delete(call.world, bucket, call.name(), call.asked("versionId"))
    headers: dict[str, str] = {}
    if gone and bucket.body.get("versioning") != "Disabled":
        headers["x-amz-version-id"] = gone.version_id
        headers |= {"x-amz-delete-marker": "true"} if gone.is_delete_marker else {}
    return Response(204, headers)


def delete_several(call: S3Call) -> Response:
    """DeleteObjects."""
    vouched = call.strictness.vouches_for_deletes
    if not any(call.header(name) for name in vouched):
        raise ServiceError(400, "InvalidRequest", f"Missing required header for this request: {' or '.join(vouched)}")
    wanted = xml.read(call.body, "Delete")
    objects = wanted.findall("Object")
    if not 1 <= len(objects) <= _MOST:
        raise ServiceError(400, "MalformedXML", f"A list of objects to delete has 1 to {_MOST} of them.")
    is_quiet = "true" in xml.texts(wanted, "Quiet")
    bucket = call.bucket("DeleteObject")
    if wanted.find(".//VersionId") is not None:
        call.bucket("DeleteObjectVersion")
    results: list[Xml] = []
    for each in objects:
        name, version = next(iter(xml.texts(each, "Key")), ""), next(iter(xml.texts(each, "VersionId")), "")
        named = [tag("Key", name), *given("VersionId", version)]
        try:
            gone = versions.delete(call.world, bucket, checked_name(name), version)
        except ServiceError as error:
            results.append(tag("Error", *named, tag("Code", error.code), tag("Message", error.message)))
            continue
        if not is_quiet:
            results.append(tag("Deleted", *named, *(_marker(gone) if gone else ())))
    return xml.document("DeleteResult", *results)


def given_details(call: S3Call) -> Details:
    """What the headers of a write say of the object."""
    headers = call.request.headers
    kept = {name: headers[name] for name in _KEPT if name in headers}
    if encoding := kept.pop("content-encoding", ""):
        plain = [each.strip() for each in encoding.split(",") if each.strip() != "aws-chunked"]
        kept |= {"content-encoding": ", ".join(plain)} if plain else {}
    metadata = {name.removeprefix(_META): value for name, value in headers.items() if name.startswith(_META)}
    return Details(kept, metadata, dict(call.checksums))


def written_headers(bucket: Resource, made: Stored) -> dict[str, str]:
    """What every answer says of an object."""
    headers = {"etag": f'"{made.md5_tag}"'}
    if bucket.body.get("versioning") != "Disabled":
        headers["x-amz-version-id"] = made.version_id
    return headers


def _copy(call: S3Call) -> Response:
    bucket, path = call.bucket("PutObject"), call.header(_SOURCE)
    source_name, _, query = path.removeprefix("/").partition("?")
    from_bucket, _, name = source_name.partition("/")
    if "%2f" in path.lower():  # its slashes are to be there as they are
        raise object_not_found(unquote(name or from_bucket), bucket.id)
    source = call.bucket("GetObject", unquote(from_bucket))
    with call.world.transaction():
        found = versions.get(call.world, source, checked_name(unquote(name)), query.removeprefix("versionId="))
        rules.require(Conditions(call.header(f"{_SOURCE}-if-match"), call.header(f"{_SOURCE}-if-none-match")), found)
        replaces = call.header("x-amz-metadata-directive") == "REPLACE"
        if not replaces and (source.id, found.name) == (bucket.id, call.name()):
            raise ServiceError(400, "InvalidRequest", "This copy request would change nothing of the object.")
        details = given_details(call) if replaces else found.details
        made = versions.copy(call.world, found, bucket, call.name(), details=details)
    result = (tag("LastModified", made.created), tag("ETag", f'"{made.md5_tag}"'))
    return xml.document("CopyObjectResult", *result, headers=written_headers(bucket, made))


def _read_headers(call: S3Call, bucket: Resource, found: Stored) -> dict[str, str]:
    shown = {"content-type": "binary/octet-stream"} | found.details.headers | written_headers(bucket, found)
    shown.pop("storage-tier", None)
    shown |= {"content-length": str(found.size), "accept-ranges": "bytes", "last-modified": http_date(found.created)}
    shown |= {_META + name: value for name, value in found.details.metadata.items()}
    if call.header("x-amz-checksum-mode").upper() == "ENABLED" and not call.header("range"):
        shown |= {f"x-amz-checksum-{name}": value for name, value in found.details.checksums.items()}
    asked: dict[str, Any] = {
        name.removeprefix("response-"): value for name, value in call.request.query if name.startswith("response-")
    }
    return shown | asked


def _marker(gone: Stored) -> list[Xml]:
    if not gone.is_delete_marker:
        return []
    return [tag("DeleteMarker", True), tag("DeleteMarkerVersionId", gone.version_id)]
