"""An alert and its messages, as typed data that is kept from run to run.

An alert has one life: it is opened, may be acknowledged by a person, and is resolved by the next clean run that looked
at the same thing. Each message about it has a number; with the alert's id that is the same however often it is sent.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class Model(BaseModel):
    """What all of this data has in common."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Severity(StrEnum):
    """How bad it is; the pack's own words, with two below them for what is only told."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """The higher, the worse."""
        return list(Severity).index(self)


class Kind(StrEnum):
    """What an alert is about."""

    VIOLATION = "violation"
    LANE = "lane"
    GUARD = "guard"
    TEST = "test"


class State(StrEnum):
    """Where an alert is in its life."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class Event(StrEnum):
    """What a message tells of an alert."""

    OPENED = "opened"
    UPDATED = "updated"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class Origin(Model):
    """Who wrote it, and in which commit; empty where nobody knows."""

    who: str = ""
    commit: str = ""


class Subject(Model):
    """What an alert is about, as a person has to see it. `way` is the path out, a stop each."""

    id: Id
    kind: Kind
    stack: str
    system: str
    rule: str
    severity: Severity
    resource: str
    says: str
    lets_through: str = ""
    instead: str
    place: str = ""
    way: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    origin: Origin = Origin()


class Alert(Model):
    """A subject and its life so far.

    `seen_in` are the looks that found it and have not yet looked again without finding it; `told` the stages of it that
    were told. `number` counts its messages.
    """

    subject: Subject
    state: State
    by: str = ""
    why: str = ""
    first_seen: AwareDatetime
    opened: AwareDatetime
    last_seen: AwareDatetime
    seen_in: tuple[str, ...] = ()
    told: frozenset[str] = frozenset()
    number: Annotated[int, Field(ge=0)] = 0

    @property
    def id(self) -> str:
        """The same in every run."""
        return self.subject.id

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.state is State.RESOLVED


class Message(Model):
    """One thing that is told of an alert, with the alert as it was then."""

    alert: Alert
    event: Event
    says: str
    at: AwareDatetime

    @property
    def id(self) -> str:
        """The same however often it is sent, so that a target can tell a repetition."""
        return f"{self.alert.id}.{self.alert.number}"


def worst_first(alerts: Iterable[Alert]) -> list[Alert]:
    """By severity, and the older ones first."""
    return sorted(alerts, key=lambda each: (-each.subject.severity.rank, each.opened, each.id))


def age(since: datetime, now: datetime) -> str:
    """How long ago, in one unit; a clock that was set back makes it no less than nothing."""
    seconds = max(0, int((now - since).total_seconds()))
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"
