"""A seeded world in which everybody may do everything, and clients of the SDK over it."""

import pytest

from rehearsal.world import World
from tests.unit.api.clients import Clients


@pytest.fixture
def clients(world: World) -> Clients:
    return Clients.over(world)
