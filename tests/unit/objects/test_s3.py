"""The S3 side over TLS, through boto3 as it is newest: what it does of itself, and what Oracle refuses of it."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.doors.api.objects import sigv4
from rehearsal.doors.api.objects.strictness import AFTER, BEFORE, Strictness
from rehearsal.world import Resource, World, take_down
from rehearsal.world import service as services
from rehearsal.world.late import order_late_iam
from rehearsal.world.objects import versions
from rehearsal.world.secret_keys import SecretKey, issue
from tests.support.object_storage import ObjectStorage, object_storage
from tests.unit.objects.sdk import client as native_client
from tests.unit.world.small import ASHBURN, BUCKET, PHOENIX, POLICY, THEIRS, change, grant, make, tenancy

USER = "oci:Identity/user:User"
MIB = 1024 * 1024
Serve = Callable[..., ObjectStorage]


@pytest.fixture
def serve(world: World, tmp_path: Path) -> Iterator[Serve]:
    """Opens the S3 side, as strict as it is asked to be."""
    with ExitStack() as opened:
        yield lambda *strictness: opened.enter_context(object_storage(world, tmp_path, *strictness))


@pytest.fixture
def key(world: World) -> SecretKey:
    """A customer secret key of an engineer of ours."""
    return key_of(world)


@pytest.fixture
def client(serve: Serve, key: SecretKey) -> Any:
    """boto3's client, as it is, of the S3 side as it is now."""
    return serve().client(key)


def key_of(world: World, of: str | None = None) -> SecretKey:
    owner = tenancy(world, of) if of else tenancy(world)
    user = make(world, USER, of=owner.ocid, name="engineer", description="writes state", email="e@example.com")
    return issue(world, owner, user.id, "state")


def refused(call: Any, **arguments: Any) -> tuple[int, str]:
    with pytest.raises(ClientError) as error:
        call(**arguments)
    found = error.value.response
    return found["ResponseMetadata"]["HTTPStatusCode"], found["Error"]["Code"]


def message(call: Any, **arguments: Any) -> str:
    with pytest.raises(ClientError) as error:
        call(**arguments)
    return str(error.value.response["Error"]["Message"])


def test_an_object_that_boto3_puts_is_the_one_that_oracles_sdk_gets(
    world: World, serve: Serve, key: SecretKey, bucket: Resource
) -> None:
    client = serve().client(key)
    name = "a folder/ü+%?#&=.txt"
    put = client.put_object(
        Bucket="lake",
        Key=name,
        Body=b"hello",
        ContentType="text/plain",
        Metadata={"owner": "us"},
        CacheControl="no-store",
    )
    assert put["ETag"] == f'"{hashlib.md5(b"hello").hexdigest()}"'  # noqa: S324
    for found in (client.get_object(Bucket="lake", Key=name), client.head_object(Bucket="lake", Key=name)):
        assert (found["ETag"], found["ContentType"], found["Metadata"]) == (put["ETag"], "text/plain", {"owner": "us"})
        assert (found["ContentLength"], found["CacheControl"]) == (5, "no-store")
        assert abs(found["LastModified"] - datetime.now(UTC)) < timedelta(minutes=1)
    assert client.get_object(Bucket="lake", Key=name)["Body"].read() == b"hello"
    there = native_client(world, ASHBURN).get_object("statesideus", "lake", name)
    assert (there.data.content, there.headers["opc-meta-owner"]) == (b"hello", "us")
    assert client.get_object(Bucket="lake", Key=name, Range="bytes=1-2")["Body"].read() == b"el"
    client.delete_object(Bucket="lake", Key=name)
    assert refused(client.get_object, Bucket="lake", Key=name) == (404, "NoSuchKey")
    assert refused(client.head_object, Bucket="lake", Key=name)[0] == 404
    client.delete_object(Bucket="lake", Key=name)


def test_before_july_2026_a_body_in_chunks_is_refused_and_a_plain_one_taken(
    world: World, serve: Serve, key: SecretKey, bucket: Resource, tmp_path: Path
) -> None:
    side, file = serve(BEFORE), tmp_path / "file"
    file.write_bytes(b"hello")
    as_it_is = side.client(key)
    assert refused(as_it_is.put_object, Bucket="lake", Key="a", Body=b"hello") == (501, "NotImplemented")
    assert versions.find(world, bucket, "a") is None
    plain = side.client(key, request_checksum_calculation="when_required")
    plain.put_object(Bucket="lake", Key="a", Body=b"hello")
    plain.upload_file(str(file), "lake", "b")
    assert plain.get_object(Bucket="lake", Key="b")["Body"].read() == b"hello"


