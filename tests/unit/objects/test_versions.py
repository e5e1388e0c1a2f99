"""Objects in the world: what replaces what, what stays, what is refused, and what a kill leaves."""

import hashlib
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearsal.world import Resource, ServiceError, World
from rehearsal.world import service as services
from rehearsal.world.objects import uploads, versions
from rehearsal.world.objects.model import Conditions, Details, Stored
from tests.support.checkout import CHECKOUT
from tests.unit.objects.conftest import NAMESPACE
from tests.unit.world.small import BUCKET, PHOENIX, change, make

RULE = {"displayName": "law", "duration": {"timeAmount": "30", "timeUnit": "DAYS"}}


def put(world: World, bucket: Resource, name: str, body: bytes = b"body") -> Stored:
    return versions.put(world, bucket, name, body)


def pieces(world: World) -> int:
    return int(world.execute("SELECT count(*) FROM piece").fetchone()[0])


def now_is(world: World, bucket: Resource) -> Resource:
    found = world.get(bucket.id)
    assert found
    return found


def refusal(error: "pytest.ExceptionInfo[ServiceError]") -> tuple[int, str]:
    return error.value.status, error.value.code


def age(world: World, days: int) -> None:
    """Makes every object older."""
    moment = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    world.execute("UPDATE object SET created = ?", (moment,))


def test_without_versions_a_new_object_replaces_the_old_one_with_its_bytes(world: World, bucket: Resource) -> None:
    first, second = put(world, bucket, "a", b"one"), put(world, bucket, "a", b"second")
    found = versions.get(world, bucket, "a")
    assert (found, versions.read(world, found)) == (second, b"second")
    assert first.etag != second.etag
    assert (found.size, found.md5, found.version_id) == (6, hashlib.md5(b"second").hexdigest(), "null")  # noqa: S324
    assert pieces(world) == 1
    versions.delete(world, bucket, "a")
    assert (versions.find(world, bucket, "a"), pieces(world)) == (None, 0)


def test_with_versions_the_old_ones_stay_and_a_delete_leaves_a_marker(world: World, versioned: Resource) -> None:
    first, second = put(world, versioned, "a", b"one"), put(world, versioned, "a", b"two")
    marker = versions.delete(world, versioned, "a")
    assert marker
    assert (marker.is_delete_marker, marker.is_latest) == (True, True)
    with pytest.raises(ServiceError) as error:
        versions.get(world, versioned, "a")
    assert refusal(error) == (404, "ObjectNotFound")
    assert [versions.read(world, versions.get(world, versioned, "a", each.version)) for each in (first, second)] == [
        b"one",
        b"two",
    ]
    versions.delete(world, versioned, "a", marker.version)
    assert versions.get(world, versioned, "a") == second
    versions.delete(world, versioned, "a", second.version)
    assert versions.get(world, versioned, "a").version == first.version


def test_what_lay_there_before_versions_were_kept_is_the_version_null(world: World, bucket: Resource) -> None:
    put(world, bucket, "a", b"before")
    kept = change(world, bucket, versioning="Enabled")
    put(world, kept, "a", b"after")
    assert versions.read(world, versions.get(world, kept, "a", "null")) == b"before"
    world.replace(replace(kept, body=kept.body | {"versioning": "Suspended"}))
    suspended = now_is(world, kept)
    put(world, suspended, "a", b"again")
    assert versions.read(world, versions.get(world, suspended, "a", "null")) == b"again"
    assert pieces(world) == 2


def test_buckets_of_one_name_in_two_regions_have_nothing_in_common(world: World, bucket: Resource) -> None:
    other = make(world, BUCKET, region=PHOENIX, namespace=NAMESPACE, name="lake")
    put(world, bucket, "a")
    assert versions.find(world, other, "a") is None


