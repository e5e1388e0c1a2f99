"""One alert, one life: what each look and each person makes of it, as a table (life.yaml)."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assurance.alerts.alert import Alert, Message
from assurance.alerts.life import Turn, acknowledge, advance, resolve
from assurance.alerts.observation import Look, identity
from tests.unit.alerts.made import LOOK, START, at, seen, sighting

CASES = yaml.safe_load((Path(__file__).parent / "life.yaml").read_text(encoding="utf-8"))
BY_HAND = {"acknowledge": acknowledge, "resolve": resolve}


def turn(step: dict[str, Any], known: dict[str, Alert], minute: float) -> Turn:
    if "by_hand" in step:
        return BY_HAND[step["by_hand"]](known[identity("a")], "Ann", "looking into it", at(minute))
    look = Look(*step["look"]) if "look" in step else LOOK
    name = step.get("find")
    found = [sighting(name, *step.get("stages", ()), severity=step.get("severity", "high"))] if name else []
    present = frozenset({identity("a")}) if step.get("present") else frozenset()
    rules = frozenset(step["rules"]) if "rules" in step else None
    whole = step.get("whole", True)
    return advance(known, seen(*found, look=look, whole=whole, present=present, rules=rules), at(minute))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_life(case: dict[str, Any]) -> None:
    known: dict[str, Alert] = {}
    told: list[Message] = []
    for number, step in enumerate(case["steps"]):
        done = turn(step, known, step.get("at", number))
        known |= {each.id: each for each in done.alerts}
        told += done.messages
        where = f"step {number}: {step}"
        alert = known[identity("a")]
        assert [each.event for each in done.messages] == step["told"], where
        assert alert.state == step["state"], where
        assert alert.last_seen == at(step["seen"]) if "seen" in step else True, where
        assert (alert.by, bool(alert.why)) == (step["by"], bool(step["by"])) if "by" in step else True, where
    assert [each.id for each in told] == [f"{identity('a')}.{n}" for n in range(1, len(told) + 1)]
    assert [each.at for each in told] == sorted(each.at for each in told)


def test_an_acknowledgement_says_who_and_why_until_it_is_over() -> None:
    opened = advance({}, seen(sighting("a")), START).alerts[0]
    had = acknowledge(opened, "Ann", "looking into it", at(1))
    assert (had.alerts[0].by, had.alerts[0].why, had.messages[0].says) == ("Ann", "looking into it", "looking into it")
    over = advance({opened.id: had.alerts[0]}, seen(), at(2)).messages[0]
    assert (over.alert.by, over.says) == ("", "no longer found (us-prod: run of the engine)")


def test_who_wrote_it_stays_when_the_line_moves() -> None:
    first = sighting("a", origin={"who": "Ann", "commit": "1" * 40})
    opened = advance({}, seen(first), START).alerts[0]
    later = advance({opened.id: opened}, seen(sighting("a", place="infra/network/hub.py:14")), at(1)).alerts[0]
    assert (later.subject.origin.who, later.subject.place) == ("Ann", "infra/network/hub.py:14")


def test_what_comes_back_keeps_when_it_was_first_seen() -> None:
    opened = advance({}, seen(sighting("a")), START).alerts[0]
    over = advance({opened.id: opened}, seen(), at(1)).alerts[0]
    again = advance({opened.id: over}, seen(sighting("a")), at(5)).alerts[0]
    assert (again.first_seen, again.opened, again.number) == (START, at(5), 3)
