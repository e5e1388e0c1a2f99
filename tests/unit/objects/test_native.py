"""Oracle's own API of objects, through Oracle's SDK."""

import base64
import hashlib
from typing import Any

import oci
import pytest

from rehearsal.doors.api.objects import native
from rehearsal.world import Resource, ServiceError, World
from rehearsal.world import service as services
from tests.unit.objects.conftest import NAMESPACE
from tests.unit.objects.sdk import ENGINEER, NOBODY, Caller, asked, client, told
from tests.unit.world.small import ASHBURN, BUCKET, PHOENIX, POLICY, THEIRS, change, grant, make

models = oci.object_storage.models
LINK = "oci:ObjectStorage/preauthrequest:Preauthrequest"
WHERE = (NAMESPACE, "lake")
HOST = "https://objectstorage.us-ashburn-1.oraclecloud.com"


def refused(call: Any, *arguments: Any, **options: Any) -> tuple[int, str]:
    with pytest.raises(oci.exceptions.ServiceError) as error:
        call(*arguments, **options)
    return error.value.status, error.value.code


def md5(body: bytes) -> str:
    return base64.b64encode(hashlib.md5(body).digest()).decode()  # noqa: S324


def test_the_namespace_is_the_callers_own(world: World, ours: Any) -> None:
    assert ours.get_namespace().data == NAMESPACE
    assert client(world, ASHBURN, Caller(THEIRS, "someone")).get_namespace().data == "globalvideo"
    assert refused(client(world, ASHBURN, NOBODY).get_namespace) == (401, "NotAuthenticated")


def test_an_object_comes_back_with_all_that_was_said_of_it(ours: Any, bucket: Resource) -> None:
    name = "a folder/ü+%?#&.txt"
    written = ours.put_object(
        *WHERE,
        name,
        b"hello",
        content_md5=md5(b"hello"),
        content_type="text/plain",
        content_language="en",
        cache_control="no-store",
        opc_meta={"owner": "us"},
    )
    assert written.headers["opc-content-md5"] == md5(b"hello")
    for found in (ours.get_object(*WHERE, name), ours.head_object(*WHERE, name)):
        headers = found.headers
        assert headers["etag"] == written.headers["etag"]
        assert headers["content-md5"] == md5(b"hello")
        assert (headers["content-type"], headers["content-language"]) == ("text/plain", "en")
        assert (headers["cache-control"], headers["opc-meta-owner"]) == ("no-store", "us")
        assert (headers["content-length"], headers["storage-tier"]) == ("5", "Standard")
        assert headers["last-modified"] == written.headers["last-modified"]
    assert ours.get_object(*WHERE, name).data.content == b"hello"
    shown = ours.get_object(*WHERE, name, http_response_content_type="text/html")
    assert shown.headers["content-type"] == "text/html"


def test_a_body_with_another_checksum_is_not_kept(ours: Any, bucket: Resource) -> None:
    wrong = {"content_md5": md5(b"other")}, {"opc_content_sha256": base64.b64encode(bytes(32)).decode()}
    for each, code in zip(wrong, ("UnmatchedContentMD5", "MissingOrInvalidChecksum"), strict=True):
        assert refused(ours.put_object, *WHERE, "a", b"hello", **each) == (400, code)
    assert refused(ours.head_object, *WHERE, "a")[0] == 404


