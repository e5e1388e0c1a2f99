"""What `make status` and `make lanes` say, also where there is nothing."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from boundary import load_boundary
from rehearsal.commands.lanes import NONE, show_lanes
from rehearsal.commands.status import NOTHING, show_status
from rehearsal.home import Home
from rehearsal.toolchain.session import Session
from rehearsal.world import FaultKind, World, order, order_late_iam, order_late_states, seed, take_down
from tests.policies.builder import boundary


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("STATESIDE_HOSTS", "off")
    return Home(tmp_path / "home")


def status(home: Home) -> list[str]:
    console = Console(file=StringIO(), width=100)
    show_status(home, load_boundary(), console)
    assert isinstance(console.file, StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines() if line.strip()]


def test_where_nothing_is_set_up_there_is_one_sentence_and_nothing_is_made(home: Home) -> None:
    assert status(home) == [NOTHING]
    assert not home.path.exists()


def test_a_world_without_a_stack_says_so_and_what_is_on_order(home: Home) -> None:
    home.create()
    world = World.open(home.world)
    seed(world, load_boundary())
    order(world, FaultKind.SLOW, type="*Vcn", operation="create", times=3, seconds=5)
    order(world, FaultKind.INTERNAL_ERROR)
    take_down(world, "us-phoenix-1")
    order_late_iam(world, 20)
    order_late_states(world, 0)
    assert status(home) == [
        "no stack is up; `make up` deploys the rehearsal",
        "  hosts         off: STATESIDE_HOSTS is off; unset it to have them",
        "  door          closed; it opens with the next command",
        "  API door      closed; `make api` opens it",
        "  faults        us-phoenix-1 is down",
        "                slow for create of *Vcn, 3 times, by 5 s",
        "                internal-error for any call of any type, 1 time",
        "                what is made of IAM is there 20 s late",
        f"  home          {home.path}",
    ]


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=3), "deployed just now"),
        (timedelta(minutes=1, seconds=30), "deployed 1 minute ago"),
        (timedelta(hours=5), "deployed 5 hours ago"),
        (timedelta(days=2), "deployed 2 days ago"),
        (None, "never deployed"),
    ],
)
def test_a_stack_has_its_resources_by_system_its_age_and_its_lanes(
    home: Home, age: timedelta | None, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.create()
    seed(World.open(home.world), load_boundary())
    state = Session(home, 0).state_file("us-prod")
    state.parent.mkdir(parents=True)
    written = age and {"manifest": {"time": (datetime.now(UTC) - age).isoformat()}}
    state.write_text(json.dumps({"checkpoint": {"latest": written}}), encoding="utf-8")
    said = status(home)
    assert said[0] == "us-prod: 0 resources, nothing is deployed"
    assert "  lanes         us-prod-code" in said[1]
    found = {"us-prod": {"data": 2, "network": 1}}
    monkeypatch.setattr("rehearsal.commands.status._counts", lambda _: found)
    said = status(home)
    assert said[0] == f"us-prod: 3 resources, {words}"
    assert said[1] == "  systems       data 2, network 1"


def lanes(width: int) -> list[str]:
    console = Console(file=StringIO(), width=width)
    show_lanes(load_boundary(), console)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue().splitlines()


def test_every_lane_has_its_end_and_its_people_within_eighty_columns() -> None:
    said = lanes(80)
    declared = load_boundary().declared_lanes
    assert len(said) == 2 * len(declared)
    assert {line.split()[0] for line in said[::2]} == {lane.name for lane in declared}
    assert said[1] == "  Head of platform; approved by Head of security; SPLIT-101"
    assert "off by the content switch" in next(line for line in said if line.startswith("us-prod-content-live"))


def test_a_boundary_without_lanes_says_that_nothing_may_cross() -> None:
    console = Console(file=StringIO())
    show_lanes(boundary(), console)
    assert isinstance(console.file, StringIO)
    assert console.file.getvalue().strip() == NONE
