"""The lanes of a stack: opened, closed, and near their end."""

from datetime import UTC, datetime
from typing import Any

import pytest

from boundary import Boundary, clock
from runs.lanes import dated, lane_change, lanes_of
from tests.policies.builder import boundary


def lane(name: str, expires: str, opens: str = "2026-11-01T00:00:00Z", stack: str = "dev") -> dict[str, Any]:
    return {
        "name": name,
        "direction": "in",
        "data_classes": ["code"],
        "rule": "exposure",
        "resource": f"oci:ObjectStorage/preauthrequest:Preauthrequest::{stack}-lane-{name}-iad",
        "owner": "Head of platform",
        "approver": "Head of security",
        "ticket": "SPLIT-1",
        "opens": opens,
        "expires": expires,
    }


@pytest.fixture
def edge(monkeypatch: pytest.MonkeyPatch) -> Boundary:
    monkeypatch.setattr(clock, "real_now", lambda: datetime(2026, 12, 1, 12, tzinfo=UTC))
    return boundary(
        lane("today", "2026-12-02T00:00:00Z"),
        lane("tomorrow", "2026-12-02T18:00:00Z"),
        lane("soon", "2026-12-15T18:00:00Z"),
        lane("later", "2026-12-16T18:00:00Z"),
        lane("over", "2026-11-20T00:00:00Z"),
        lane("coming", "2026-12-20T00:00:00Z", opens="2026-12-05T00:00:00Z"),
        lane("theirs", "2026-12-03T00:00:00Z", stack="other"),
    )


def test_a_stacks_lanes_say_when_they_end_and_which_end_soon(edge: Boundary) -> None:
    assert [(each.lane.name, each.sentence, each.near) for each in lanes_of("dev", edge)] == [
        ("over", "ended on 2026-11-20", False),
        ("today", "ends today (2026-12-02)", True),
        ("tomorrow", "ends in 1 day (2026-12-02)", True),
        ("soon", "ends in 14 days (2026-12-15)", True),
        ("later", "ends in 15 days (2026-12-16)", False),
        ("coming", "opens on 2026-12-05", False),
    ]
    assert "theirs" in [each.lane.name for each in dated(edge.lanes)]


def test_a_run_opens_and_closes_what_its_outputs_name(edge: Boundary) -> None:
    before = {"us-ashburn-1": {"lanes": ["a", "b"]}, "environment": "dev", "us-phoenix-1": {"lanes": None}}
    after = {"us-ashburn-1": {"lanes": ["b"]}, "us-phoenix-1": {"lanes": ["c"]}, "compartments": {"x": "y"}}
    changed = lane_change("dev", edge, (before, after))
    assert (changed.opened, changed.closed) == (("c",), ("a",))
    assert [each.lane.name for each in changed.near] == ["today", "tomorrow", "soon"]
    assert [each.lane.name for each in changed.ended] == ["over"]
    assert lane_change("dev", edge, ({}, {})).opened == ()
    assert lane_change("dev", edge, ({}, {"us-ashburn-1": {"lanes": "known only after the change"}})).opened == ()
