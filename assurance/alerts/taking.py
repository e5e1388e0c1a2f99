"""Takes what was looked at into the file of alerts, and queues what is to be told."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from assurance.alerts import life
from assurance.alerts.alert import Alert, Message, Origin, Subject
from assurance.alerts.life import Turn
from assurance.alerts.observation import Observation, Sighting
from assurance.alerts.store import Store, Takers
from boundary import BoundaryError

# Who wrote what is found for the first time.
Origins = Callable[[Subject], Origin]


def take(store: Store, seen: Iterable[Observation], origins: Origins, now: datetime, takers: Takers) -> list[Message]:
    """All of it, or nothing. Returns what is told."""
    told: list[Message] = []
    with store.transaction():
        known = {each.id: each for each in store.alerts(over=True)}
        for observation in seen:
            store.looked(str(observation.look), now.timestamp(), observation.whole)
            turn = life.advance(known, _with_origins(observation, known, origins), now)
            store.keep(turn.alerts, turn.messages, takers)
            known |= {each.id: each for each in turn.alerts}
            told += turn.messages
    return told


def by_hand(store: Store, beginning: str, change: Callable[[Alert], Turn], takers: Takers) -> Message:
    """What a person does to one alert.

    Raises:
        BoundaryError: there is none, or it is over.
    """
    with store.transaction():
        alert = store.alert(beginning)
        if alert.is_over:
            raise BoundaryError(f"{alert.id} is over since {alert.last_seen:%Y-%m-%d %H:%M} UTC; nothing is left to do")
        turn = change(alert)
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
