"""Lanes: two people, at most 90 days, and after the cutover only content comes in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boundary import Boundary, BoundaryError, DataClass, Direction, Lane

Data = dict[str, Any]
Read = Callable[[Data], Boundary]

OPENS = datetime(2026, 11, 1, tzinfo=UTC)
NOT_CONTENT = sorted({data_class.value for data_class in DataClass} - {"content", "public"})


def test_a_valid_lane_is_read_as_written(data: Data, read: Read) -> None:
    (lane,) = read(data).lanes
    assert (lane.name, lane.direction, lane.data_classes) == (
        "content-in",
        Direction.IN,
        frozenset({DataClass.CONTENT}),
    )
    assert lane.expires - lane.opens == timedelta(days=90)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "Content In"}, "lanes.0.name: String should match pattern '^[a-z][a-z0-9-]{1,62}$' (it is"),
        ({"direction": "both"}, "lanes.0.direction: Input should be 'in' or 'out' (it is 'both'); correct the value"),
        ({"data_classes": []}, "lanes.0.data_classes: Frozenset should have at least 1 item"),
        ({"data_classes": ["logs"]}, "lanes.0.data_classes.0: Input should be 'us-user', 'non-us-user', 'content'"),
        ({"rule": ""}, "lanes.0.rule: String should have at least 1 character"),
        ({"resource": "content"}, "lanes.0.resource: String should match pattern"),
        ({"resource": "oci:Core/vcn:Vcn"}, "lanes.0.resource: String should match pattern"),
        ({"owner": "  "}, "lanes.0.owner: String should have at least 1 character"),
        ({"approver": ""}, "lanes.0.approver: String should have at least 1 character"),
        ({"ticket": ""}, "lanes.0.ticket: String should have at least 1 character"),
        ({"reason": "because"}, "lanes.0.reason is not a known key; remove it or correct its spelling"),
        ({"opens": "2026-11-01T00:00:00"}, "lanes.0.opens has no time zone; write it like 2027-01-22T00:00:00Z"),
        ({"expires": 90}, "lanes.0.expires: 90 is a number; write it out, as stacks/boundary.yaml does"),
        (
            {"owner": "Ann", "approver": " ANN "},
            "lanes.0: lane content-in: owner and approver are both Ann; name someone else to approve it",
        ),
        *(
            (
                {"owner": "Ann Lee", "approver": approver},
                "lanes.0: lane content-in: owner and approver are both Ann Lee; name someone else to approve it",
            )
            for approver in ("Ann  Lee", "ann-lee", "Ann.Lee", "Änn Lée", "Ann\u00a0Lee", "Ａnn Lee", "Ann 1ee")
        ),
        (
            {"approver": "\u0410nn"},
            "lanes.0: lane content-in: 'Аnn' has a letter (А) that isn't Latin and may look like one that is; write",
        ),
        ({"owner": "???"}, "lanes.0: lane content-in: '???' is no name; write who it is"),
        (
            {"expires": "2027-01-30T00:00:01Z"},
            "lanes.0: lane content-in: expires must lie after opens and at most 90 days later; move expires",
        ),
        (
            {"expires": "2026-11-01T00:00:00Z"},
            "lanes.0: lane content-in: expires must lie after opens and at most 90 days later; move expires",
        ),
        (
            {"expires": "2026-10-31T00:00:00Z"},
            "lanes.0: lane content-in: expires must lie after opens and at most 90 days later; move expires",
        ),
    ],
)  # fmt: skip
def test_a_bad_lane_is_refused_with_key_and_fix(
    data: Data, lane: Data, read: Read, change: Data, sentence: str
) -> None:
    lane.update(change)
    with pytest.raises(BoundaryError) as caught:
        read(data)
    assert str(caught.value).startswith(f"boundary.yaml: {sentence}")


@pytest.mark.parametrize("data_class", NOT_CONTENT)
def test_after_the_cutover_nothing_but_content_comes_in(data: Data, lane: Data, read: Read, data_class: str) -> None:
    lane["data_classes"] = ["content", data_class]
    with pytest.raises(BoundaryError) as caught:
        read(data)
    assert str(caught.value) == (
        "boundary.yaml: lanes: content-in is open after the cutover 2027-01-22; let it expire before"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"data_classes": ["content", "public"]},
        {"data_classes": ["us-user"], "expires": "2027-01-22T00:00:00Z"},
        {"data_classes": ["us-user"], "direction": "out"},
    ],
)
def test_content_lanes_inbound_lanes_until_the_cutover_and_outbound_lanes_are_fine(
    data: Data, lane: Data, read: Read, change: Data
) -> None:
    lane.update(change)
    assert len(read(data).lanes) == 1


def test_two_lanes_may_not_share_a_name(data: Data, lane: Data, read: Read) -> None:
    data["lanes"] = [lane, {**lane, "rule": "another"}]
    with pytest.raises(BoundaryError) as caught:
        read(data)
    assert str(caught.value) == "boundary.yaml: lanes: two lanes are called content-in; rename one"


@given(st.timedeltas(timedelta(microseconds=1), timedelta(days=90)), st.timedeltas(timedelta(-9), timedelta(99)))
def test_a_lane_is_open_from_its_first_moment_until_just_before_its_last(life: timedelta, at: timedelta) -> None:
    lane = Lane(
        name="code-out", direction=Direction.OUT, data_classes=frozenset({DataClass.CODE}), rule="r",
        resource="oci:Core/vcn:Vcn::a", owner="Ann", approver="Bob", ticket="T-1", opens=OPENS, expires=OPENS + life,
    )  # fmt: skip
    assert lane.is_open(OPENS)
    assert not lane.is_open(OPENS + life)
    assert lane.is_open(OPENS + at) is (timedelta(0) <= at < life)


def test_only_open_lanes_are_listed_as_open(data: Data, lane: Data, read: Read) -> None:
    data["lanes"] = [lane, {**lane, "name": "later", "opens": "2026-12-01T00:00:00Z"}]
    boundary = read(data)
    assert [found.name for found in boundary.open_lanes(OPENS)] == ["content-in"]
    assert [found.name for found in boundary.open_lanes(OPENS + timedelta(days=40))] == ["content-in", "later"]
    assert list(boundary.open_lanes(OPENS + timedelta(days=90))) == []


def test_a_lane_is_judged_by_the_clock_when_no_moment_is_given(data: Data, lane: Data, read: Read) -> None:
    now = datetime.now(UTC)
    data["cutover"] = (now + timedelta(days=365)).isoformat()
    lane.update(opens=(now - timedelta(days=1)).isoformat(), expires=(now + timedelta(days=1)).isoformat())
    data["lanes"].append({**lane, "name": "over", "expires": (now - timedelta(hours=1)).isoformat()})
    assert [found.name for found in read(data).open_lanes()] == ["content-in"]
