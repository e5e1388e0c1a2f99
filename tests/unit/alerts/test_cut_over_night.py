"""The night of the cut-over in us-prod: from fourteen days before to the day after, with no hand on the boundary.

The clock is moved over the program, the alerts and the pack; the engine's own preview of that day is tried in
`tests/rehearsal/test_lanes.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from assurance.alerts.alert import Alert, Severity
from assurance.alerts.life import advance
from assurance.alerts.sources.lanes import lanes
from boundary import Boundary, load_boundary
from policies.core import Resource
from policies.pack import build_pack
from tests.policies.builder import PROVIDER
from tests.support.lanes import CUTOVER, with_open_lanes
from tests.unit.alerts.made import LOOK
from tests.unit.infra.recording import Declared, Recording, run_program

STACK, LINK = "us-prod", "Preauthrequest"
ENDING = ("us-prod-code", "us-prod-models", "us-prod-us-users")
STAYING = {"us-prod-non-us-users", "us-prod-content-catalogue"}


@dataclass(frozen=True)
class Night:
    """The boundary, and what the program declares before the cut-over and from then on."""

    boundary: Boundary
    before: Recording
    after: Recording

    def told(self, day: int, known: dict[str, Alert], there: Recording) -> list[str]:
        """What the alerts tell so many days after the cut-over, with this deployed."""
        moment = CUTOVER + timedelta(days=day)
        deployed = frozenset(f"{each.type}::{each.name}" for each in there.resources)
        turn = advance(known, lanes(LOOK, self.boundary, moment, frozenset(), deployed), moment)
        known |= {each.id: each for each in turn.alerts}
        return sorted(each.says for each in turn.messages)

    def found(self, day: int, links: Iterable[Declared]) -> dict[str, list[str]]:
        """What the pack finds of links on a day."""
        judge = build_pack(self.boundary, lambda: CUTOVER + timedelta(days=day)).judge
        ours = replace(PROVIDER, properties={**PROVIDER.properties, "tenancyOcid": self.boundary.tenancy.ocid})
        judged = (Resource(each.urn, each.type, each.name, each.inputs, ours) for each in links)
        verdicts = ((each.name, judge.judge(each)) for each in judged)
        return {name: [each.rule for each in verdict.findings] for name, verdict in verdicts}


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    file = tmp_path_factory.mktemp("night") / "boundary.yaml"
    file.write_text(with_open_lanes(STACK), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STATESIDE_BOUNDARY", str(file))
        patch.delenv("STATESIDE_NOW", raising=False)
        before = run_program(STACK)
        patch.setenv("STATESIDE_NOW", CUTOVER.isoformat())
        yield Night(load_boundary(file), before, run_program(STACK))


def keys(program: Recording) -> set[tuple[str, str]]:
    return {(each.type, each.name) for each in program.resources}


def links(program: Recording) -> list[Declared]:
    return program.of(LINK)


def test_each_warning_is_told_once_and_a_link_left_standing_is_one_alert_until_it_is_gone(night: Night) -> None:
    known: dict[str, Alert] = {}
    night.told(-20, known, night.before)
    told = {day: night.told(day, known, night.before) for day in (-14, -7, -1, 0)}
    ended = f"{CUTOVER:%Y-%m-%d}"
    assert told == {
        -14: [f"lane {lane} ends within 14 days, on {ended}" for lane in ENDING],
        -7: [f"lane {lane} ends within 7 days, on {ended}" for lane in ENDING],
        -1: [f"lane {lane} ends within 1 day, on {ended}" for lane in ENDING],
        0: [f"lane {lane} ended on {ended}, and {_link(lane)} is still there" for lane in ENDING],
    }
    assert [each.subject.severity for each in known.values()].count(Severity.CRITICAL) == len(ENDING)
    assert night.told(0, known, night.before) == []
    assert night.told(1, known, night.after) == ["no longer found (us-prod: lanes of the boundary)"] * len(ENDING)
    assert night.told(1, known, night.after) == []


def test_on_that_night_the_lanes_that_end_go_with_all_they_are_made_of_and_nothing_else_changes(night: Night) -> None:
    gone = [each for each in night.before.resources if (each.type, each.name) in keys(night.before) - keys(night.after)]
    ways = {f"way-in-{key}-iad" for key in ("code", "models", "us-users")}
    assert {each.name for each in gone if not each.custom} == ways
    assert {each.parent.rpartition("::")[2] for each in gone if each.custom} == ways
    assert keys(night.after) <= keys(night.before)
    stays = {(each.type, each.name): each.inputs for each in night.before.resources}
    assert [each.name for each in night.after.resources if each.inputs != stays[each.type, each.name]] == []


def test_the_pack_finds_nothing_of_what_is_declared_then_and_each_link_that_is_left(night: Night) -> None:
    standing = {each.name: ["exposure"] for each in links(night.before) if each.name in map(_name, ENDING)}
    assert len(standing) == len(ENDING)
    assert {name: rules for name, rules in night.found(-1, links(night.before)).items() if rules} == {}
    assert {name: rules for name, rules in night.found(0, links(night.before)).items() if rules} == standing
    assert night.found(0, links(night.after)) == {_name(lane): [] for lane in STAYING}


def _name(lane: str) -> str:
    return f"{lane.replace('us-prod-', 'us-prod-lane-')}-iad"


def _link(lane: str) -> str:
    return f"oci:ObjectStorage/preauthrequest:Preauthrequest::{_name(lane)}"
