"""ListObjects, ListObjectVersions, ListPreauthenticatedRequests."""

from collections.abc import Callable
from typing import Any

from rehearsal.doors.api.messages import Response, answer
from rehearsal.doors.api.objects.call import Call, next_page, position_of
from rehearsal.world.model import Resource, ServiceError, invalid
from rehearsal.world.objects import listing
from rehearsal.world.objects.listing import Wanted, after
from rehearsal.world.objects.model import Stored

LINK = "oci:ObjectStorage/preauthrequest:Preauthrequest"


def _tier(bucket: Resource, found: Stored) -> str:
    return str(found.details.headers.get("storage-tier") or bucket.body.get("storageTier") or "Standard")


_FIELDS: dict[str, Callable[[Resource, Stored], Any]] = {
    "name": lambda bucket, found: found.name,
    "size": lambda bucket, found: None if found.is_delete_marker else found.size,
    "etag": lambda bucket, found: found.etag,
    "md5": lambda bucket, found: found.md5_base64 or None,
    "timeCreated": lambda bucket, found: found.created,
    "timeModified": lambda bucket, found: found.created,
    "storageTier": _tier,
    "archivalState": lambda bucket, found: "Archived" if _tier(bucket, found) == "Archive" else None,
}
_BY_LOWER = {name.lower(): name for name in _FIELDS}
_OF_A_LINK = ("name", "objectName", "bucketListingAction", "accessType", "timeExpires", "timeCreated")


def objects(call: Call) -> Response:
    """ListObjects."""
    bucket = call.bucket("ListObjects")
    shown = _shown(call)
    page = listing.objects(call.world, bucket, _wanted(call))
    content = {"objects": [_summary(bucket, found, shown) for found in page.entries], "prefixes": list(page.prefixes)}
    return answer(200, content | ({"nextStartWith": page.next} if page.next else {}))


def versions(call: Call) -> Response:
    """ListObjectVersions."""
    bucket = call.bucket("ListObjectVersions")
    shown, wanted = _shown(call), _wanted(call)
    of = (bucket.id, wanted.prefix, wanted.delimiter, wanted.end)
    if token := call.request.parameters.get("page"):
        start, before = position_of(of, token)
        wanted = Wanted(wanted.prefix, wanted.delimiter, start, wanted.end, wanted.limit, before)
    page = listing.versions(call.world, bucket, wanted)
    items = [
        _summary(bucket, found, shown | {"name", "timeModified"})
        | {"versionId": found.version_id, "isDeleteMarker": found.is_delete_marker}
        for found in page.entries
    ]
    headers = {"opc_next_page": next_page(of, [page.next, page.before])} if page.next else {}
    return answer(200, {"items": items, "prefixes": list(page.prefixes)}, **headers)


def links(call: Call) -> Response:
    """ListPreauthenticatedRequests."""
    bucket = call.bucket("ListPreauthenticatedRequests")
    asked, limit = call.request.parameters, call.limit()
    fields = {"namespace": bucket.body["namespace"], "bucket": bucket.body["name"]}
    found = [
        {"id": each.shown_id.rpartition("/p/")[2], **{name: each.body.get(name) for name in _OF_A_LINK}}
        for each in call.world.find(LINK, tenancy=bucket.tenancy, region=bucket.region, fields=fields)
        if str(each.body.get("objectName") or "").startswith(asked.get("objectNamePrefix", ""))
    ]
    of = (bucket.id, "links", asked.get("objectNamePrefix", ""))
    first = int(position_of(of, asked["page"])[0]) if "page" in asked else 0
    headers = {"opc_next_page": next_page(of, [first + limit])} if len(found) > first + limit else {}
    return answer(200, found[first : first + limit], **headers)


def _wanted(call: Call) -> Wanted:
    asked = call.request.parameters
    delimiter = asked.get("delimiter", "")
    if delimiter not in ("", "/"):
        raise invalid(f"delimiter: '{delimiter}' is not '/'")
    start = max(asked.get("start", ""), after(asked["startAfter"]) if asked.get("startAfter") else "")
    return Wanted(asked.get("prefix", ""), delimiter, start, asked.get("end", ""), call.limit())


def _shown(call: Call) -> set[str]:
    asked = [each.strip() for each in call.request.parameters.get("fields", "name").split(",")]
    unknown = [each for each in asked if each.lower() not in _BY_LOWER]
    if unknown:
        raise ServiceError(400, "InvalidAttributeName", f"fields: there is no field '{unknown[0]}'")
    return {_BY_LOWER[each.lower()] for each in asked} | {"name"}


def _summary(bucket: Resource, found: Stored, shown: set[str]) -> dict[str, Any]:
    read = {name: value(bucket, found) for name, value in _FIELDS.items() if name in shown}
    return {name: value for name, value in read.items() if value is not None}
