"""What is sent at once on a route, and what came of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from assurance.alerts import text
from assurance.alerts.alert import Message
from assurance.alerts.routes import Route, Routing


@dataclass(frozen=True)
class Parcel:
    """One message, or several as a digest. Its id, title and text are the same however often it is tried."""

    id: str
    messages: tuple[Message, ...]
    title: str
    text: str
    runbooks: tuple[str, ...]

    @property
    def only(self) -> Message:
        """The one message of what is no digest."""
        (message,) = self.messages
        return message


@dataclass(frozen=True)
class Taken:
    """The target has it."""


@dataclass(frozen=True)
class Later:
    """The target is down, busy, or doesn't let us in: everything waits. `after` is what it asks for, in seconds."""

    why: str
    after: float | None = None


@dataclass(frozen=True)
class Refused:
    """The target is there and doesn't take this: what is about other alerts goes on."""

    why: str


Outcome = Taken | Later | Refused


def parcel_id(messages: Sequence[str]) -> str:
    """A single message goes by its own id."""
    if len(messages) == 1:
        return messages[0]
    return f"digest-{hashlib.sha256(' '.join(messages).encode()).hexdigest()[:16]}"


def parcel_of(route: Route, routing: Routing, messages: Sequence[Message]) -> Parcel:
    """What a route sends of some messages."""
    runbooks = tuple(routing.runbook(each.alert) for each in messages)
    if len(messages) == 1:
        title, body = text.title(messages[0]), text.full(messages[0], runbooks[0])
    else:
        by = route.digest.by if route.digest else ()
        title, body = text.digest_title(messages), text.digest(messages, by)
    return Parcel(parcel_id([each.id for each in messages]), tuple(messages), title, body, runbooks)