def test_since_july_2026_a_body_in_chunks_is_taken_with_its_checksum(
    serve: Serve, key: SecretKey, bucket: Resource
) -> None:
    client = serve().client(key)
    for algorithm in ("CRC32", "SHA1", "SHA256"):
        put = client.put_object(Bucket="lake", Key="a", Body=b"hello" * 50_000, ChecksumAlgorithm=algorithm)
        found = client.get_object(Bucket="lake", Key="a")
        assert found[f"Checksum{algorithm}"] == put[f"Checksum{algorithm}"]
        assert found["Body"].read() == b"hello" * 50_000
        assert "ContentEncoding" not in found


def test_a_body_that_is_not_what_its_checksum_says_is_not_kept(
    world: World, serve: Serve, key: SecretKey, bucket: Resource
) -> None:
    client = serve().client(key)
    other = base64.b64encode(hashlib.md5(b"other").digest()).decode()  # noqa: S324
    digest = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    for wrong in ({"ContentMD5": other}, {"ChecksumSHA256": digest}):
        assert refused(client.put_object, Bucket="lake", Key="a", Body=b"hello", **wrong) == (400, "BadDigest")
    assert versions.find(world, bucket, "a") is None


def test_a_file_of_twenty_megabytes_is_uploaded_in_parts(
    serve: Serve, key: SecretKey, bucket: Resource, tmp_path: Path
) -> None:
    side, file = serve(), tmp_path / "file"
    body = b"".join(number.to_bytes(4, "big") for number in range(5 * MIB))
    file.write_bytes(body)
    client = side.client(key)
    client.upload_file(str(file), "lake", "big", ExtraArgs={"Metadata": {"a": "1"}})
    found = client.get_object(Bucket="lake", Key="big")
    assert found["Body"].read() == body
    assert (found["ETag"][-3:], found["Metadata"]) == ('-3"', {"a": "1"})
    client.download_file("lake", "big", str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == body
    assert "Uploads" not in client.list_multipart_uploads(Bucket="lake")


def test_an_upload_is_listed_part_by_part_committed_in_order_or_aborted(
    serve: Serve, key: SecretKey, bucket: Resource
) -> None:
    client = serve().client(key)
    where = {"Bucket": "lake", "Key": "big"}
    upload = where | {"UploadId": client.create_multipart_upload(**where, ContentType="text/plain")["UploadId"]}
    tags = [client.upload_part(**upload, PartNumber=n, Body=b"p" * n)["ETag"] for n in (1, 2, 3)]
    pages = client.get_paginator("list_parts").paginate(**upload, PaginationConfig={"PageSize": 2})
    assert [(each["PartNumber"], each["Size"]) for page in pages for each in page["Parts"]] == [(1, 1), (2, 2), (3, 3)]
    parts = [{"PartNumber": n, "ETag": tags[n - 1]} for n in (2, 1)]
    finish = client.complete_multipart_upload
    assert refused(finish, **upload, MultipartUpload={"Parts": parts}) == (400, "InvalidPartOrder")
    wrong = [{"PartNumber": 1, "ETag": tags[1]}]
    assert refused(finish, **upload, MultipartUpload={"Parts": wrong}) == (400, "InvalidPart")
    finish(**upload, MultipartUpload={"Parts": parts[::-1]})
    assert client.get_object(**where)["Body"].read() == b"ppp"
    assert refused(finish, **upload, MultipartUpload={"Parts": parts[::-1]}) == (404, "NoSuchUpload")
    ids = {client.create_multipart_upload(Bucket="lake", Key=name)["UploadId"]: name for name in ("x", "y", "z")}
    pages = client.get_paginator("list_multipart_uploads").paginate(Bucket="lake", PaginationConfig={"PageSize": 2})
    assert {each["UploadId"]: each["Key"] for page in pages for each in page["Uploads"]} == ids
    for identifier, name in ids.items():
        client.abort_multipart_upload(Bucket="lake", Key=name, UploadId=identifier)
    assert "Uploads" not in client.list_multipart_uploads(Bucket="lake")


@pytest.mark.parametrize("operation", ["list_objects", "list_objects_v2"])
@pytest.mark.parametrize("size", [1, 2, 1000])
def test_a_list_goes_over_pages_of_any_size(
    client: Any, world: World, bucket: Resource, operation: str, size: int
) -> None:
    names = ["a", "b/1", "b/2", "b/c/3", "d&<ü>+ %", "e"]
    for name in names:
        versions.put(world, bucket, name, b"12")
    paginator = client.get_paginator(operation)

    def listed(**more: Any) -> tuple[list[str], list[str]]:
        pages = list(paginator.paginate(Bucket="lake", PaginationConfig={"PageSize": size}, **more))
        entries = [each["Key"] for page in pages for each in page.get("Contents", [])]
        return entries, [each["Prefix"] for page in pages for each in page.get("CommonPrefixes", [])]

    assert listed() == (names, [])
    assert listed(Delimiter="/") == (["a", "d&<ü>+ %", "e"], ["b/"])
    assert listed(Prefix="b/", Delimiter="/") == (["b/1", "b/2"], ["b/c/"])


def test_a_list_page_says_what_it_holds(serve: Serve, key: SecretKey, world: World, bucket: Resource) -> None:
    for name in ("a", "b", "c"):
        versions.put(world, bucket, name, b"12")
    client = serve().client(key)
    page = client.list_objects_v2(Bucket="lake", MaxKeys=2, StartAfter="a")
    assert ([each["Key"] for each in page["Contents"]], page["KeyCount"], page["IsTruncated"]) == (["b", "c"], 2, False)
    assert page["Contents"][0]["ETag"] == f'"{hashlib.md5(b"12").hexdigest()}"'  # noqa: S324
    assert page["Contents"][0]["Size"] == 2
    nothing = client.list_objects_v2(Bucket="lake", MaxKeys=0)
    assert (nothing["KeyCount"], nothing["IsTruncated"]) == (0, False)
    token = client.list_objects_v2(Bucket="lake", MaxKeys=1)["NextContinuationToken"]
    other = {"Bucket": "lake", "Prefix": "a", "ContinuationToken": token}
    assert refused(client.list_objects_v2, **other) == (400, "InvalidArgument")


def test_versions_are_listed_over_pages_read_and_deleted(serve: Serve, key: SecretKey, versioned: Resource) -> None:
    client = serve().client(key)
    ids = [client.put_object(Bucket="kept", Key="a", Body=body)["VersionId"] for body in (b"1", b"2", b"3")]
    gone = client.delete_object(Bucket="kept", Key="a")
    assert gone["DeleteMarker"]
    assert refused(client.get_object, Bucket="kept", Key="a") == (404, "NoSuchKey")
    assert client.get_object(Bucket="kept", Key="a", VersionId=ids[0])["Body"].read() == b"1"
    pages = list(client.get_paginator("list_object_versions").paginate(Bucket="kept", PaginationConfig={"PageSize": 2}))
    assert len(pages) == 2
    assert [each["VersionId"] for page in pages for each in page.get("Versions", [])] == ids[::-1]
    markers = [each for page in pages for each in page.get("DeleteMarkers", [])]
    assert [(each["VersionId"], each["IsLatest"]) for each in markers] == [(gone["VersionId"], True)]
    client.delete_object(Bucket="kept", Key="a", VersionId=gone["VersionId"])
    assert client.get_object(Bucket="kept", Key="a")["Body"].read() == b"3"


def test_a_copy_takes_the_metadata_along_or_gets_new(
    serve: Serve, key: SecretKey, world: World, bucket: Resource, versioned: Resource
) -> None:
    client = serve().client(key)
    name = "a folder/ü+%.txt"
    client.put_object(Bucket="lake", Key=name, Body=b"hello", Metadata={"a": "1"})
    source = {"Bucket": "lake", "Key": name}
    copied = client.copy_object(Bucket="kept", Key="copy", CopySource=source)
    found = client.get_object(Bucket="kept", Key="copy", VersionId=copied["VersionId"])
    assert (found["Body"].read(), found["Metadata"]) == (b"hello", {"a": "1"})
    assert refused(client.copy_object, Bucket="lake", Key=name, CopySource=source) == (400, "InvalidRequest")
    client.copy_object(Bucket="lake", Key=name, CopySource=source, MetadataDirective="REPLACE", Metadata={"b": "2"})
    assert client.head_object(Bucket="lake", Key=name)["Metadata"] == {"b": "2"}
    old = {"Bucket": "kept", "Key": "copy", "VersionId": copied["VersionId"]}
    client.put_object(Bucket="kept", Key="copy", Body=b"newer")
    client.copy_object(Bucket="lake", Key="old", CopySource=old)
    assert client.get_object(Bucket="lake", Key="old")["Body"].read() == b"hello"
    absent = {"Bucket": "lake", "Key": "none"}
    assert refused(client.copy_object, Bucket="kept", Key="b", CopySource=absent) == (404, "NoSuchKey")
    stale = {"CopySource": source, "CopySourceIfMatch": "other"}
    assert refused(client.copy_object, Bucket="kept", Key="b", **stale) == (412, "PreconditionFailed")


@pytest.mark.parametrize("source", ["lake%2Fa%2Fb", "lake/a%2Fb"])
def test_a_copys_source_has_its_slashes_as_they_are(
    serve: Serve, key: SecretKey, world: World, bucket: Resource, source: str
) -> None:
    versions.put(world, bucket, "a/b", b"1")
    side = serve()
    escaping, client = side.client(key), side.client(key)

    def escape(request: Any, **_: Any) -> None:
        del request.headers["x-amz-copy-source"]
        request.headers["x-amz-copy-source"] = source

    escaping.meta.events.register("before-sign.s3.CopyObject", escape)
    assert refused(escaping.copy_object, Bucket="lake", Key="c", CopySource="lake/a/b") == (404, "NoSuchKey")
    client.copy_object(Bucket="lake", Key="c", CopySource="lake/a/b")
    client.copy_object(Bucket="lake", Key="d", CopySource="/lake/a/b")


def test_a_list_of_objects_is_deleted_at_once(serve: Serve, key: SecretKey, world: World, bucket: Resource) -> None:
    names = ["a", "b & <c>", "kept"]
    for name in names:
        versions.put(world, bucket, name, b"")
    client = serve().client(key)
    wanted = {"Objects": [{"Key": name} for name in ("a", "b & <c>", "none")]}
    said = client.delete_objects(Bucket="lake", Delete=wanted, ChecksumAlgorithm="SHA256")
    assert [each["Key"] for each in said["Deleted"]] == ["a", "b & <c>", "none"]
    assert [each["Key"] for each in client.list_objects_v2(Bucket="lake")["Contents"]] == ["kept"]
    change(world, bucket, retentionRules=[{"displayName": "hold"}])
    quiet = {"Objects": [{"Key": "kept"}, {"Key": "none"}], "Quiet": True}
    said = client.delete_objects(Bucket="lake", Delete=quiet, ChecksumAlgorithm="SHA256")
    assert ([each["Key"] for each in said["Errors"]], "Deleted" in said) == (["kept"], False)


def with_md5(client: Any) -> None:
    """Adds the header that boto3 has left out since its version 1.36."""

    def add(request: Any, **_: Any) -> None:
        request.headers["Content-MD5"] = base64.b64encode(hashlib.md5(request.data).digest()).decode()  # noqa: S324

    client.meta.events.register("before-sign.s3.DeleteObjects", add)


@pytest.mark.parametrize("strictness", [BEFORE, AFTER], ids=["before", "after"])
def test_a_list_to_delete_needs_a_checksum_that_the_time_takes(
    serve: Serve, key: SecretKey, world: World, bucket: Resource, strictness: Strictness
) -> None:
    takes = {"MD5"} if strictness is BEFORE else {"MD5", "SHA256"}
    side = serve(strictness)
    for algorithm in ("MD5", "SHA256", "CRC32", "SHA1"):
        versions.put(world, bucket, "a", b"")
        client = side.client(key)
        if algorithm == "MD5":
            with_md5(client)
        more = {} if algorithm == "MD5" else {"ChecksumAlgorithm": algorithm}
        wanted = {"Bucket": "lake", "Delete": {"Objects": [{"Key": "a"}]}} | more
        if algorithm in takes:
            client.delete_objects(**wanted)
        else:
            assert refused(client.delete_objects, **wanted) == (400, "InvalidRequest")
            assert "Missing required header" in message(client.delete_objects, **wanted)
        assert (versions.find(world, bucket, "a") is None) == (algorithm in takes)


def test_conditions_are_those_of_the_s3_side(serve: Serve, key: SecretKey, bucket: Resource) -> None:
    client = serve().client(key)
    etag = client.put_object(Bucket="lake", Key="a", Body=b"1", IfNoneMatch="*")["ETag"]
    where = {"Bucket": "lake", "Key": "a"}
    assert refused(client.put_object, **where, Body=b"2", IfNoneMatch="*") == (412, "PreconditionFailed")
    assert refused(client.put_object, **where, Body=b"2", IfMatch='"other"') == (412, "PreconditionFailed")
    assert refused(client.get_object, **where, IfMatch='"other"') == (412, "PreconditionFailed")
    assert refused(client.get_object, **where, IfNoneMatch=etag)[0] == 304
    client.put_object(**where, Body=b"2", IfMatch=etag)
    assert client.get_object(**where)["Body"].read() == b"2"


def test_buckets_are_made_listed_found_and_deleted(world: World, serve: Serve, key: SecretKey) -> None:
    client = serve().client(key)
    client.create_bucket(Bucket="new", CreateBucketConfiguration={"LocationConstraint": ASHBURN})
    make(world, BUCKET, region=PHOENIX, namespace="statesideus", name="elsewhere")
    assert [each["Name"] for each in client.list_buckets()["Buckets"]] == ["new"]
    assert client.head_bucket(Bucket="new")["BucketRegion"] == ASHBURN
    assert client.get_bucket_location(Bucket="new")["LocationConstraint"] == ASHBURN
    assert refused(client.create_bucket, Bucket="new") == (409, "BucketAlreadyExists")
    there = {"CreateBucketConfiguration": {"LocationConstraint": PHOENIX}}
    assert refused(client.create_bucket, Bucket="b", **there) == (400, "IllegalLocationConstraintException")
    client.put_object(Bucket="new", Key="a", Body=b"")
    assert refused(client.delete_bucket, Bucket="new") == (409, "BucketNotEmpty")
    client.delete_object(Bucket="new", Key="a")
    client.delete_bucket(Bucket="new")
    assert refused(client.head_bucket, Bucket="new")[0] == 404
    assert refused(client.list_objects_v2, Bucket="elsewhere") == (404, "NoSuchBucket")


def test_what_oracle_has_not_is_answered_with_not_implemented(serve: Serve, key: SecretKey, bucket: Resource) -> None:
    client = serve().client(key)
    client.put_object(Bucket="lake", Key="a", Body=b"")
    for name in ("get_bucket_versioning", "get_bucket_acl", "get_bucket_encryption", "get_bucket_policy"):
        assert refused(getattr(client, name), Bucket="lake") == (501, "NotImplemented")
    assert refused(client.get_object_tagging, Bucket="lake", Key="a") == (501, "NotImplemented")
    enabled = {"VersioningConfiguration": {"Status": "Enabled"}}
    assert refused(client.put_bucket_versioning, Bucket="lake", **enabled) == (501, "NotImplemented")
    for extra in ({"ACL": "public-read"}, {"Tagging": "a=b"}, {"ServerSideEncryption": "aws:kms"}):
        assert refused(client.put_object, Bucket="lake", Key="b", Body=b"", **extra) == (501, "NotImplemented")
    source = {"CopySource": "lake/a", "UploadId": "none", "PartNumber": 1}
    assert refused(client.upload_part_copy, Bucket="lake", Key="b", **source) == (501, "NotImplemented")
    client.put_object(Bucket="lake", Key="b", Body=b"", ACL="private")


NOT_FOUND = "The secret key required to complete authentication could not be found."


def test_a_wrong_secret_an_unknown_key_and_another_region_are_refused(
    world: World, serve: Serve, key: SecretKey, bucket: Resource
) -> None:
    side = serve()
    where = {"Bucket": "lake"}
    wrong = side.client(SecretKey(key.id, "x" * 44)).list_objects_v2
    assert refused(wrong, **where) == (403, "SignatureDoesNotMatch")
    assert "does not match" in message(wrong, **where)
    for stranger in (side.client(SecretKey("ocid1.none", key.secret)), side.client(key, region=PHOENIX)):
        assert refused(stranger.list_objects_v2, **where) == (403, "SignatureDoesNotMatch")
        assert NOT_FOUND in message(stranger.list_objects_v2, **where)
    services.delete(world, key.id)
    assert NOT_FOUND in message(side.client(key).list_objects_v2, **where)


def test_a_key_that_was_just_made_is_unknown_for_a_while_where_iam_is_late(
    world: World, serve: Serve, bucket: Resource
) -> None:
    order_late_iam(world, 3600)
    fresh = key_of(world)
    client = serve().client(fresh)
    assert NOT_FOUND in message(client.list_objects_v2, Bucket="lake")
    order_late_iam(world, 0)
    client.list_objects_v2(Bucket="lake")


@pytest.mark.parametrize("minutes", [-16, 16])
def test_a_clock_that_is_wrong_by_more_than_a_quarter_of_an_hour_is_refused(
    serve: Serve, key: SecretKey, bucket: Resource, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    client = serve().client(key)

    class Skewed(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Skewed":
            moment = datetime.now(tz) + timedelta(minutes=minutes)
            return cls.fromtimestamp(moment.timestamp(), tz)

    monkeypatch.setattr(sigv4, "datetime", Skewed)
    assert refused(client.list_objects_v2, Bucket="lake") == (403, "RequestTimeTooSkewed")


def test_a_request_that_was_changed_after_it_was_signed_is_refused(
    world: World, serve: Serve, key: SecretKey, bucket: Resource
) -> None:
    versions.put(world, bucket, "a", b"1")
    side = serve()
    changes: dict[str, Callable[[Any], None]] = {
        "path": lambda request: setattr(request, "url", request.url.replace("lake/a", "lake/b")),
        "query": lambda request: setattr(request, "url", request.url + "&versionId=null"),
        "header": lambda request: request.headers.__setitem__("x-amz-date", "20200101T000000Z"),
        "method": lambda request: setattr(request, "method", "DELETE"),
    }
    for what, alter in changes.items():
        client = side.client(key)
        client.meta.events.register("before-send.s3", lambda request, alter=alter, **_: alter(request))
        status, code = refused(client.get_object, Bucket="lake", Key="a", ResponseContentType="text/plain")
        assert (status, code) in {(403, "SignatureDoesNotMatch"), (403, "RequestTimeTooSkewed")}, what
    body = side.client(key, request_checksum_calculation="when_required", s3={"payload_signing_enabled": True})
    body.meta.events.register("before-send.s3", lambda request, **_: setattr(request, "body", b"12346"))
    assert refused(body.put_object, Bucket="lake", Key="c", Body=b"12345") == (400, "XAmzContentSHA256Mismatch")
    assert versions.read(world, versions.get(world, bucket, "a")) == b"1"


def test_nobody_is_let_in_without_a_signature(serve: Serve, key: SecretKey, bucket: Resource) -> None:
    from botocore import UNSIGNED

    client = serve().client(key, signature_version=UNSIGNED)
    assert refused(client.list_objects_v2, Bucket="lake") == (403, "AccessDenied")


def test_a_signed_address_is_good_until_it_expires(
    world: World, serve: Serve, key: SecretKey, bucket: Resource, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ssl
    import urllib.error
    import urllib.request

    versions.put(world, bucket, "a/ü", b"1")
    side = serve()
    client = side.client(key, signature_version="s3v4")
    url = client.generate_presigned_url("get_object", {"Bucket": "lake", "Key": "a/ü"}, ExpiresIn=60)
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({"https": side.proxy}),
        urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=str(side.authority))),
    )
    assert opener.open(url).read() == b"1"
    for part, other in (("Expires=60", "Expires=61"), ("%C3%BC", "b"), ("Expires=60", "Expires=x")):
        with pytest.raises(urllib.error.HTTPError) as error:
            opener.open(url.replace(part, other))
        assert error.value.code == 403
    monkeypatch.setattr(sigv4, "SKEW", timedelta(minutes=15))
    late = datetime.now(UTC) + timedelta(seconds=61)

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Later":
            return cls.fromtimestamp(late.timestamp(), tz)

    monkeypatch.setattr(sigv4, "datetime", Later)
    with pytest.raises(urllib.error.HTTPError) as error:
        opener.open(url)
    assert error.value.code == 403


def test_a_key_of_another_tenancy_finds_nothing_of_ours(world: World, serve: Serve, bucket: Resource) -> None:
    versions.put(world, bucket, "a", b"1")
    client = serve().client(key_of(world, THEIRS))
    for call in (client.list_objects_v2, client.delete_bucket):
        assert refused(call, Bucket="lake") == (404, "NoSuchBucket")
    assert refused(client.put_object, Bucket="lake", Key="a", Body=b"2") == (404, "NoSuchBucket")
    assert refused(client.list_buckets) == (403, "AccessDenied")
    assert refused(client.create_bucket, Bucket="theirs") == (403, "AccessDenied")
    assert versions.read(world, versions.get(world, bucket, "a")) == b"1"


def test_a_call_that_no_statement_allows_is_refused_as_if_there_were_nothing(
    world: World, serve: Serve, key: SecretKey, bucket: Resource
) -> None:
    versions.put(world, bucket, "a", b"1")
    for policy in world.find(POLICY):
        services.delete(world, policy.id)
    client = serve().client(key)
    assert refused(client.get_object, Bucket="lake", Key="a") == (404, "NoSuchBucket")
    grant(world, "Allow any-user to read objects in tenancy where target.bucket.name = 'lake'")
    assert client.get_object(Bucket="lake", Key="a")["Body"].read() == b"1"
    assert client.list_objects_v2(Bucket="lake")["KeyCount"] == 1
    refusals = {
        "put_object": {"Key": "b", "Body": b""},
        "delete_object": {"Key": "a"},
        "create_multipart_upload": {"Key": "b"},
        "copy_object": {"Key": "b", "CopySource": "lake/a"},
        "delete_bucket": {},
    }
    for name, arguments in refusals.items():
        assert refused(getattr(client, name), Bucket="lake", **arguments) == (404, "NoSuchBucket"), name
    for call, arguments in ((client.list_buckets, {}), (client.create_bucket, {"Bucket": "new"})):
        assert refused(call, **arguments) == (403, "AccessDenied")
    grant(world, "Allow any-user to manage objects in tenancy where request.permission != 'OBJECT_VERSION_DELETE'")
    versioned = {"Objects": [{"Key": "a", "VersionId": "null"}]}
    assert refused(client.delete_objects, Bucket="lake", Delete=versioned, ChecksumAlgorithm="SHA256")[0] == 404
    assert refused(client.delete_object, Bucket="lake", Key="a", VersionId="null")[0] == 404
    client.delete_object(Bucket="lake", Key="a")


def test_a_region_that_is_down_answers_nobody(world: World, serve: Serve, key: SecretKey, bucket: Resource) -> None:
    take_down(world, ASHBURN)
    client = serve().client(key)
    assert refused(client.list_objects_v2, Bucket="lake") == (503, "ServiceUnavailable")


def test_xml_that_is_not_what_it_should_be_is_refused(serve: Serve, key: SecretKey, bucket: Resource) -> None:
    side = serve()
    named = b"<Object><Key>a</Key></Object>"
    doctype = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    for body in (
        b"<Delete",
        b"<Delete/>",
        b"<Other>" + named + b"</Other>",
        doctype + b"<Delete>" + named + b"</Delete>",
    ):

        def spoil(request: Any, body: bytes = body, **_: Any) -> None:
            request.data = body
            request.headers["Content-MD5"] = base64.b64encode(hashlib.md5(body).digest()).decode()  # noqa: S324
            for name in [each for each in request.headers if each.lower().startswith("x-amz-checksum")]:
                del request.headers[name]

        client = side.client(key)
        client.meta.events.register("before-sign.s3.DeleteObjects", spoil)
        wanted = {"Objects": [{"Key": "a"}]}
        assert refused(client.delete_objects, Bucket="lake", Delete=wanted) == (400, "MalformedXML")


def test_two_writers_at_once_leave_one_whole_object(serve: Serve, key: SecretKey, bucket: Resource) -> None:
    from concurrent.futures import ThreadPoolExecutor

    side = serve()
    bodies = [bytes([letter]) * MIB for letter in b"abcdefgh"]

    def write(body: bytes) -> None:
        side.client(key).put_object(Bucket="lake", Key="a", Body=body)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, bodies))
    assert side.client(key).get_object(Bucket="lake", Key="a")["Body"].read() in bodies