@pytest.mark.parametrize(
    ("range", "body", "says"),
    [
        ("bytes=1-3", b"123", "bytes 1-3/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
        ("bytes=-99", b"0123456789", "bytes 0-9/10"),
    ],
)
def test_a_range_is_a_stretch_of_the_bytes(ours: Any, bucket: Resource, range: str, body: bytes, says: str) -> None:
    ours.put_object(*WHERE, "a", b"0123456789")
    found = ours.get_object(*WHERE, "a", range=range)
    assert (found.status, found.data.content, found.headers["content-range"]) == (206, body, says)


@pytest.mark.parametrize("range", ["bytes=10-", "bytes=5-2", "bytes=-0"])
def test_a_range_without_a_byte_is_refused(ours: Any, bucket: Resource, range: str) -> None:
    ours.put_object(*WHERE, "a", b"0123456789")
    assert refused(ours.get_object, *WHERE, "a", range=range) == (416, "InvalidRange")


def test_what_is_missing_is_told_by_its_kind(ours: Any, bucket: Resource) -> None:
    assert refused(ours.get_object, *WHERE, "a") == (404, "ObjectNotFound")
    assert refused(ours.delete_object, *WHERE, "a") == (404, "ObjectNotFound")
    assert refused(ours.list_objects, NAMESPACE, "none") == (404, "BucketNotFound")
    assert refused(ours.list_objects, "globalvideo", "lake") == (404, "BucketNotFound")
    assert refused(ours.abort_multipart_upload, *WHERE, "a", "none") == (404, "UploadNotFound")
    assert refused(ours.get_work_request, "ocid1.none") == (404, "NotAuthorizedOrNotFound")


def test_etags_guard_writes_reads_and_deletes(ours: Any, bucket: Resource) -> None:
    first = ours.put_object(*WHERE, "a", b"1", if_none_match="*").headers["etag"]
    assert refused(ours.put_object, *WHERE, "a", b"2", if_none_match="*") == (412, "IfNoneMatchFailed")
    second = ours.put_object(*WHERE, "a", b"2", if_match=first).headers["etag"]
    assert refused(ours.put_object, *WHERE, "a", b"3", if_match=first) == (412, "IfMatchFailed")
    assert refused(ours.delete_object, *WHERE, "a", if_match=first) == (412, "IfMatchFailed")
    assert refused(ours.get_object, *WHERE, "a", if_match=first) == (412, "IfMatchFailed")
    assert refused(ours.get_object, *WHERE, "a", if_none_match=second)[0] == 304
    assert ours.get_object(*WHERE, "a", if_match=second, if_none_match=first).data.content == b"2"
    assert ours.delete_object(*WHERE, "a", if_match=second).status == 204


def test_nobody_reads_a_private_bucket_and_another_tenancy_neither_reads_nor_writes(
    world: World, ours: Any, bucket: Resource
) -> None:
    ours.put_object(*WHERE, "a", b"1")
    for stranger in (client(world, ASHBURN, NOBODY), client(world, ASHBURN, Caller(THEIRS, "someone"))):
        assert refused(stranger.get_object, *WHERE, "a") == (404, "BucketNotFound")
        assert refused(stranger.list_objects, *WHERE) == (404, "BucketNotFound")
        assert refused(stranger.put_object, *WHERE, "a", b"2") == (404, "BucketNotFound")
        assert refused(stranger.delete_object, *WHERE, "a") == (404, "BucketNotFound")
    assert ours.get_object(*WHERE, "a").data.content == b"1"


@pytest.mark.parametrize(("access", "lists"), [("ObjectRead", True), ("ObjectReadWithoutList", False)])
def test_a_public_bucket_shows_what_it_is_set_to(
    world: World, ours: Any, bucket: Resource, access: str, lists: bool
) -> None:
    ours.put_object(*WHERE, "a", b"1")
    change(world, bucket, accessType=access)
    nobody = client(world, ASHBURN, NOBODY)
    assert nobody.get_object(*WHERE, "a").data.content == b"1"
    assert refused(nobody.put_object, *WHERE, "a", b"2") == (404, "BucketNotFound")
    if lists:
        assert [each.name for each in nobody.list_objects(*WHERE).data.objects] == ["a"]
    else:
        assert refused(nobody.list_objects, *WHERE) == (404, "BucketNotFound")


def test_a_bucket_is_found_in_its_own_region_only(world: World, ours: Any, bucket: Resource) -> None:
    assert refused(client(world, PHOENIX).list_objects, *WHERE) == (404, "BucketNotFound")


def test_a_list_goes_over_pages_with_the_fields_asked_for(ours: Any, bucket: Resource) -> None:
    for name in ("a", "b/1", "b/2", "c", "d"):
        ours.put_object(*WHERE, name, b"12")
    page = ours.list_objects(*WHERE, limit=2, delimiter="/", fields="name,size,MD5").data
    assert ([each.name for each in page.objects], page.prefixes, page.next_start_with) == (["a"], ["b/"], "c")
    assert (page.objects[0].size, page.objects[0].md5, page.objects[0].etag) == (2, md5(b"12"), None)
    page = ours.list_objects(*WHERE, limit=2, delimiter="/", start=page.next_start_with).data
    assert ([each.name for each in page.objects], page.objects[0].size, page.next_start_with) == (
        ["c", "d"],
        None,
        None,
    )
    within = ours.list_objects(*WHERE, prefix="b/", start_after="b/1").data
    assert [each.name for each in within.objects] == ["b/2"]
    assert [each.name for each in ours.list_objects(*WHERE, start="b/2", end="d").data.objects] == ["b/2", "c"]
    every = oci.pagination.list_call_get_all_results(ours.list_objects, *WHERE, limit=2).data
    assert [each.name for each in every.objects][:2] == ["a", "b/1"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"fields": "name,colour"}, "InvalidAttributeName"),
        ({"delimiter": "-"}, "InvalidParameter"),
        ({"limit": 0}, "InvalidLimit"),
    ],
)
def test_a_list_that_cannot_be_is_refused(ours: Any, bucket: Resource, query: dict[str, Any], code: str) -> None:
    assert refused(ours.list_objects, *WHERE, **query) == (400, code)


