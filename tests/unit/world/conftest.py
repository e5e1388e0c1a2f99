"""A seeded world for each test."""

from pathlib import Path

import pytest

from rehearsal.world import World
from tests.unit.world.small import grant_everything, seeded


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A world of the test's own, as it is before anything is deployed, where everybody may do everything."""
    world = seeded(tmp_path)
    grant_everything(world)
    return world
