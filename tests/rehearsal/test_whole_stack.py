"""The whole rehearsal stack, as `make up` deploys it: all of it is in the world, and a second run changes nothing."""

import re
from collections import Counter
from pathlib import Path

import pytest

from rehearsal.commands.opening import open_session
from rehearsal.commands.up import up
from rehearsal.home import Home
from rehearsal.world import World, is_seeded
from tests.unit.infra.recording import recorded

pytestmark = pytest.mark.engine


def adopted(token: str) -> str:
    """The type of what a resource is in the world: `DefaultSecurityList` takes over a `SecurityList`."""
    return re.sub(r"default(\w)(\w+):Default", lambda found: f"{found[1].lower()}{found[2]}:", token)


def test_everything_that_the_program_declares_is_in_the_world_and_a_second_up_changes_nothing(
    deployed_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    world = World.open(Home(deployed_home).world)
    recording = recorded("rehearsal").resources
    declared = Counter(adopted(each.type) for each in recording if each.custom and each.kind != "oci")
    made = Counter(each.type for each in world.find() if each.urn and not is_seeded(each))
    assert made == declared
    before = {each.id: each.body for each in world.find()}
    capfd.readouterr()
    up("rehearsal", Home(deployed_home))
    printed = capfd.readouterr().out
    with_stack = len(recording) + 1
    assert f"✓ rehearsal is up, and nothing changed: {with_stack} resources" in printed
    assert "› preview of rehearsal" in printed
    assert "› up of rehearsal" not in printed, "the program ran twice"
    assert {each.id: each.body for each in world.find()} == before


def test_a_refresh_finds_no_drift_and_a_preview_after_it_no_change(deployed_home: Path) -> None:
    session = open_session(Home(deployed_home))
    options = session.stack_options("rehearsal")
    for command in (("refresh", "--yes"), ("preview",)):
        run = session.run(*command, *options, "--expect-no-changes")
        assert run.returncode == 0, run.stdout[-3000:] + run.stderr
