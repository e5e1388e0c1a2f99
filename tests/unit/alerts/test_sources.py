"""What a run's results, lanes and guards are as looks."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assurance.alerts.alert import Alert, Kind, Origin
from assurance.alerts.life import advance
from assurance.alerts.observation import identity
from assurance.alerts.sources.lanes import lanes
from assurance.alerts.sources.origin import origin_of, origin_of_run
from assurance.alerts.sources.results import take
from boundary import Boundary, BoundaryError, Lane, load_boundary
from runs.record import Record
from tests.unit.alerts.made import LOOK, finding, results, write_results

ROOT = Path(__file__).parents[3]
LINK = "oci:ObjectStorage/preauthrequest:Preauthrequest::us-prod-lane-code-iad"


def test_a_cause_is_one_alert_and_names_what_else_was_found_of_it(tmp_path: Path) -> None:
    way = ["Object Storage", "our gateway", "the internet"]
    found = [
        finding("gate", path="peerId", place={"file": "infra/network/hub.py", "line": 12}, flow=way),
        finding("flow", rule="flow", says="data can leave"),
        finding("link"),
    ]
    document = results(found, causes=[{"main": 0, "also": [1]}, {"main": 2, "also": []}])
    taken = take(write_results(tmp_path, document), "us-prod").found
    first, second = (each.subject for each in taken.found)
    assert (first.says, first.place, first.way) == (
        "LocalPeeringGateway gate: peerId: this type is denied",
        "infra/network/hub.py:12",
        tuple(way),
    )
    assert (first.system, first.severity, first.kind) == ("network", "high", Kind.VIOLATION)
    assert first.also == ("flow: LocalPeeringGateway flow: data can leave",)
    assert (second.resource.rpartition("::")[2], second.also) == ("link", ())
    assert taken.present == {identity("us-prod", each["id"]) for each in found}
    assert taken.rules == {"peering", "exposure", "flow"}


def test_a_run_that_does_not_count_is_a_guard_that_is_off_until_one_does(tmp_path: Path) -> None:
    taken = take(write_results(tmp_path, results(unproved="a rule had no say")), "us-prod")
    assert not taken.found.whole
    (off,) = taken.proof.found
    assert (off.subject.kind, off.subject.says) == (Kind.GUARD, "a run does not count: a rule had no say")
    known = {each.id: each for each in advance({}, taken.proof, _moment(0)).alerts}
    mended = take(write_results(tmp_path, results()), "us-prod")
    assert [each.event for each in advance(known, mended.proof, _moment(1)).messages] == ["resolved"]


def test_a_run_of_a_part_is_another_look_than_one_of_the_whole(tmp_path: Path) -> None:
    Record(write_results(tmp_path / "a", results())).select(("--exclude=**::*-iad",))
    Record(write_results(tmp_path / "b", results())).select(("--exclude=**::*-phx",))
    whole = take(write_results(tmp_path / "c", results()), "us-prod").found.look
    parts = [take(tmp_path / each, "us-prod").found.look for each in "ab"]
    assert len({str(each) for each in (whole, *parts)}) == 3
    assert [whole.covers(str(each)) for each in parts] == [True, True]
    assert not parts[0].covers(str(whole))
    assert not parts[0].covers(str(parts[1]))
    (tmp_path / "c" / "selection.json").write_text("{", encoding="utf-8")
    assert take(tmp_path / "c", "us-prod").found.look.part


def test_a_run_of_another_day_is_taken_on_that_day_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Record(write_results(tmp_path, results())).select(("STATESIDE_NOW=2099-01-01T00:00:00+00:00",))
    with pytest.raises(BoundaryError, match="is of a run with its clock set ahead"):
        take(tmp_path, "us-prod")
    monkeypatch.setenv("STATESIDE_NOW", "2099-01-01T00:00:00Z")
    assert take(tmp_path, "us-prod").found.look.part == ""


def test_a_secret_of_a_message_is_not_taken(tmp_path: Path) -> None:
    document = results([finding(says="password=hunter2222 is written here")])
    (found,) = take(write_results(tmp_path, document), "us-prod").found.found
    assert "hunter2222" not in found.subject.model_dump_json()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "can't be read (No such file or directory); run the preview first"),
        ("{", "is no JSON; run the preview again"),
        ("[]", "holds no results of version 2; run the preview again"),
        (json.dumps(results(version=1)), "holds no results of version 2; run the preview again"),
        (json.dumps(results([{"id": "x"}])), "holds no results of version 2; run the preview again"),
        (json.dumps(results(causes=[{"main": 4, "also": []}])), "holds no results of version 2; run the preview again"),
        (
            json.dumps(results([finding(stack="us-staging")])),
            "the results are of the stack us-staging, not us-prod; name that one with --stack",
        ),
    ],
)
def test_results_that_cannot_be_taken_are_one_sentence(tmp_path: Path, text: str | None, says: str) -> None:
    if text is not None:
        (tmp_path / "results.json").write_text(text, encoding="utf-8")
    with pytest.raises(BoundaryError) as raised:
        take(tmp_path / "results.json", "us-prod")
    assert str(raised.value).endswith(says)


def _moment(days: float) -> Any:
    """So many days after the lane below opens."""
    return _lane().opens + timedelta(days=days)


def _lane() -> Lane:
    return next(each for each in load_boundary().lanes if each.name == "us-prod-code")


def _boundary(*changed: Lane) -> Boundary:
    """A boundary of this one lane, as it may have been changed."""
    return load_boundary().model_copy(update={"standing_lanes": changed})


class Watched:
    """What is told of one lane as days pass."""

    def __init__(self) -> None:
        self.known: dict[str, Alert] = {}
        self.boundary = _boundary(_lane())

    def on(self, days: float, used: bool = False, deployed: set[str] | None = frozenset()) -> list[str]:  # type: ignore[assignment]
        """What is told on a day."""
        there = None if deployed is None else frozenset(deployed)
        seen = lanes(LOOK, self.boundary, _moment(days), frozenset({"us-prod-code"} if used else ()), there)
        turn = advance(self.known, seen, _moment(days))
        self.known |= {each.id: each for each in turn.alerts}
        own = identity("us-prod", "lane", "us-prod-code")
        return [each.says for each in turn.messages if each.alert.id == own]

    @property
    def severity(self) -> str:
        return self.known[identity("us-prod", "lane", "us-prod-code")].subject.severity


def test_a_lane_is_told_when_it_opens_is_used_and_before_its_end_each_once() -> None:
    lane, watched = _lane(), Watched()
    days = (lane.expires - lane.opens).days
    told = {day: watched.on(day, used=day >= 2) for day in range(-1, days)}
    assert {day: [each.split("; owner")[0] for each in says] for day, says in told.items() if says} == {
        0: ["lane us-prod-code: code may come in until 2027-01-22 is open"],
        2: [f"lane us-prod-code is used: a run needed it for {LINK}"],
        days - 14: ["lane us-prod-code ends within 14 days, on 2027-01-22"],
        days - 7: ["lane us-prod-code ends within 7 days, on 2027-01-22"],
        days - 1: ["lane us-prod-code ends within 1 day, on 2027-01-22"],
    }
    assert watched.severity == "high"
    assert watched.on(days) == ["no longer found (us-prod: lanes of the boundary)"]


def test_a_lane_whose_link_stands_after_its_end_is_one_alert_until_it_is_gone() -> None:
    lane, watched = _lane(), Watched()
    days = (lane.expires - lane.opens).days
    watched.on(days - 1, deployed={LINK})
    assert watched.on(days, deployed={LINK}) == [f"lane us-prod-code ended on 2027-01-22, and {LINK} is still there"]
    assert watched.severity == "critical"
    assert watched.on(days + 1, deployed={LINK}) == []
    assert watched.on(days + 2, deployed=None) == []
    assert watched.on(days + 3) == ["no longer found (us-prod: lanes of the boundary)"]


def test_a_lane_with_other_terms_is_told_and_its_end_anew() -> None:
    lane, watched = _lane(), Watched()
    days = (lane.expires - lane.opens).days
    watched.on(days - 5)
    watched.boundary = _boundary(lane.model_copy(update={"expires": lane.expires - timedelta(days=1)}))
    other = watched.on(days - 5)
    assert [each.split(" (")[0].split(";")[0] for each in other] == [
        "lane us-prod-code: code may come in until 2027-01-21 has other terms now",
        "lane us-prod-code ends within 7 days, on 2027-01-21",
    ]
    watched.boundary = _boundary()
    assert watched.on(days - 4) == ["no longer found (us-prod: lanes of the boundary)"]


def test_the_stages_of_a_lane_are_the_same_in_every_run() -> None:
    code = """
from datetime import timedelta
from assurance.alerts.observation import Look
from assurance.alerts.sources.lanes import lanes
from boundary import load_boundary
boundary = load_boundary()
for each in lanes(Look("us-prod", "state"), boundary, boundary.cutover - timedelta(days=30), frozenset(), None).found:
    print(*(stage.key for stage in each.stages))
"""
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    ]
    assert len(set(runs)) == 1
    assert runs[0].count("terms@") == 5


def test_who_wrote_a_line_is_asked_of_git_and_else_the_run_says() -> None:
    run = Origin(who="Ann", commit="1" * 40)
    assert origin_of("", ROOT, run) == run
    assert origin_of("gone.py:3", ROOT, run) == run
    assert origin_of("LICENSE:1", Path("/"), run) == run
    if (ROOT / ".git").exists():
        assert len(origin_of("LICENSE:1", ROOT, run).commit) == 40
        assert origin_of("LICENSE:1", ROOT, run) != run
        assert len(origin_of_run(ROOT, "", "").commit) == 40
    assert origin_of_run(ROOT, "Ann", "1" * 40) == run
