"""What the tests of the S3 side share: a key of an engineer's, and how a client says that it was refused."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.world import World
from rehearsal.world.secret_keys import SecretKey, issue
from tests.support.object_storage import ObjectStorage
from tests.unit.world.small import make, tenancy

USER = "oci:Identity/user:User"
MIB = 1024 * 1024
Serve = Callable[..., ObjectStorage]


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
