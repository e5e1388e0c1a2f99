"""Who is asked for a signature of Oracle's: everybody, but for the S3 side and for what a bucket shows in public."""

import json

import pytest

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.dispatch import Dispatcher
from rehearsal.doors.api.front import NOBODY, Front
from rehearsal.doors.api.messages import Request, Response
from rehearsal.home import cache_directory
from rehearsal.world import World
from tests.unit.world.small import ASHBURN, BUCKET, make

NATIVE, S3 = f"objectstorage.{ASHBURN}.oraclecloud.com", f"statesideus.compat.objectstorage.{ASHBURN}.oraclecloud.com"


class Heard:
    """Services that note who called."""

    def __init__(self) -> None:
        self.callers: list[Caller] = []

    def __call__(self, request: Request, caller: Caller) -> Response:
        self.callers.append(caller)
        return Response(200)


@pytest.mark.parametrize(
    ("host", "headers"), [(S3, {}), (S3, {"authorization": "AWS4-HMAC-SHA256 Credential=x"}), (NATIVE, {})]
)
def test_the_s3_side_and_public_reads_come_without_a_signature_of_oracle(
    world: World, host: str, headers: dict[str, str]
) -> None:
    heard = Heard()
    assert Front(world, heard)(Request("GET", host, "/n/statesideus/b/x/o/y", headers)).status == 200
    assert heard.callers == [NOBODY]


@pytest.mark.parametrize(
    ("host", "headers"),
    [(f"iaas.{ASHBURN}.oraclecloud.com", {}), (NATIVE, {"authorization": 'Signature version="1"'})],
)
def test_everybody_else_has_to_sign(world: World, host: str, headers: dict[str, str]) -> None:
    heard = Heard()
    answer = Front(world, heard)(Request("GET", host, "/n/statesideus/b/x/o/y", headers))
    assert (answer.status, json.loads(answer.body)["code"]) == (401, "NotAuthenticated")
    assert heard.callers == []


def test_nobody_reads_what_is_public_and_nothing_else(world: World) -> None:
    for name, access in (("shown", "ObjectRead"), ("kept", "NoPublicAccess")):
        make(world, BUCKET, namespace="statesideus", name=name, accessType=access)
    door = Front(world, Dispatcher(world, cache_directory()).serve)

    def status(path: str) -> int:
        return door(Request("GET", NATIVE, path, {})).status

    assert status("/n/statesideus/b/shown/o") == 200
    assert status("/n/statesideus/b/kept/o") == 404
    assert status("/n/statesideus/b") == 401
    assert status("/n/") == 401