def test_a_bucket_with_anything_in_it_is_not_deleted(world: World, versioned: Resource) -> None:
    put(world, versioned, "a")
    marker = versions.delete(world, versioned, "a")
    upload = uploads.create(world, versioned, "b", Details())
    for gone in ("null", None):
        with pytest.raises(ServiceError) as error:
            services.delete(world, versioned.id)
        assert refusal(error) == (409, "BucketNotEmpty")
        if gone:
            found = versions.find(world, versioned, "a")
            assert found == marker
            world.execute("DELETE FROM object")
    uploads.abort(world, upload)
    services.delete(world, versioned.id)
    assert world.get(versioned.id) is None


def test_what_a_killed_first_run_left_goes_with_what_lies_in_it(world: World) -> None:
    urn = "urn:pulumi:dev::p::oci:ObjectStorage/bucket:Bucket::b"
    left = make(world, BUCKET, namespace=NAMESPACE, name="left", urn=urn)
    put(world, left, "a")
    assert services.discard(world, "dev") == 1
    assert (world.get(left.id), pieces(world)) == (None, 0)


@pytest.mark.parametrize("rule", [RULE, {"displayName": "hold"}])
def test_a_retention_rule_keeps_an_object_from_deletion_and_from_another(
    world: World, bucket: Resource, rule: dict[str, object]
) -> None:
    put(world, bucket, "a", b"kept")
    ruled = change(world, bucket, retentionRules=[rule])
    for attempt in (lambda: put(world, ruled, "a", b"other"), lambda: versions.delete(world, ruled, "a")):
        with pytest.raises(ServiceError) as error:
            attempt()
        assert refusal(error) == (409, "Conflict")
    assert versions.read(world, versions.get(world, ruled, "a")) == b"kept"
    assert put(world, ruled, "b")
    age(world, 31)
    if "duration" in rule:
        assert versions.delete(world, ruled, "a")
    else:
        with pytest.raises(ServiceError):
            versions.delete(world, ruled, "a")


def test_the_destination_of_a_replication_takes_nothing(world: World, bucket: Resource) -> None:
    put(world, bucket, "a")
    world.replace(replace(bucket, body=bucket.body | {"isReadOnly": True}))
    closed = now_is(world, bucket)
    for attempt in (
        lambda: put(world, closed, "b"),
        lambda: versions.delete(world, closed, "a"),
        lambda: uploads.create(world, closed, "b", Details()),
    ):
        with pytest.raises(ServiceError) as error:
            attempt()
        assert refusal(error) == (403, "BucketIsReadonly")


def test_conditions_hold_for_the_object_that_is_there(world: World, bucket: Resource) -> None:
    etag = versions.put(world, bucket, "a", b"one", conditions=Conditions(none_match="*")).etag
    for wrong, code in (
        (Conditions(none_match="*"), "IfNoneMatchFailed"),
        (Conditions(match="other"), "IfMatchFailed"),
    ):
        with pytest.raises(ServiceError) as error:
            versions.put(world, bucket, "a", b"two", conditions=wrong)
        assert refusal(error) == (412, code)
    with pytest.raises(ServiceError) as error:
        versions.put(world, bucket, "b", b"two", conditions=Conditions(match="*"))
    assert refusal(error) == (412, "IfMatchFailed")
    versions.put(world, bucket, "a", b"two", conditions=Conditions(match=etag))
    assert versions.read(world, versions.get(world, bucket, "a")) == b"two"


def test_a_copy_outlives_its_source_and_a_copy_onto_itself_stays(world: World, bucket: Resource) -> None:
    source = put(world, bucket, "a", b"shared")
    versions.copy(world, source, bucket, "b", details=source.details)
    versions.delete(world, bucket, "a")
    copied = versions.get(world, bucket, "b")
    again = versions.copy(world, copied, bucket, "b", details=Details(metadata={"x": "1"}))
    assert (versions.read(world, again), pieces(world)) == (b"shared", 1)