def test_versions_are_listed_read_and_deleted_one_by_one(ours: Any, versioned: Resource) -> None:
    kept = (NAMESPACE, "kept")
    first = ours.put_object(*kept, "a", b"1").headers["version-id"]
    ours.put_object(*kept, "a", b"2")
    gone = ours.delete_object(*kept, "a").headers
    assert gone["is-delete-marker"] == "true"
    assert refused(ours.get_object, *kept, "a") == (404, "ObjectNotFound")
    assert ours.get_object(*kept, "a", version_id=first).data.content == b"1"
    page = ours.list_object_versions(*kept, limit=2)
    more = ours.list_object_versions(*kept, limit=2, page=page.headers["opc-next-page"])
    items = [*page.data.items, *more.data.items]
    assert [each.is_delete_marker for each in items] == [True, False, False]
    assert (items[0].version_id, items[2].version_id) == (gone["version-id"], first)
    assert "opc-next-page" not in more.headers
    ours.delete_object(*kept, "a", version_id=gone["version-id"])
    assert ours.get_object(*kept, "a").data.content == b"2"


def test_a_page_of_another_list_is_refused(ours: Any, versioned: Resource) -> None:
    kept = (NAMESPACE, "kept")
    for body in (b"1", b"2"):
        ours.put_object(*kept, "a", body)
    page = ours.list_object_versions(*kept, limit=1).headers["opc-next-page"]
    for wrong in ({"page": page, "prefix": "b"}, {"page": "bm9uZQ=="}, {"page": "?"}):
        assert refused(ours.list_object_versions, *kept, **wrong) == (400, "InvalidPage")


def test_a_multipart_upload_of_the_sdk_is_one_object(ours: Any, bucket: Resource, tmp_path: Any) -> None:
    body = b"".join(number.to_bytes(4, "big") for number in range(5 * 1024 * 1024))
    file = tmp_path / "big"
    file.write_bytes(body)
    manager = oci.object_storage.UploadManager(ours, allow_parallel_uploads=False)
    said = manager.upload_file(*WHERE, "big", str(file), part_size=8 * 1024 * 1024)
    assert said.headers["opc-multipart-md5"].endswith("-3")
    found = ours.get_object(*WHERE, "big")
    assert found.data.content == body
    assert "content-md5" not in found.headers
    assert found.headers["opc-multipart-md5"] == said.headers["opc-multipart-md5"]
    assert ours.list_multipart_uploads(*WHERE).data == []


