"""The door leads to both sides of Object Storage by the host's name, whoever calls."""

from pathlib import Path

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.dispatch import Dispatcher
from rehearsal.doors.api.messages import Response
from rehearsal.home import cache_directory
from rehearsal.world import Resource, World
from rehearsal.world.objects import versions
from tests.unit.objects.sdk import ENGINEER, NOBODY, asked
from tests.unit.world.small import change

NATIVE = "https://objectstorage.us-ashburn-1.oraclecloud.com/n/statesideus/b/lake/o/a/b"
S3 = "https://statesideus.compat.objectstorage.us-ashburn-1.oci.customer-oci.com/lake/a/b"


def answer(world: World, url: str, caller: object) -> Response:
    who = Caller(caller.tenancy, caller.user)  # type: ignore[attr-defined]
    return Dispatcher(world, cache_directory()).serve(asked("GET", url, {}), who)


def test_each_host_leads_to_its_side(world: World, bucket: Resource, tmp_path: Path) -> None:
    versions.put(world, bucket, "a/b", b"1")
    assert answer(world, NATIVE, ENGINEER).body == b"1"
    refused = answer(world, S3, ENGINEER)
    assert (refused.status, b"<Code>AccessDenied</Code>" in refused.body) == (403, True)
    assert refused.headers["opc-request-id"]


def test_nobody_known_reads_what_is_public_and_no_more(world: World, bucket: Resource) -> None:
    versions.put(world, bucket, "a/b", b"1")
    assert answer(world, NATIVE, NOBODY).status == 404
    change(world, bucket, accessType="ObjectRead")
    assert answer(world, NATIVE, NOBODY).body == b"1"
