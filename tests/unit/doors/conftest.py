"""A seeded world for each test, and a door to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal.world import World
from tests.unit.doors.engine import Provider, configured, served
from tests.unit.world.small import seeded


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A world of the test's own, as it is before anything is deployed."""
    return seeded(tmp_path)


@pytest.fixture
def address(world: World) -> Iterator[str]:
    """Where a door to the world listens."""
    with served(world) as address:
        yield address


@pytest.fixture
def provider(address: str) -> Iterator[Provider]:
    """A provider of ours in Ashburn."""
    provider = configured(address)
    yield provider
    provider.close()
