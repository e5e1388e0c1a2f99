"""A seeded world with a bucket, and Oracle's own SDK as a client of it."""

from collections.abc import Iterator
from pathlib import Path

import oci
import pytest

from rehearsal.world import Resource, World
from tests.unit.objects.sdk import client
from tests.unit.world.small import ASHBURN, BUCKET, grant_everything, make, seeded

NAMESPACE = "statesideus"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A world of the test's own where everybody may do everything."""
    world = seeded(tmp_path)
    grant_everything(world)
    return world


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
    return client(world, ASHBURN)
