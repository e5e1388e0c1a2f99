"""stacks/alerts.yaml: what it may say, and the sentence for what it may not (routes.yaml)."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from assurance.alerts.alert import Kind
from assurance.alerts.routes import load_routing
from assurance.alerts.silence import Match
from boundary import BoundaryError
from tests.unit.alerts.made import alert, message

CASES = yaml.safe_load((Path(__file__).parent / "routes.yaml").read_text(encoding="utf-8"))
ROOT = Path(__file__).parents[3]
RIGHT: dict[str, Any] = {
    "runbooks": {"violation": "v", "lane": "l", "guard": "g"},
    "routes": [
        {"name": "records", "to": "webhook", "address": "https://alerts.example/", "secret": "RECORDS"},
        {"name": "on-call", "to": "pagerduty", "secret": "ON_CALL", "match": {"severity": "high"}},
        {"name": "topic", "to": "oci", "topic": "ocid1.onstopic.oc1.iad.aaaa"},
        {"name": "channel", "to": "apprise", "secret": "CHANNEL", "every": 1, "digest": {"above": 3}},
    ],
}


def changed(case: dict[str, Any]) -> dict[str, Any]:
    """The right file with one change."""
    made = copy.deepcopy(RIGHT)
    for path, value in [*case.get("set", {}).items(), *([(case["drop"], None)] if "drop" in case else [])]:
        *way, last = (int(part) if part.isdigit() else part for part in path.split("."))
        place: Any = made
        for part in way:
            place = place[part]
        if "drop" in case:
            del place[last]
        else:
            place[last] = value
    return made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"][:60])
def test_what_the_file_may_not_say_is_one_sentence(tmp_path: Path, case: dict[str, Any]) -> None:
    (tmp_path / "alerts.yaml").write_text(yaml.safe_dump(changed(case)), encoding="utf-8")
    with pytest.raises(BoundaryError) as raised:
        load_routing(tmp_path / "alerts.yaml")
    assert str(raised.value) == f"alerts.yaml: {case['says']}"


def test_a_right_file_and_our_own_are_read(tmp_path: Path) -> None:
    (tmp_path / "alerts.yaml").write_text(yaml.safe_dump(RIGHT), encoding="utf-8")
    assert [each.name for each in load_routing(tmp_path / "alerts.yaml").routes] == [
        "records",
        "on-call",
        "topic",
        "channel",
    ]
    assert {each.to for each in load_routing().routes} == {"apprise", "oci", "pagerduty", "webhook"}


@pytest.mark.parametrize(("text", "says"), [("{", "line 1 is not YAML"), ("- a", "holds no mapping")])
def test_a_file_that_is_no_mapping_is_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "alerts.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BoundaryError, match=says):
        load_routing(tmp_path / "alerts.yaml")


def test_each_runbook_is_there() -> None:
    for kind, address in load_routing().runbooks.items():
        file, _, heading = address.partition("#")
        text = (ROOT / file).read_text(encoding="utf-8")
        assert not heading or f"\n## {heading.replace('-', ' ')}\n" in text.lower(), kind


@pytest.mark.parametrize(
    ("match", "fits"),
    [
        ({}, True),
        ({"severity": "high"}, True),
        ({"severity": "critical"}, False),
        ({"severity": "low", "rule": ("peering", "flow")}, True),
        ({"rule": ("flow",)}, False),
        ({"system": ("network",), "stack": ("us-staging",)}, False),
        ({"kind": (Kind.LANE,)}, False),
        ({"id": (alert().id,)}, True),
    ],
)
def test_an_alert_matches_by_one_word_of_each_list(match: dict[str, Any], fits: bool) -> None:
    assert Match(**match).fits(alert()) is fits


def test_who_is_told_follows_from_the_alert_and_from_who_knows_of_it(tmp_path: Path) -> None:
    (tmp_path / "alerts.yaml").write_text(yaml.safe_dump(RIGHT), encoding="utf-8")
    routing = load_routing(tmp_path / "alerts.yaml")
    assert routing.takers(message(severity="low"), frozenset()) == ["records", "topic", "channel"]
    assert routing.takers(message(severity="high"), frozenset()) == ["records", "on-call", "topic", "channel"]
