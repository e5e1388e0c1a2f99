"""`kill -9` in the middle of an `up`: another `up` converges, and nothing is orphaned or doubled.

The moments are random but real: each falls while the engine is creating resources, after as many of them as the case
says. `STATESIDE_TEST_SEED` repeats a run.
"""

import json
import os
import random
import subprocess
import time
from collections import Counter
from typing import Any

import psutil
import pytest

from rehearsal.doors.provider.process import door_process
from rehearsal.home import Home
from rehearsal.world import World
from rehearsal.world.faults import cancel_all
from tests.rehearsal.half_way import RESOURCES, made, slow_down, wait_for_resources
from tests.support.checkout import Checkout
from tests.support.processes import command_of, processes_of

pytestmark = pytest.mark.engine

UNCHANGED = RESOURCES + 2  # and the stack and its provider
MOMENTS = 10
SEED = int(os.environ.get("STATESIDE_TEST_SEED", time.time_ns() % 10_000))
VICTIMS = ("engine", "door", "command")


def cases() -> list[tuple[str, int, float]]:
    """Who is killed, after how many creations, and how long after those (in seconds)."""
    choose = random.Random(SEED)  # noqa: S311
    return [
        (VICTIMS[index % len(VICTIMS)], choose.randint(1, RESOURCES - 4), round(choose.uniform(0, 0.2), 3))
        for index in range(MOMENTS)
    ]


@pytest.mark.parametrize(("victim", "after", "pause"), cases())
def test_another_up_converges_after_a_kill(quick_checkout: Checkout, victim: str, after: int, pause: float) -> None:
    checkout = quick_checkout
    home = Home(checkout.home)
    slow_down(checkout, after)
    output: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    run = subprocess.Popen(checkout.command("up"), cwd=checkout.path, env=checkout.environment(), **output)
    wait_for_resources(home, after, run)
    time.sleep(pause)
    kill(victim, run, home)
    run.communicate(timeout=120)
    assert run.returncode
    wait_until_quiet(checkout)
    cancel_all(World.open(home.world))
    assert len(made(home)) < RESOURCES, "the kill came too late to mean anything"

    again = checkout.run("up")
    assert again.returncode == 0, again.stdout + again.stderr
    in_world = made(home)
    assert len(in_world) == RESOURCES
    assert max(Counter(resource.urn for resource in in_world).values()) == 1
    assert {resource.urn for resource in in_world} == in_state(home)

    third = checkout.run("up")
    assert f"nothing changed: {UNCHANGED} resources" in third.stdout
    assert "pending" not in third.stdout + third.stderr


def kill(victim: str, run: "subprocess.Popen[bytes]", home: Home) -> None:
    command = psutil.Process(run.pid)
    match victim:
        case "engine":
            target = next(child for child in command.children(recursive=True) if child.name() == "pulumi")
        case "door":
            found = door_process(home)
            assert found is not None
            target = found
        case _:
            target = command
    target.kill()


def wait_until_quiet(checkout: Checkout) -> None:
    """Waits until the killed run's processes have gone; only the door may stay."""
    deadline = time.monotonic() + 30
    while left := [c for c in map(command_of, processes_of(checkout)) if c and "rehearsal.doors.provider" not in c]:
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


def in_state(home: Home) -> set[str]:
    state = json.loads((home.state / ".pulumi/stacks/stateside/rehearsal.json").read_text(encoding="utf-8"))
    deployment = state["checkpoint"]["latest"]
    assert not deployment.get("pending_operations")
    return {r["urn"] for r in deployment["resources"] if r["type"].startswith("oci:")}