def test_uploads_and_their_parts_are_listed_until_they_end(ours: Any, bucket: Resource) -> None:
    details = models.CreateMultipartUploadDetails(object="big", metadata={"opc-meta-a": "1"}, content_type="text/plain")
    upload = ours.create_multipart_upload(*WHERE, details).data
    assert [each.upload_id for each in ours.list_multipart_uploads(*WHERE).data] == [upload.upload_id]
    tags = [ours.upload_part(*WHERE, "big", upload.upload_id, n, b"p" * n).headers["etag"] for n in (1, 2)]
    page = ours.list_multipart_upload_parts(*WHERE, "big", upload.upload_id, limit=1)
    more = ours.list_multipart_upload_parts(*WHERE, "big", upload.upload_id, page=page.headers["opc-next-page"])
    assert [(each.part_number, each.size) for each in page.data + more.data] == [(1, 1), (2, 2)]
    chosen = models.CommitMultipartUploadDetails(
        parts_to_commit=[models.CommitMultipartUploadPartDetails(part_num=2, etag=tags[1])]
    )
    ours.commit_multipart_upload(*WHERE, "big", upload.upload_id, chosen)
    found = ours.get_object(*WHERE, "big")
    assert (found.data.content, found.headers["content-type"], found.headers["opc-meta-a"]) == (
        b"pp",
        "text/plain",
        "1",
    )
    assert refused(ours.commit_multipart_upload, *WHERE, "big", upload.upload_id, chosen) == (404, "UploadNotFound")


def copying(name: str, region: str = PHOENIX, **more: Any) -> Any:
    return models.CopyObjectDetails(
        source_object_name="a",
        destination_region=region,
        destination_namespace=NAMESPACE,
        destination_bucket="lake",
        destination_object_name=name,
        **more,
    )


def test_a_copy_to_another_region_has_a_work_request(world: World, ours: Any, bucket: Resource) -> None:
    make(world, BUCKET, region=PHOENIX, namespace=NAMESPACE, name="lake")
    ours.put_object(*WHERE, "a", b"1", opc_meta={"x": "1"})
    said = ours.copy_object(*WHERE, copying("b"))
    done = oci.wait_until(ours, ours.get_work_request(said.headers["opc-work-request-id"]), "status", "COMPLETED").data
    assert (done.operation_type, [each.action_type for each in done.resources]) == ("COPY_OBJECT", ["READ", "WRITTEN"])
    assert ours.list_work_request_errors(done.id).data == []
    there = client(world, PHOENIX)
    found = there.get_object(*WHERE, "b")
    assert (found.data.content, found.headers["opc-meta-x"]) == (b"1", "1")
    assert refused(there.get_work_request, done.id) == (404, "NotAuthorizedOrNotFound")


def test_a_copy_that_may_not_be_leaves_nothing(world: World, ours: Any, bucket: Resource) -> None:
    other = make(world, BUCKET, region=PHOENIX, namespace=NAMESPACE, name="lake")
    etag = ours.put_object(*WHERE, "a", b"1").headers["etag"]
    wrong = [
        (copying("b", "us-nowhere-1"), (400, "InvalidRegion")),
        (copying("b", source_object_if_match_e_tag="other"), (412, "IfMatchFailed")),
        (copying("b", destination_object_if_match_e_tag=etag), (412, "IfMatchFailed")),
    ]
    for details, error in wrong:
        assert refused(ours.copy_object, *WHERE, details) == error
    for policy in world.find(POLICY):
        services.delete(world, policy.id)
    grant(world, "Allow any-user to manage object-family in tenancy where request.principal.type = 'user'")
    grant(world, "Allow service objectstorage-us-ashburn-1 to read objects in tenancy")
    assert refused(ours.copy_object, *WHERE, copying("b")) == (400, "InsufficientServicePermissions")
    assert client(world, PHOENIX).list_objects(NAMESPACE, other.body["name"]).data.objects == []
    grant(world, "Allow service objectstorage-us-ashburn-1 to manage object-family in tenancy")
    assert ours.copy_object(*WHERE, copying("b")).status == 202


def test_an_object_is_renamed_and_not_onto_itself(ours: Any, bucket: Resource) -> None:
    ours.put_object(*WHERE, "a", b"1", opc_meta={"x": "1"})
    ours.rename_object(*WHERE, models.RenameObjectDetails(source_name="a", new_name="b"))
    assert [each.name for each in ours.list_objects(*WHERE).data.objects] == ["b"]
    assert ours.head_object(*WHERE, "b").headers["opc-meta-x"] == "1"
    same = models.RenameObjectDetails(source_name="b", new_name="b")
    assert refused(ours.rename_object, *WHERE, same) == (400, "SourceNameSameAsNewName")
    ours.put_object(*WHERE, "a", b"2")
    onto = models.RenameObjectDetails(source_name="a", new_name="b", new_obj_if_none_match_e_tag="*")
    assert refused(ours.rename_object, *WHERE, onto) == (412, "IfNoneMatchFailed")
    assert ours.get_object(*WHERE, "b").data.content == b"1"


