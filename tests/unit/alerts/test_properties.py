"""Whatever is looked at in whatever order, and whatever a target does: what always holds of a life and of an outbox."""

import tempfile
from collections import defaultdict
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from assurance.alerts.alert import Alert, Event, Message, State
from assurance.alerts.life import acknowledge, advance, resolve
from assurance.alerts.observation import Look
from assurance.alerts.parcel import Later, Parcel, Refused
from tests.unit.alerts.made import at, seen, sighting
from tests.unit.alerts.test_outbox import Desk

NAMES = ("a", "b", "c")
LOOKS = st.builds(
    lambda source, whole, names, severity: (source, whole, names, severity),
    st.sampled_from(("run", "state")),
    st.booleans(),
    st.sets(st.sampled_from(NAMES)),
    st.sampled_from(("low", "critical")),
)
BY_HAND = st.tuples(st.sampled_from((acknowledge, resolve)), st.integers(0, 2))
STEPS = st.lists(st.tuples(st.integers(-10_000, 10_000), st.one_of(LOOKS, BY_HAND)), max_size=12)


@given(STEPS)
def test_a_life_begins_before_it_ends_and_no_number_or_moment_goes_back(steps: list) -> None:
    known: dict[str, Alert] = {}
    told: dict[str, list[Message]] = defaultdict(list)
    for minute, step in steps:
        if len(step) == 2:
            change, number = step
            alive = sorted(id for id, each in known.items() if not each.is_over)
            if not alive:
                continue
            turn = change(known[alive[number % len(alive)]], "Ann", "because", at(minute))
        else:
            source, whole, names, severity = step
            found = [sighting(each, severity=severity) for each in sorted(names)]
            turn = advance(known, seen(*found, look=Look("us-prod", source), whole=whole), at(minute))
            if not whole:
                assert Event.RESOLVED not in {each.event for each in turn.messages}
            assert all(not known_after.is_over for known_after in turn.alerts if known_after.id in _ids(names))
        known |= {each.id: each for each in turn.alerts}
        for each in turn.messages:
            told[each.alert.id].append(each)
    for id, messages in told.items():
        assert [each.alert.number for each in messages] == list(range(1, len(messages) + 1))
        assert [each.at for each in messages] == sorted(each.at for each in messages)
        over = True
        for each in messages:
            assert over is (each.event is Event.OPENED)
            over = each.event is Event.RESOLVED
        assert over is known[id].is_over
        assert known[id].is_over is (known[id].state is State.RESOLVED)


def _ids(names: set[str]) -> set[str]:
    return {sighting(each).subject.id for each in names}


RAISED = st.tuples(st.just("raise"), st.sets(st.sampled_from(NAMES)))
TRIED = st.sampled_from((("sent",), ("later",), ("refused",), ("killed",)))


@given(st.lists(st.one_of(RAISED, TRIED, TRIED), max_size=25), st.booleans())
@settings(max_examples=60)
def test_whatever_a_target_does_all_arrives_and_in_order_for_each_alert(steps: list, in_digests: bool) -> None:
    with tempfile.TemporaryDirectory() as directory:
        more = {"digest": {"above": 1, "most": 4}} if in_digests else {}
        desk = Desk(Path(directory) / "alerts.db", **more)
        desk.store.connection.execute("PRAGMA synchronous = OFF")
        arrived: list[str] = []
        tried: dict[str, Parcel] = {}
        for number, step in enumerate(steps):
            if step[0] == "raise":
                desk.raise_(*sorted(step[1]), minute=number)
            elif isinstance(parcel := desk.next(), Parcel):
                assert tried.setdefault(parcel.id, parcel) == parcel
                _answer(desk, parcel, step[0], arrived)
            desk.now += 1
        while (left := desk.next()) is not None:
            if isinstance(left, Parcel):
                _answer(desk, left, "sent", arrived)
            else:
                desk.now += left
        raised = [id for (id,) in desk.store.connection.execute("SELECT id FROM messages ORDER BY n")]
        desk.close()
    assert sorted(arrived) == sorted(raised)
    for name in NAMES:
        own = sighting(name).subject.id
        assert [id for id in arrived if id.startswith(own)] == [id for id in raised if id.startswith(own)]


def _answer(desk: Desk, parcel: Parcel, answer: str, arrived: list[str]) -> None:
    if answer == "sent":
        arrived += [each.id for each in parcel.messages]
        desk.outbox.sent(parcel, desk.now)
    elif answer == "later":
        desk.outbox.later(Later("down"), desk.now)
    elif answer == "refused":
        desk.outbox.refused(parcel, Refused("not this"), desk.now)
