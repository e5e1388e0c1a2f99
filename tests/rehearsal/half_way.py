"""A run that is met in the middle: its creations are stretched, and waited for."""

import subprocess
import time

from rehearsal.home import Home
from rehearsal.world import Resource, World, is_seeded
from tests.support.checkout import Checkout

RESOURCES = 42
"""What the small program makes."""


def slow_down(checkout: Checkout, after: int) -> None:
    """Stretches the creations, the last ones so far that no kill between, before or inside them comes late."""
    for times, seconds in ((after, 0.1), (RESOURCES - after, 2.0)):
        ordered = checkout.run(
            "fault", "slow", "--operation", "create", "--times", str(times), "--seconds", str(seconds)
        )
        assert ordered.returncode == 0, ordered.stderr


def wait_for_resources(home: Home, count: int, run: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 120
    while len(made(home)) < count:
        assert run.poll() is None, "the run ended before the moment came"
        assert time.monotonic() < deadline
        time.sleep(0.01)


def made(home: Home) -> list[Resource]:
    return [resource for resource in World.open(home.world).find() if not is_seeded(resource)]
