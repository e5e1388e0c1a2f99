"""Losing a region, with the real engine: the other half goes on, and nothing of the lost half is lost."""

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from boundary import find_region, load_boundary
from rehearsal.commands.lost import without
from rehearsal.world import bring_back, take_down
from tests.support.engine import Engine

pytestmark = pytest.mark.engine

PROGRAM = Path(__file__).parent / "programs" / "regions"
REGIONS = ["us-ashburn-1", "us-phoenix-1"]


class TwoRegions:
    """The program of two regions, deployed in a world of its own."""

    def __init__(self, engine: Engine, project: Path) -> None:
        self.engine = engine
        project.mkdir()
        (project / "Pulumi.yaml").write_text((PROGRAM / "Pulumi.yaml").read_text(encoding="utf-8"), encoding="utf-8")
        engine.run("stack", "init", "dev", cwd=project, check=True)
        self._where = ("-s", "dev", "--config-file", str(project / "Pulumi.dev.yaml"))

    def set(self, key: str, value: str) -> None:
        self.engine.run("config", "set", *self._where, f"stateside:{key}", value, cwd=PROGRAM, check=True)

    def unset(self, key: str) -> None:
        self.engine.run("config", "rm", *self._where, f"stateside:{key}", cwd=PROGRAM, check=True)

    def run(self, command: str, *options: str) -> "CompletedProcess[str]":
        more = [] if command == "preview" else ["--yes", "--skip-preview"]
        return self.engine.run(command, *self._where, *more, *options, cwd=PROGRAM)

    def by_region(self, region: str) -> dict[str, object]:
        """What the stack has in a region, to compare before and after; the global things under no region."""
        return {r.urn.rpartition("::")[2]: r.body for r in self.engine.made() if r.region == region}


@pytest.fixture
def stack(fresh_engine: Engine, tmp_path: Path) -> TwoRegions:
    stack = TwoRegions(fresh_engine, tmp_path / "project")
    up = stack.run("up")
    assert up.returncode == 0, up.stdout + up.stderr
    return stack


@pytest.mark.parametrize("lost", REGIONS)
def test_the_other_half_goes_on_and_when_it_is_back_nothing_is_lost(stack: TwoRegions, lost: str) -> None:
    (left,) = (name for name in REGIONS if name != lost)
    key, lost_key = (found.key for name in (left, lost) if (found := find_region(name)))
    before = {name: stack.by_region(name) for name in (lost, left, "")}
    take_down(stack.engine.world, lost)
    stack.set("more", "2")
    stack.set("name", "changed")
    failed = stack.run("up")
    assert failed.returncode
    assert f"503-ServiceUnavailable, The service is currently unavailable in {lost}." in failed.stdout

    stack.set("lost", lost)
    options = without(lost, "dev", {"config": {"stateside:regions": REGIONS}}, load_boundary()).options
    shown = stack.run("preview", *options)
    assert shown.returncode == 0, shown.stdout
    assert "delete" not in shown.stdout
    done = stack.run("up", *options)
    assert done.returncode == 0, done.stdout
    now = {name: stack.by_region(name) for name in (lost, left, "")}
    assert (now[lost], now[""]) == (before[lost], before[""])
    assert now[left].keys() == before[left].keys() | {f"more-{key}-0", f"more-{key}-1"}
    assert f"network-{key} updated" in done.stdout + failed.stdout

    bring_back(stack.engine.world, lost)
    stack.unset("lost")
    back = stack.run("up")
    assert back.returncode == 0, back.stdout
    assert "deleted" not in back.stdout
    assert stack.by_region(lost).keys() == before[lost].keys() | {f"more-{lost_key}-0", f"more-{lost_key}-1"}
    assert stack.by_region(left) == now[left]
    again = stack.run("up").stdout
    assert "18 unchanged" in again
    assert "changes" not in again
