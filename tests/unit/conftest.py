"""A seeded world for whoever asks for one. Property tests have no deadline: a slow machine is no failure."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from rehearsal.world import World

settings.register_profile("stateside", deadline=None)
settings.load_profile("stateside")


@pytest.fixture
def world(tmp_path: Path) -> "World":
    """A world of the test's own, as it is before anything is deployed, where everybody may do everything."""
    # The quick tests that need no world don't load one.
    from tests.unit.world.small import grant_everything, seeded

    world = seeded(tmp_path)
    grant_everything(world)
    return world
