"""The clock: it can be set ahead and never back, and setting it ahead closes lanes and opens none."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from boundary import Boundary, BoundaryError, clock
from boundary.clock import VARIABLE, moved, now, real_now

Data = dict[str, Any]
Read = Callable[[Data], Boundary]
SetAhead = Callable[[timedelta], datetime]


@pytest.fixture
def set_ahead(monkeypatch: pytest.MonkeyPatch) -> SetAhead:
    def set_clock(ahead: timedelta) -> datetime:
        moment = datetime.now(UTC) + ahead
        monkeypatch.setenv(VARIABLE, moment.isoformat())
        return moment

    return set_clock


@pytest.mark.parametrize("text", [None, ""])
def test_nobody_sets_the_clock_and_it_is_now(monkeypatch: pytest.MonkeyPatch, text: str | None) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if text is not None:
        monkeypatch.setenv(VARIABLE, text)
    before = datetime.now(UTC)
    assert before <= now() <= datetime.now(UTC)
    assert now().tzinfo is UTC
    assert moved() is None


def test_set_ahead_it_shows_the_moment_that_was_set_and_the_real_time_is_still_known(set_ahead: SetAhead) -> None:
    moment = set_ahead(timedelta(days=400))
    assert now() == moved() == moment
    assert real_now() < moment


def test_a_moment_in_another_time_zone_is_shown_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "2999-01-01T00:00:00-05:00")
    assert now() == datetime(2999, 1, 1, 5, tzinfo=UTC)
    assert now().tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("soon", "STATESIDE_NOW: 'soon' is not a moment; write it like 2027-01-22T00:00:00Z"),
        ("2999-01-01T00:00:00", "STATESIDE_NOW: '2999-01-01T00:00:00' has no time zone; write it like"),
        ("2001-01-01T00:00:00Z", "STATESIDE_NOW: 2001-01-01T00:00:00Z is past; the clock can only be set ahead"),
    ],
)
def test_a_moment_that_cannot_be_set_is_refused_with_the_fix(
    monkeypatch: pytest.MonkeyPatch, text: str, sentence: str
) -> None:
    monkeypatch.setenv(VARIABLE, text)
    with pytest.raises(BoundaryError) as caught:
        now()
    assert str(caught.value).startswith(sentence)


def test_the_clock_cannot_be_set_to_the_moment_that_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2999, 1, 1, tzinfo=UTC)
    monkeypatch.setattr("boundary.clock.real_now", lambda: moment)
    monkeypatch.setenv(VARIABLE, moment.isoformat())
    with pytest.raises(BoundaryError):
        now()


@pytest.fixture
def lanes(data: Data, lane: Data, read: Read) -> Boundary:
    """A boundary with a lane that is open for ten days more, and one that opens in five."""
    today = datetime.now(UTC)
    data["cutover"] = (today + timedelta(days=365)).isoformat()
    lane.update(opens=(today - timedelta(days=1)).isoformat(), expires=(today + timedelta(days=10)).isoformat())
    data["lanes"].append({**lane, "name": "later", "opens": (today + timedelta(days=5)).isoformat()})
    return read(data)


@pytest.mark.parametrize(("days", "names"), [(1, ["content-in"]), (7, ["content-in"]), (11, [])])
def test_a_clock_set_ahead_closes_lanes_and_opens_none(
    lanes: Boundary, set_ahead: SetAhead, days: int, names: list[str]
) -> None:
    moment = set_ahead(timedelta(days=days))
    assert [lane.name for lane in lanes.open_lanes()] == names
    assert [lane.name for lane in lanes.open_lanes(moment)] == names


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2999-01-23", datetime(2999, 1, 23, tzinfo=UTC)),
        ("2999-01-23T06:00:00Z", datetime(2999, 1, 23, 6, tzinfo=UTC)),
        ("2999-01-23T06:00:00+02:00", datetime(2999, 1, 23, 4, tzinfo=UTC)),
        ("2999-01-23T06:00", datetime(2999, 1, 23, 6, tzinfo=UTC)),
    ],
)
def test_a_day_sets_the_clock_of_this_process_and_of_those_that_it_starts(
    monkeypatch: pytest.MonkeyPatch, text: str, moment: datetime
) -> None:
    monkeypatch.setenv(clock.VARIABLE, "")
    clock.set_ahead(text)
    assert clock.moved() == moment


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("soon", "'soon' is no day; write it like 2027-01-23"),
        ("23.1.2027", "'23.1.2027' is no day; write it like 2027-01-23"),
        ("2001-01-01", "2001-01-01 is past; name a day that lies ahead"),
    ],
)
def test_a_day_that_can_not_be_shown_is_refused_and_the_clock_stays(
    monkeypatch: pytest.MonkeyPatch, text: str, says: str
) -> None:
    monkeypatch.setenv(clock.VARIABLE, "")
    with pytest.raises(BoundaryError) as refused:
        clock.set_ahead(text)
    assert str(refused.value) == says
    assert clock.moved() is None
