"""How far a run has come, and how that is shown in a log and on a terminal."""

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from runs.events import Event, Judged, Resource, Started, StepEnded, StepFailed, StepStarted
from runs.progress import Line, Progress
from runs.views import Lines, LiveView, view_for
from runs.views.live import picture
from runs.views.words import out_of, span
from tests.unit.runs.digests import urn


def resource(name: str, operation: str = "create", system: str = "data", kind: str = "oci:a/b:Bucket") -> Resource:
    return Resource(urn(name, kind, system), kind, operation, (), None, None)


def begun(at: int, *arguments: Any, **more: Any) -> StepStarted:
    return StepStarted(at, resource(*arguments, **more), False)


def ended(at: int, *arguments: Any, **more: Any) -> StepEnded:
    return StepEnded(at, resource(*arguments, **more), False)


def progress(*events: Event, expected: dict[str, int] | None = None, changes_only: bool = False) -> Progress:
    made = Progress(expected or {}, changes_only)
    for event in events:
        made.take(event)
    return made


def test_a_run_goes_through_its_phases() -> None:
    assert progress().phase == "starting the engine"
    assert progress(Started(1)).phase == "running the program"
    assert progress(Started(1), Judged("urn", frozenset())).phase == "running the program"
    assert progress(Started(1), Judged("", frozenset())).phase == "finishing"


def test_what_is_done_is_counted_by_system_and_each_resource_once() -> None:
    run = progress(
        begun(1, "a"), ended(2, "a"), begun(2, "a", "delete-replaced"), ended(3, "a", "delete-replaced"),
        begun(1, "b", system="network"), StepFailed(2, resource("b", system="network")), begun(3, "c"),
        ended(1, "component", kind="stateside:data:Part"),
        expected={"data": 2, "keys": 1},
    )  # fmt: skip
    assert run.lines() == [Line("data", 1, 2), Line("keys", 0, 1), Line("network", 1, 1)]
    assert (run.done, run.of) == (2, 3)
    assert [(each.words, each.since) for each in run.under_way()] == [("creates Bucket c", 3)]


def test_an_up_counts_what_changes_and_not_what_stays() -> None:
    stays, changes = ended(1, "a", "same"), ended(1, "b", "update")
    assert progress(stays, changes, changes_only=True).done == 1
    assert progress(stays, changes).done == 2


def test_nobody_knows_of_how_many_before_the_first_run() -> None:
    run = progress(ended(1, "a"))
    assert (run.of, run.lines()) == (None, [Line("data", 1, None)])


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0:00"), (7.9, "0:07"), (75, "1:15"), (3599, "59:59"), (3723, "1:02:03")]
)
def test_time_is_written_as_people_read_it(seconds: float, words: str) -> None:
    assert span(seconds) == words


def test_numbers_have_their_commas() -> None:
    assert (out_of(1200, 1845), out_of(1200, None)) == ("1,200 of 1,845", "1,200")


class Clock:
    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


def test_a_log_gets_a_line_at_the_start_and_one_each_half_minute() -> None:
    console, clock = Console(file=StringIO(), width=120), Clock()
    with Lines(console, clock).watching("up", "us-prod", {"data": 1845}) as show:
        for _ in range(1000):
            clock.time += 0.07
            show(None)
        show(ended(165, "a"))
        show(begun(168, "b"))
        clock.time = 191.0
        show(Started(190))
        show(None)
    assert isinstance(console.file, StringIO)
    assert console.file.getvalue().splitlines() == [
        "› up of us-prod",
        "› up of us-prod: starting the engine, 0 of 1,845 resources, 0:30",
        "› up of us-prod: starting the engine, 0 of 1,845 resources, 1:00",
        "› up of us-prod: running the program, 1 of 1,845 resources, 1:31; longest under way: creates Bucket b, 0:23",
    ]


def drawn(run: Progress, width: int, now: float) -> list[str]:
    console = Console(file=StringIO(), width=width)
    console.print(picture("up of us-prod", run, 75, now))
    assert isinstance(console.file, StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


@pytest.mark.parametrize("width", [40, 80, 140])
def test_the_live_view_says_phase_systems_and_what_is_under_way_within_its_width(width: int) -> None:
    many = [begun(100 + number, f"a-bucket-with-a-rather-long-name-{number}") for number in range(9)]
    run = progress(Started(100), *many, ended(101, "x", system="network"), expected={"data": 9, "network": 2})
    shown = drawn(run, width, 110)
    assert all(len(line) <= width for line in shown)
    assert "1 of 11 resources  1:15" in shown[0]
    assert shown[1].split()[:4] == ["data", "0", "of", "9"]
    assert shown[2].split()[:4] == ["network", "1", "of", "2"]
    assert shown[3] == "  under way"
    assert shown[4].strip().startswith("creates Bucket a-bucket") and shown[4].endswith("0:10")
    assert shown[-1].strip() == "and 3 more"


def test_the_live_view_is_for_terminals_alone_and_leaves_nothing_behind() -> None:
    log = Console(file=StringIO())
    terminal = Console(file=StringIO(), force_terminal=True, width=80, height=24, _environ={"TERM": "xterm"})
    assert isinstance(view_for(log), Lines)
    view = view_for(terminal)
    assert isinstance(view, LiveView)
    with view.watching("up", "dev", {}) as show:
        show(Started(1))
        show(None)
    assert isinstance(terminal.file, StringIO)
    assert "up of dev" in terminal.file.getvalue()
