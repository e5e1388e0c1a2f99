"""The outbox of a route, step by step: order, digests, waits, silences, and what a kill or a clock does to it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assurance.alerts import life
from assurance.alerts.alert import Alert, Event, Origin
from assurance.alerts.holding import Held
from assurance.alerts.observation import Sighting, identity
from assurance.alerts.opening import opened
from assurance.alerts.outbox import Outbox
from assurance.alerts.parcel import Later, Parcel, Refused
from assurance.alerts.routes import Routing, load_routing
from assurance.alerts.silence import Match, Silence
from assurance.alerts.taking import by_hand, take
from tests.unit.alerts.made import START, at, seen, sighting

NOW = START.timestamp()


class Desk:
    """One route and its file, at a moment that the test says."""

    def __init__(self, path: Path, **route: Any) -> None:
        self.path, self.now = path, NOW
        more = {key: route.pop(key) for key in ("inhibitions", "silences") if key in route}
        fields = {"name": "r", "to": "webhook", "address": "https://x.example", "secret": "KEY", **route}
        self.routing = Routing.model_validate(
            {"runbooks": {"violation": "v", "lane": "l", "guard": "g"}, "routes": [fields], **more}
        )
        self._opened = opened(path)
        self.store = self._opened.__enter__()

    def close(self) -> None:
        self._opened.__exit__(None, None, None)

    @property
    def outbox(self) -> Outbox:
        """As a sender that starts just now has it."""
        return Outbox(self.store, self.routing, self.routing.routes[0], Held(self.routing))

    def raise_(self, *names: str | Sighting, minute: float = 0.0) -> None:
        """A look that finds these and nothing else."""
        found = [sighting(each) if isinstance(each, str) else each for each in names]
        take(self.store, [seen(*found)], lambda _: Origin(), at(minute), self.routing.takers)

    def next(self) -> Parcel | float | None:
        return self.outbox.next(self.now)

    def told(self) -> list[list[str]]:
        """Everything that is sent now, parcel by parcel, when the target takes all."""
        found = []
        while isinstance(step := self.next(), Parcel):
            found.append([name(each.alert, each.event) for each in step.messages])
            self.outbox.sent(step, self.now)
        return found


def name(alert: Alert, event: Event) -> str:
    word = "" if event is Event.OPENED else f" {event}"
    return f"{alert.subject.resource.rpartition('::')[2]}{word}"


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    made = Desk(tmp_path / "alerts.db", **getattr(request, "param", {}))
    yield made
    made.close()


def digests(**more: Any) -> Any:
    return pytest.mark.parametrize("desk", [{"digest": {"above": 1, "most": 4, **more}}], indirect=True)


def parcel(step: Parcel | float | None) -> Parcel:
    assert isinstance(step, Parcel), step
    return step


def test_what_waits_is_sent_in_order_and_once(desk: Desk) -> None:
    desk.raise_("a", "b")
    desk.raise_("b", minute=1)
    assert desk.told() == [["a"], ["b"], ["a resolved"]]
    assert desk.next() is None


def test_a_parcel_whose_sender_was_killed_is_sent_again_as_it_was(desk: Desk) -> None:
    desk.raise_("a", "b")
    first = parcel(desk.next())
    again = parcel(desk.next())
    assert again == first


@digests()
def test_a_digest_that_was_tried_takes_in_nothing_more(desk: Desk) -> None:
    desk.raise_("a", "b")
    first = parcel(desk.next())
    desk.raise_("a", "b", "c", minute=1)
    assert parcel(desk.next()) == first
    assert desk.told() == [["a", "b"], ["c"]]


@digests()
def test_a_digest_names_each_message_and_says_how_many_there_are(desk: Desk) -> None:
    desk.raise_("a", "b", "c")
    desk.raise_("b", "c", minute=1)
    made = parcel(desk.next())
    assert made.text.splitlines()[0] == "4 messages of 3 alerts"
    for each in made.messages:
        assert made.text.count(f"{each.id} ") == 1
    assert made.title == "[high] 4 messages: us-prod"


@digests(size=1_000)
def test_a_digest_is_no_longer_than_the_target_takes(desk: Desk) -> None:
    desk.raise_(*(f"{number}-{'x' * 150}" for number in range(9)))
    parcels = []
    while isinstance(step := desk.next(), Parcel):
        parcels.append(step)
        desk.outbox.sent(step, desk.now)
    assert max(len(each.text.encode()) for each in parcels) <= 1_000
    assert sum(len(each.messages) for each in parcels) == 9


def test_a_refused_message_holds_up_its_own_alert_alone(desk: Desk) -> None:
    desk.raise_("a", "b")
    desk.raise_("b", minute=1)
    desk.outbox.refused(parcel(desk.next()), Refused("it answers 400"), desk.now)
    assert desk.told() == [["b"]]
    assert desk.next() == 2.0
    desk.now += 2
    assert desk.told() == [["a"], ["a resolved"]]


@digests()
def test_a_refused_digest_is_sent_one_by_one_so_that_one_message_holds_up_nothing_else(desk: Desk) -> None:
    desk.raise_("a", "b", "c")
    desk.raise_("b", "c", minute=1)
    sent: list[str] = []
    while isinstance(step := desk.next(), Parcel):
        names = [name(each.alert, each.event) for each in step.messages]
        if "a" in names:
            desk.outbox.refused(step, Refused("it answers 400"), desk.now)
        else:
            desk.outbox.sent(step, desk.now)
            sent += names
    assert sent == ["b", "c"]
    desk.now += 900
    assert desk.told() == [["a"], ["a resolved"]]


@pytest.mark.parametrize("desk", [{"backoff": {"first": 2, "most": 10}}], indirect=True)
def test_a_target_that_is_down_is_asked_ever_less_often_also_by_the_next_sender(desk: Desk) -> None:
    desk.raise_("a")
    waits = []
    for _ in range(5):
        desk.outbox.later(Later("down"), desk.now)
        waits.append(desk.next())
        desk.now += float(waits[-1])  # type: ignore[arg-type]
    assert waits == [2, 4, 8, 10, 10]
    parcel(desk.next())
    assert desk.told() == [["a"]]
    desk.raise_("a", "b")
    desk.outbox.later(Later("down"), desk.now)
    assert desk.next() == 2


@pytest.mark.parametrize(("after", "wait"), [(0.0, None), (30.0, 30.0), (1e9, 3_600.0)])
def test_what_a_target_asks_for_is_waited_for_within_reason(desk: Desk, after: float, wait: float | None) -> None:
    desk.raise_("a")
    desk.outbox.later(Later("it answers 429", after), desk.now)
    assert desk.next() == wait or (wait is None and parcel(desk.next()))


@pytest.mark.parametrize("desk", [{"every": 1}], indirect=True)
def test_a_target_that_takes_one_a_second_gets_one_a_second(desk: Desk) -> None:
    desk.raise_("a", "b")
    desk.outbox.sent(parcel(desk.next()), desk.now)
    assert desk.next() == 1
    desk.now += 1
    assert desk.told() == [["b"]]


@pytest.mark.parametrize("desk", [{"wait": 30, "digest": {"above": 1}}], indirect=True)
def test_what_comes_shortly_after_comes_along(desk: Desk) -> None:
    desk.raise_("a")
    assert desk.next() == 30
    desk.raise_("a", "b", minute=0.25)
    assert desk.next() == 30
    desk.now += 30
    assert desk.told() == [["a", "b"]]


@pytest.mark.parametrize("desk", [{"every": 1, "wait": 30}], indirect=True)
def test_a_clock_that_was_set_back_by_a_year_holds_up_nothing(desk: Desk) -> None:
    desk.raise_("a", "b", minute=-1)
    desk.outbox.sent(parcel(desk.next()), desk.now)
    desk.outbox.later(Later("down"), desk.now)
    desk.now -= timedelta(days=365).total_seconds()
    assert desk.told() == [["b"]]


def hush(desk: Desk, minutes: float, **match: Any) -> None:
    desk.store.silence(Silence(match=Match(**match), until=at(minutes), why="planned", by="Ann"))


def test_a_silence_holds_what_it_names_and_what_is_still_open_is_told_when_it_ends(desk: Desk) -> None:
    hush(desk, 10, id=(identity("a"),))
    desk.raise_("a", "b")
    assert desk.told() == [["b"]]
    desk.now += 600
    assert desk.told() == [["a"]]


def test_what_begins_and_ends_within_a_silence_is_never_told(desk: Desk) -> None:
    hush(desk, 10, rule=("peering",))
    desk.raise_("a")
    desk.raise_(minute=1)
    assert desk.told() == []
    desk.now += 600
    assert desk.told() == []
    desk.raise_("a", minute=11)
    assert desk.told() == [["a"]]


def test_the_end_of_what_was_told_is_told_also_in_a_silence(desk: Desk) -> None:
    desk.raise_("a")
    assert desk.told() == [["a"]]
    hush(desk, 10, rule=("peering",))
    by_hand(desk.store, identity("a"), lambda each: life.acknowledge(each, "Ann", "mine", at(1)), desk.routing.takers)
    assert desk.told() == []
    desk.raise_(minute=2)
    assert desk.told() == [["a resolved"]]


@pytest.mark.parametrize(
    "desk",
    [{"inhibitions": [{"source": {"kind": ["guard"]}, "target": {"rule": ["peering"]}, "equal": ["stack"]}]}],
    indirect=True,
)
def test_what_follows_from_another_alert_is_told_when_that_one_is_over(desk: Desk) -> None:
    desk.raise_(sighting("guard", rule="guard", kind="guard"), "a", sighting("other", stack="us-staging"))
    assert desk.told() == [["guard"], ["other"]]
    desk.raise_("a", sighting("other", stack="us-staging"), minute=1)
    desk.now += 60
    assert desk.told() == [["a"], ["guard resolved"]]


@pytest.mark.parametrize("desk", [{"match": {"severity": "high"}}], indirect=True)
def test_who_was_told_of_a_beginning_is_told_of_its_end_and_nobody_else(desk: Desk) -> None:
    desk.raise_(sighting("a", severity="high"), sighting("b", severity="low"))
    desk.raise_(sighting("a", severity="low"), minute=1)
    desk.raise_(minute=2)
    assert desk.told() == [["a"], ["a resolved"]]
    desk.raise_(sighting("a", severity="low"), minute=3)
    desk.raise_(minute=4)
    assert desk.told() == []


def test_a_store_is_read_by_the_next_sender(tmp_path: Path) -> None:
    first = Desk(tmp_path / "alerts.db")
    first.raise_("a")
    tried = parcel(first.next())
    first.close()
    second = Desk(tmp_path / "alerts.db")
    assert parcel(second.next()) == tried
    second.close()


def test_a_parcel_that_was_tried_waits_as_long_as_its_route(desk: Desk) -> None:
    desk.raise_("a")
    parcel(desk.next())
    desk.outbox.later(Later("down"), desk.now)
    assert desk.next() == 2


def test_what_is_refused_again_waits_longer_and_the_soonest_of_several_counts(desk: Desk) -> None:
    desk.raise_("a", "b")
    for now, left in ((0, 2), (2, 4)):
        desk.now = NOW + now
        desk.outbox.refused(parcel(desk.next()), Refused("it answers 400"), desk.now)
        if not now:
            desk.outbox.sent(parcel(desk.next()), desk.now)
        assert desk.next() == left
    desk.raise_("a", "c", minute=1)
    desk.outbox.refused(parcel(desk.next()), Refused("it answers 400"), desk.now)
    assert desk.told() == [["b resolved"]]
    assert desk.next() == 2
    desk.now += 1
    assert desk.next() == 1
    desk.now += 1
    desk.outbox.refused(parcel(desk.next()), Refused("it answers 400"), desk.now)
    assert desk.next() == 2


@pytest.mark.parametrize("desk", [{"every": 1}], indirect=True)
def test_a_target_that_refuses_is_not_asked_more_often_than_it_takes(desk: Desk) -> None:
    desk.raise_("a", "b")
    desk.outbox.refused(parcel(desk.next()), Refused("it answers 400"), desk.now)
    assert desk.next() == 1


@digests(above=3)
@pytest.mark.parametrize(
    ("names", "told"),
    [("abc", ["a", "b", "c"]), ("abcd", ["abcd"]), ("abcdef", ["abcd", "e", "f"])],
)
def test_few_are_told_singly_and_many_in_digests_of_so_many(desk: Desk, names: str, told: list[str]) -> None:
    desk.raise_(*names)
    assert desk.told() == [list(each) for each in told]


@digests(size=1_000)
def test_a_message_that_leaves_no_room_for_another_is_told_by_itself(desk: Desk) -> None:
    desk.raise_(*(f"{number}{'ж' * 200}" for number in range(3)))
    assert [len(each) for each in desk.told()] == [1, 1, 1]


def test_a_second_life_within_a_silence_is_never_told(desk: Desk) -> None:
    desk.raise_("a")
    desk.raise_(minute=1)
    assert desk.told() == [["a"], ["a resolved"]]
    hush(desk, 10, rule=("peering",))
    desk.raise_("a", minute=2)
    desk.raise_(minute=3)
    assert desk.told() == []
    desk.now += 600
    assert desk.told() == []


SILENCE = {"match": {"rule": ["peering"]}, "until": at(10).isoformat(), "why": "planned", "by": "Ann"}


@pytest.mark.parametrize("desk", [{"silences": [SILENCE]}], indirect=True)
def test_a_silence_of_the_file_counts_like_one_that_was_asked_for(desk: Desk) -> None:
    desk.raise_("a", sighting("b", rule="flow"))
    assert desk.told() == [["b"]]


def test_a_sender_that_runs_notices_a_silence_also_when_the_clock_goes_back(desk: Desk) -> None:
    running = desk.outbox
    desk.raise_("a", "b", "c")
    running.sent(parcel(running.next(desk.now)), desk.now)
    hush(desk, 10, id=(identity("b"),))
    assert parcel(running.next(desk.now + 2)).only.alert.id == identity("c")
    running.sent(parcel(running.next(desk.now + 2)), desk.now + 2)
    hush(desk, 10, id=(identity("d"),))
    desk.raise_("a", "b", "c", "d")
    assert running.next(desk.now - 500) is None


@pytest.mark.parametrize(
    "desk",
    [{"inhibitions": [{"source": {"kind": ["guard"]}, "target": {"rule": ["peering"]}, "equal": ["stack"]}]}],
    indirect=True,
)
def test_an_alert_is_held_by_a_cause_alone_and_only_where_it_may_follow(desk: Desk) -> None:
    desk.raise_(sighting("b", rule="flow"), "a")
    assert desk.told() == [["b"], ["a"]]
    desk.raise_(sighting("b", rule="flow"), "a", sighting("guard", rule="guard", kind="guard"), "c")
    desk.raise_(sighting("d", rule="flow"), "a", sighting("guard", rule="guard", kind="guard"), "c", minute=1)
    desk.now += 60
    assert desk.told() == [["guard"], ["d"], ["b resolved"]]


@pytest.mark.parametrize(
    "desk",
    [{"inhibitions": [{"source": {"severity": "low"}, "target": {"rule": ["peering"]}, "equal": ["stack"]}]}],
    indirect=True,
)
def test_alerts_that_would_silence_each_other_or_themselves_are_told(desk: Desk) -> None:
    desk.raise_("a", "b")
    assert desk.told() == [["a"], ["b"]]
    desk.raise_("a", "b", "c", sighting("d", rule="flow"))
    assert desk.told() == [["d"]]


OWN = [each.model_dump(mode="json", exclude_none=True) for each in load_routing().inhibitions]


@pytest.mark.parametrize("desk", [{"inhibitions": OWN}], indirect=True)
def test_a_lane_that_is_left_standing_is_told_once_though_a_check_finds_its_link_too(desk: Desk) -> None:
    link = "oci:ObjectStorage/preauthrequest:Preauthrequest::us-prod-lane-code-iad"
    lane = sighting("lane", kind="lane", rule="lane", severity="critical", resource=link)
    desk.raise_(lane, sighting("found", rule="exposure", resource=link), "other")
    assert [each for (each,) in desk.told()] == ["us-prod-lane-code-iad", "other"]
    desk.raise_(sighting("found", rule="exposure", resource=link), "other", minute=1)
    desk.now += 60
    assert [each for (each,) in desk.told()] == ["us-prod-lane-code-iad", "us-prod-lane-code-iad resolved"]
