"""Takes what was looked at into the file of alerts, and queues what is to be told."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from assurance.alerts import life
from assurance.alerts.alert import Alert, Message, Origin, Subject
from assurance.alerts.life import Turn
from assurance.alerts.observation import Observation, Sighting
from assurance.alerts.store import Store, Takers

# Who wrote what is found for the first time.
Origins = Callable[[Subject], Origin]


def take(store: Store, seen: Iterable[Observation], origins: Origins, now: datetime, takers: Takers) -> list[Message]:
    """All of it, or nothing. Returns what is told."""
    told: list[Message] = []
    with store.transaction():
        known = {each.id: each for each in store.alerts(over=True)}
        for observation in seen:
            turn = life.advance(known, _with_origins(observation, known, origins), now)
            store.keep(turn.alerts, turn.messages, takers)
            known |= {each.id: each for each in turn.alerts}
            told += turn.messages
    return told


def by_hand(store: Store, beginning: str, change: Callable[[Alert], Turn], takers: Takers) -> Message:
    """What a person does to one alert."""
    with store.transaction():
        turn = change(store.alert(beginning))
        store.keep(turn.alerts, turn.messages, takers)
    return turn.messages[0]


def _with_origins(seen: Observation, known: dict[str, Alert], origins: Origins) -> Observation:
    """Asks who wrote it only for what is new: that is a call of git each."""

    def named(sighting: Sighting) -> Sighting:
        subject = sighting.subject
        before = known.get(subject.id)
        if before and not before.is_over:
            return sighting
        return replace(sighting, subject=subject.model_copy(update={"origin": origins(subject)}))

    return replace(seen, found=tuple(map(named, seen.found)))