def test_the_parts_of_an_upload_become_one_object_in_their_order(world: World, bucket: Resource) -> None:
    upload = uploads.create(world, bucket, "big", Details({"content-type": "text/plain"}))
    parts = {number: uploads.put_part(world, upload, number, str(number).encode() * 3) for number in (3, 1, 2, 7)}
    wanted = [(number, parts[number].md5) for number in (2, 1, 3)]
    made = uploads.commit(world, bucket, upload, wanted)
    assert versions.read(world, made) == b"111222333"
    assert versions.read(world, made, 2, 4) == b"1222"
    assert versions.read(world, made, 4, 4) == b"2233"
    assert (made.size, made.parts, made.md5_base64[-2:]) == (9, 3, "-3")
    assert made.details.headers == {"content-type": "text/plain"}
    assert (uploads.of_bucket(world, bucket), pieces(world)) == ([], 3)
    versions.delete(world, bucket, "big")
    assert pieces(world) == 0


def test_a_commit_names_parts_that_are_there(world: World, bucket: Resource) -> None:
    upload = uploads.create(world, bucket, "big", Details())
    part = uploads.put_part(world, upload, 1, b"one")
    for wanted in ([], [(1, "other")], [(2, part.md5)], [(1, part.md5), (1, part.md5)]):
        with pytest.raises(ServiceError) as error:
            uploads.commit(world, bucket, upload, wanted)
        assert refusal(error) == (400, "InvalidUploadPart")
    with pytest.raises(ServiceError) as error:
        uploads.put_part(world, upload, 10_001, b"one")
    assert refusal(error) == (400, "InvalidUploadPartNumber")
    uploads.abort(world, upload)
    for attempt in (
        lambda: uploads.commit(world, bucket, upload, [(1, part.md5)]),
        lambda: uploads.put_part(world, upload, 1, b"one"),
    ):
        with pytest.raises(ServiceError) as error:
            attempt()
        assert refusal(error) == (404, "UploadNotFound")
    assert (versions.find(world, bucket, "big"), pieces(world)) == (None, 0)


def test_a_commit_that_breaks_off_leaves_all_as_it_was(
    world: World, bucket: Resource, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(world, bucket, "big", b"before")
    upload = uploads.create(world, bucket, "big", Details())
    part = uploads.put_part(world, upload, 1, b"after")

    def breaks(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(uploads, "abort", breaks)
    with pytest.raises(OSError, match="no space"):
        uploads.commit(world, bucket, upload, [(1, part.md5)])
    monkeypatch.undo()
    assert versions.read(world, versions.get(world, bucket, "big")) == b"before"
    uploads.commit(world, bucket, upload, [(1, part.md5)])
    assert versions.read(world, versions.get(world, bucket, "big")) == b"after"


WRITER = """
import sys
from pathlib import Path
from rehearsal.world import World
from rehearsal.world.objects import uploads, versions
from rehearsal.world.objects.model import Details
world = World.open(Path(sys.argv[1]))
bucket = world.get(sys.argv[2])
print("ready", flush=True)
while True:
    for letter in b"abc":
        body = bytes([letter]) * 3_000_000
        versions.put(world, bucket, "put", body)
        upload = uploads.create(world, bucket, "joined", Details())
        parts = [uploads.put_part(world, upload, number, body) for number in (1, 2)]
        uploads.commit(world, bucket, upload, [(part.number, part.md5) for part in parts])
"""


def test_a_killed_writer_leaves_whole_objects_and_no_bytes_of_nobody(world: World, bucket: Resource) -> None:
    for round in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(world.path), bucket.id], cwd=CHECKOUT, stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(0.05 + 0.07 * round)
            writer.kill()
        for name in ("put", "joined"):
            found = versions.find(world, bucket, name)
            if found:
                body = versions.read(world, found)
                assert len(body) == found.size == (3_000_000 if name == "put" else 6_000_000)
                assert body == body[:1] * len(body)
        orphans = (
            "SELECT count(*) FROM piece WHERE content NOT IN (SELECT content FROM object) "
            "AND content NOT IN (SELECT content FROM part)"
        )
        assert world.execute(orphans).fetchone()[0] == 0
    assert Path(world.path).exists()
