"""A message as text: in full, and as one line of a digest.

What a program says is in it, so that it is put into one line, without what looks like a secret, and can't call anybody.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from assurance.alerts.alert import Alert, Event, Message
from assurance.pull_request.words import clipped, shown

_LINE = 240
_TITLE = 160
_WAY, _ALSO = 20, 5
_WORDS = {
    Event.OPENED: "opened",
    Event.UPDATED: "news",
    Event.ACKNOWLEDGED: "acknowledged",
    Event.RESOLVED: "resolved",
}


def title(message: Message) -> str:
    """What a person sees first."""
    subject = message.alert.subject
    return quiet(f"[{subject.severity}] {subject.stack} {subject.rule}: {_WORDS[message.event]}", _TITLE)


def full(message: Message, runbook: str) -> str:
    """All that is known of one alert."""
    subject, alert = message.alert.subject, message.alert
    to_do = message.event in (Event.OPENED, Event.UPDATED)
    rows = [
        ("", f"{alert.by}: {message.says}" if alert.by else message.says),
        ("alert", f"{message.id} ({alert.state}{f' by {alert.by}' if alert.by else ''})"),
        ("resource", subject.resource),
        ("where", subject.place),
        ("from", _origin(alert)),
        ("lets through", subject.lets_through if to_do else ""),
        ("way out", " → ".join(subject.way[:_WAY]) if to_do else ""),
        *(("also", each) for each in (subject.also[:_ALSO] if to_do else ())),
        ("do", subject.instead if to_do else ""),
        ("runbook", runbook if to_do else ""),
        ("since", f"{alert.opened:%Y-%m-%d %H:%M} UTC, last seen {alert.last_seen:%Y-%m-%d %H:%M} UTC"),
    ]
    return "\n".join(quiet(f"{name}: {value}" if name else value, 2_000) for name, value in rows if value)


def line(message: Message) -> str:
    """One alert of a digest; it begins with the id, so that none gets lost."""
    subject = message.alert.subject
    what = f"{message.id} {_WORDS[message.event]}: [{subject.severity}] {subject.resource}: {message.says}"
    return quiet(what, _LINE)


def digest(messages: Sequence[Message], by: Sequence[str]) -> str:
    """Several messages, grouped, each with a line of its own; those of one alert in their order."""

    def group(message: Message) -> tuple[str, ...]:
        return tuple(str(getattr(message.alert.subject, key)) for key in by)

    parts = [f"{len(messages)} messages of {len({each.alert.id for each in messages})} alerts"]
    for key, each in groupby(sorted(messages, key=group), group):
        inside = list(each)
        parts += ["", quiet(f"{', '.join(key)}: {len(inside)}", _TITLE), *map(line, inside)]
    return "\n".join(parts)


def digest_title(messages: Sequence[Message]) -> str:
    """What a person sees first of a digest: the worst of it."""
    worst = max((each.alert.subject.severity for each in messages), key=lambda each: each.rank)
    return quiet(f"[{worst}] {len(messages)} messages: {', '.join(_stacks(messages))}", _TITLE)


def quiet(text: str, length: int) -> str:
    """Text that notifies nobody: chats take a name after `@`, or in `<!…>`, for a call."""
    return clipped(shown(text, length).replace("@", "\N{FULLWIDTH COMMERCIAL AT}").replace("<!", "< !"), length)


def _stacks(messages: Iterable[Message]) -> list[str]:
    return sorted({each.alert.subject.stack for each in messages})


def _origin(alert: Alert) -> str:
    origin = alert.subject.origin
    return " ".join(filter(None, (origin.who, f"in {origin.commit[:12]}" if origin.commit else "")))
