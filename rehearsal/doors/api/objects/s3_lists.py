"""ListObjects, ListObjectsV2, ListObjectVersions."""

from dataclasses import replace

from rehearsal.doors.api.messages import Response
from rehearsal.doors.api.objects import xml
from rehearsal.doors.api.objects.call import next_page, position_of
from rehearsal.doors.api.objects.s3_call import S3Call
from rehearsal.doors.api.objects.xml import Xml, given, tag
from rehearsal.world.model import Resource
from rehearsal.world.objects import listing
from rehearsal.world.objects.listing import Page, Wanted, after
from rehearsal.world.objects.model import Stored

_MOST = 1000


def objects(call: S3Call) -> Response:
    """ListObjects."""
    bucket, wanted = _wanted(call)
    marker, delimiter = call.asked("marker"), call.asked("delimiter")
    is_folder = bool(delimiter) and marker.endswith(delimiter)
    page = _page(call, bucket, replace(wanted, start=listing.past(marker) if is_folder else _after(marker)))
    last = max([*(each.name for each in page.entries), *page.prefixes], default="")
    return xml.document(
        "ListBucketResult",
        *_head(call, page),
        tag("Marker", _shown(call, marker)),
        *given("NextMarker", _shown(call, last) if page.next else ""),
        *_contents(call, page),
        *_prefixes(call, page),
    )


def objects_2(call: S3Call) -> Response:
    """ListObjectsV2."""
    bucket, wanted = _wanted(call)
    token = call.asked("continuation-token")
    of = (bucket.id, wanted.prefix, wanted.delimiter)
    start = str(position_of(of, token)[0]) if token else _after(call.asked("start-after"))
    page = _page(call, bucket, replace(wanted, start=start))
    return xml.document(
        "ListBucketResult",
        *_head(call, page),
        tag("KeyCount", len(page.entries) + len(page.prefixes)),
        *given("ContinuationToken", token),
        *given("NextContinuationToken", next_page(of, [page.next]) if page.next else ""),
        *given("StartAfter", _shown(call, call.asked("start-after"))),
        *_contents(call, page),
        *_prefixes(call, page),
    )


def versions(call: S3Call) -> Response:
    """ListObjectVersions: a marker is the version that comes first on the next page."""
    bucket, wanted = _wanted(call, "ListObjectVersions")
    marker, token = call.asked("key-marker"), call.asked("version-id-marker")
    of = (bucket.id, wanted.prefix, wanted.delimiter)
    start, before = position_of(of, token) if token else (_after(marker), None)
    page = Page((), ())
    if wanted.limit:
        page = listing.versions(call.world, bucket, replace(wanted, start=start, before=before))
    token = next_page(of, [page.next, page.before]) if page.next else ""
    return xml.document(
        "ListVersionsResult",
        *_head(call, page),
        tag("KeyMarker", _shown(call, marker)),
        *given("NextKeyMarker", _shown(call, page.next)),
        *given("NextVersionIdMarker", token),
        *(_version(call, each) for each in page.entries),
        *_prefixes(call, page),
    )


def _wanted(call: S3Call, of: str = "ListObjects") -> tuple[Resource, Wanted]:
    bucket = call.bucket(of)
    return bucket, Wanted(call.asked("prefix"), call.asked("delimiter"), limit=call.number("max-keys", _MOST))


def _page(call: S3Call, bucket: Resource, wanted: Wanted) -> Page:
    return listing.objects(call.world, bucket, wanted) if wanted.limit else Page((), ())


def _after(name: str) -> str:
    return after(name) if name else ""


def _head(call: S3Call, page: Page) -> list[Xml]:
    encoding = call.asked("encoding-type")
    return [
        tag("Name", call.bucket_name),
        tag("Prefix", _shown(call, call.asked("prefix"))),
        *given("Delimiter", _shown(call, call.asked("delimiter"))),
        *given("EncodingType", encoding),
        tag("MaxKeys", call.number("max-keys", _MOST)),
        tag("IsTruncated", bool(page.next)),
    ]


def _contents(call: S3Call, page: Page) -> list[Xml]:
    return [tag("Contents", *_entry(call, each), *_size(each)) for each in page.entries]


def _version(call: S3Call, found: Stored) -> Xml:
    name = "DeleteMarker" if found.is_delete_marker else "Version"
    size = [] if found.is_delete_marker else _size(found)
    version = (tag("VersionId", found.version_id), tag("IsLatest", found.is_latest))
    return tag(name, *_entry(call, found), *version, *size)


def _entry(call: S3Call, found: Stored) -> list[Xml]:
    owner = tag("Owner", tag("ID", call.place.namespace), tag("DisplayName", call.place.namespace))
    return [tag("Key", _shown(call, found.name)), tag("LastModified", found.created), owner]


def _size(found: Stored) -> list[Xml]:
    return [tag("ETag", f'"{found.md5_tag}"'), tag("Size", found.size), tag("StorageClass", "STANDARD")]


def _prefixes(call: S3Call, page: Page) -> list[Xml]:
    return [tag("CommonPrefixes", tag("Prefix", _shown(call, each))) for each in page.prefixes]


def _shown(call: S3Call, name: str) -> str:
    return xml.shown(name, call.asked("encoding-type"))
