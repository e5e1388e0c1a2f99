"""The S3 side over TLS, through boto3 as it is newest: objects that are put, got, copied and uploaded in parts."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rehearsal.doors.api.objects.strictness import BEFORE
from rehearsal.world import Resource, World
from rehearsal.world.objects import versions
from rehearsal.world.secret_keys import SecretKey
from tests.unit.objects.boto import MIB, Serve, refused
from tests.unit.objects.sdk import client as native_client
from tests.unit.world.small import ASHBURN


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


def test_two_writers_at_once_leave_one_whole_object(serve: Serve, key: SecretKey, bucket: Resource) -> None:
    from concurrent.futures import ThreadPoolExecutor

    side = serve()
    bodies = [bytes([letter]) * MIB for letter in b"abcdefgh"]

    def write(body: bytes) -> None:
        side.client(key).put_object(Bucket="lake", Key="a", Body=body)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, bodies))
    assert side.client(key).get_object(Bucket="lake", Key="a")["Body"].read() in bodies
