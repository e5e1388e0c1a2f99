"""A seeded world in which everybody may do everything, and clients of the SDK over it."""

from pathlib import Path

import pytest

from rehearsal.world import World
from tests.unit.api.clients import Clients
from tests.unit.world.small import grant_everything, seeded


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = seeded(tmp_path)
    grant_everything(world)
    return world


@pytest.fixture
def clients(world: World) -> Clients:
    return Clients.over(world)