def test_several_objects_are_deleted_at_once(ours: Any, bucket: Resource) -> None:
    for name in ("a", "b"):
        ours.put_object(*WHERE, name, b"1")
    names = [models.BatchDeleteObjectIdentifier(object_name=name) for name in ("a", "none")]
    said = ours.batch_delete_objects(*WHERE, models.BatchDeleteObjectsDetails(objects=names)).data
    assert [each.object_name for each in said.deleted] == ["a"]
    assert [(each.object_name, each.status_code) for each in said.failed] == [("none", 404)]
    assert [each.name for each in ours.list_objects(*WHERE).data.objects] == ["b"]


def test_what_is_archived_is_seen_and_not_read(ours: Any, bucket: Resource) -> None:
    ours.put_object(*WHERE, "a", b"1", storage_tier="Archive")
    assert ours.head_object(*WHERE, "a").headers["archival-state"] == "Archived"
    assert refused(ours.get_object, *WHERE, "a") == (409, "NotRestored")
    assert ours.list_objects(*WHERE, fields="archivalState").data.objects[0].archival_state == "Archived"


def test_links_to_a_bucket_are_listed_without_what_opens_them(world: World, ours: Any, bucket: Resource) -> None:
    place = {"namespace": NAMESPACE, "bucket": "lake", "timeExpires": "2099-01-01T00:00:00Z"}
    make(world, LINK, **place, name="one", accessType="ObjectRead", objectName="a")
    make(world, LINK, **place, name="two", accessType="AnyObjectWrite")
    listed = ours.list_preauthenticated_requests(*WHERE).data
    assert sorted((each.name, each.object_name) for each in listed) == [("one", "a"), ("two", None)]
    answer = native.serve(world, asked("GET", f"{HOST}/n/{NAMESPACE}/b/lake/p", {}), ENGINEER)
    assert "accessUri" not in told(answer)[0]
    assert [each.name for each in ours.list_preauthenticated_requests(*WHERE, object_name_prefix="a").data] == ["one"]


@pytest.mark.parametrize("name", ["a\nb", "a\0", "x" * 1025])
def test_a_name_that_no_object_can_have_is_refused(ours: Any, bucket: Resource, name: str) -> None:
    assert refused(ours.put_object, *WHERE, name, b"") == (400, "InvalidObjectName")


def test_a_body_that_is_no_json_object_is_refused(world: World, bucket: Resource) -> None:
    for body in (b"{", b"[]"):
        request = asked("POST", f"{HOST}/n/{NAMESPACE}/b/lake/actions/renameObject", {}, body)
        with pytest.raises(ServiceError) as error:
            native.serve(world, request, ENGINEER)
        assert error.value.code == "InvalidJSON"


def test_what_is_of_the_bucket_itself_is_not_taken() -> None:
    taken = {
        path: native.takes(asked("GET", f"{HOST}{path}", {}))
        for path in ("/n", "/n/", "/n/x/b", "/n/x/b/y", "/n/x/b/y/o", "/n/x/b/y/o/a/b", "/n/x/b/y/l")
    }
    assert [path for path, mine in taken.items() if mine] == ["/n", "/n/", "/n/x/b/y/o", "/n/x/b/y/o/a/b"]


def test_a_host_of_one_namespace_serves_no_other(world: World, bucket: Resource) -> None:
    path = f"/n/{NAMESPACE}/b/lake/o"
    host = "objectstorage.us-ashburn-1.oci.customer-oci.com"
    assert native.serve(world, asked("GET", f"https://{NAMESPACE}.{host}{path}", {}), ENGINEER).status == 200
    with pytest.raises(ServiceError, match="is not of the namespace"):
        native.serve(world, asked("GET", f"https://globalvideo.{host}{path}", {}), ENGINEER)
