"""The S3 side's lists, versions, deletions and buckets, through boto3."""

import base64
import hashlib
from typing import Any

import pytest

from rehearsal.doors.api.objects.strictness import AFTER, BEFORE, Strictness
from rehearsal.world import Resource, World
from rehearsal.world.objects import versions
from rehearsal.world.secret_keys import SecretKey
from tests.unit.objects.boto import Serve, message, refused
from tests.unit.world.small import ASHBURN, BUCKET, PHOENIX, change, make


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
