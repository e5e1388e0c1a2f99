"""The life of alerts, as a function: what was known, one look and a moment give what is known now and what is told.

It reads no clock and no file. Moments of one alert never go back, so a clock that does makes no life run backwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assurance.alerts.alert import Alert, Event, Message, State
from assurance.alerts.observation import Look, Observation, Sighting


@dataclass(frozen=True)
class Turn:
    """Alerts that changed, and what is to be told, in order."""

    alerts: tuple[Alert, ...]
    messages: tuple[Message, ...]


def advance(known: Mapping[str, Alert], seen: Observation, now: datetime) -> Turn:
    """Takes one look into the lives of alerts."""
    look = str(seen.look)
    messages: list[Message] = []
    alerts: list[Alert] = []
    for sighting in seen.found:
        alert, told = _found(known.get(sighting.subject.id), sighting, look, now)
        alerts.append(alert)
        messages += told
    found = {each.id for each in alerts}
    for alert in known.values():
        if alert.id in found or not any(map(seen.look.covers, alert.seen_in)):
            continue
        if alert.id in seen.present:
            alerts.append(_touched(alert, now))
        elif seen.looked_for(alert.subject.rule):
            after, told = _not_found(alert, seen.look, now)
            alerts.append(after)
            messages += told
    return Turn(tuple(alerts), tuple(messages))


def acknowledge(alert: Alert, by: str, why: str, now: datetime) -> Turn:
    """A person has it."""
    return _by_hand(alert, Event.ACKNOWLEDGED, now, state=State.ACKNOWLEDGED, by=by, why=why)


def resolve(alert: Alert, by: str, why: str, now: datetime) -> Turn:
    """A person says that it is over. The next run that still finds it opens it again."""
    return _by_hand(alert, Event.RESOLVED, now, state=State.RESOLVED, by=by, why=why, seen_in=())


def _by_hand(alert: Alert, event: Event, now: datetime, **changes: Any) -> Turn:
    after, message = _tell(alert, event, changes["why"], now, **changes)
    return Turn((after,), (message,))


def _found(alert: Alert | None, sighting: Sighting, look: str, now: datetime) -> tuple[Alert, list[Message]]:
    subject = sighting.subject
    if alert is None or alert.is_over:
        return _opened(alert, sighting, look, now)
    known = alert.model_copy(
        update={
            # Who brought it stays who brought it.
            "subject": subject.model_copy(update={"origin": alert.subject.origin}),
            "seen_in": tuple(sorted({*alert.seen_in, look})),
            "last_seen": max(alert.last_seen, now),
        }
    )
    worse = subject.severity.rank > alert.subject.severity.rank
    if worse:
        # What was acknowledged was less than what it has become.
        known = known.model_copy(update={"state": State.OPEN, "by": "", "why": ""})
    after, messages = _tell_stages(known, sighting, Event.UPDATED, now)
    if worse and not messages:
        after, message = _tell(known, Event.UPDATED, f"now {subject.severity}: {subject.says}", now)
        messages = [message]
    return after, messages


def _opened(before: Alert | None, sighting: Sighting, look: str, now: datetime) -> tuple[Alert, list[Message]]:
    at = max(before.last_seen, now) if before else now
    alert = Alert(
        subject=sighting.subject,
        state=State.OPEN,
        first_seen=before.first_seen if before else at,
        opened=at,
        last_seen=at,
        seen_in=(look,),
        told=frozenset(each.key for each in sighting.stages if each.quiet),
        number=before.number if before else 0,
    )
    if all(each.quiet for each in sighting.stages):
        alert, message = _tell(alert, Event.OPENED, sighting.subject.says, now)
        return alert, [message]
    return _tell_stages(alert, sighting, Event.OPENED, now)


def _tell_stages(alert: Alert, sighting: Sighting, event: Event, now: datetime) -> tuple[Alert, list[Message]]:
    """One message for each stage that wasn't told yet; only the first one opens."""
    messages = []
    for stage in sighting.stages:
        if stage.key in alert.told:
            continue
        alert, message = _tell(alert, event, stage.says, now, told=alert.told | {stage.key})
        messages.append(message)
        event = Event.UPDATED
    return alert, messages


def _not_found(alert: Alert, look: Look, now: datetime) -> tuple[Alert, list[Message]]:
    left = tuple(each for each in alert.seen_in if not look.covers(each))
    if left:
        return alert.model_copy(update={"seen_in": left}), []
    why = f"no longer found ({look})"
    after, message = _tell(alert, Event.RESOLVED, why, now, state=State.RESOLVED, by="", why=why, seen_in=())
    return after, [message]


def _touched(alert: Alert, now: datetime) -> Alert:
    return alert.model_copy(update={"last_seen": max(alert.last_seen, now)})


def _tell(alert: Alert, event: Event, says: str, now: datetime, **changes: Any) -> tuple[Alert, Message]:
    at = max(alert.last_seen, now)
    after = alert.model_copy(update={"last_seen": at, "number": alert.number + 1, **changes})
    return after, Message(alert=after, event=event, says=says, at=at)
