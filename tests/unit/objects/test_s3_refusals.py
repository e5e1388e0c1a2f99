"""What the S3 side refuses: what Oracle hasn't, and whoever isn't whom they say, or may not."""

import base64
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rehearsal.doors.api.objects import sigv4
from rehearsal.world import Resource, World, take_down
from rehearsal.world import service as services
from rehearsal.world.late import order_late_iam
from rehearsal.world.objects import versions
from rehearsal.world.secret_keys import SecretKey
from tests.unit.objects.boto import Serve, key_of, message, refused
from tests.unit.world.small import ASHBURN, PHOENIX, POLICY, THEIRS, grant

NOT_FOUND = "The secret key required to complete authentication could not be found."


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
