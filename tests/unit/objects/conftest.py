"""A seeded world with a bucket, and Oracle's own SDK as a client of it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import oci
import pytest

from rehearsal.world import Resource, World
from rehearsal.world.secret_keys import SecretKey
from tests.support.object_storage import object_storage
from tests.unit.objects.boto import Serve, key_of
from tests.unit.objects.sdk import client as native_client
from tests.unit.world.small import ASHBURN, BUCKET, make

NAMESPACE = "statesideus"


@pytest.fixture
def bucket(world: World) -> Resource:
    """A private bucket that keeps no versions."""
    return make(world, BUCKET, namespace=NAMESPACE, name="lake")


@pytest.fixture
def versioned(world: World) -> Resource:
    """A private bucket that keeps versions."""
    return make(world, BUCKET, namespace=NAMESPACE, name="kept", versioning="Enabled")


@pytest.fixture
def ours(world: World) -> Iterator["oci.object_storage.ObjectStorageClient"]:
    """A client of our tenancy in Ashburn."""
    return native_client(world, ASHBURN)


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
