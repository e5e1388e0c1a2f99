"""What an alert is matched by, and a silence: for a time, with a reason, nothing is told of what matches."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, model_validator

from assurance.alerts.alert import Alert, Kind, Model, Severity

_FIELDS = ("stack", "system", "rule", "kind")
Words = Annotated[tuple[str, ...], Field(min_length=1)]


class Match(Model):
    """Which alerts: those that have one word of each list that is given."""

    severity: Annotated[Severity | None, Field(description="this one, and what is worse", examples=["high"])] = None
    stack: Annotated[Words | None, Field(description="the stacks", examples=[["us-prod"]])] = None
    system: Annotated[Words | None, Field(description="the systems", examples=[["network"]])] = None
    rule: Annotated[
        Words | None, Field(description="the rules; `lane` and `guard` for those", examples=[["exposure"]])
    ] = None
    kind: Annotated[
        tuple[Kind, ...] | None, Field(min_length=1, description="violation, lane or guard", examples=[["lane"]])
    ] = None
    id: Annotated[Words | None, Field(description="alerts, each by its id", examples=[["c9f30304ea464d4b"]])] = None

    def fits(self, alert: Alert) -> bool:
        """Whether an alert is one of these."""
        subject = alert.subject
        if self.severity and subject.severity.rank < self.severity.rank:
            return False
        wanted = {"id": self.id, **{key: getattr(self, key) for key in _FIELDS}}
        return all(getattr(subject, key) in words for key, words in wanted.items() if words is not None)

    @property
    def is_empty(self) -> bool:
        """Whether it is everything."""
        return not self.model_fields_set


class Silence(Model):
    """Nothing is told of what matches until a moment. What opens meanwhile and is still open then is told then."""

    match: Annotated[Match, Field(description="of what nothing is told")]
    until: Annotated[AwareDatetime, Field(description="when it ends", examples=["2027-01-22T00:00:00Z"])]
    why: Annotated[str, Field(min_length=3, description="the reason", examples=["it moves that night"])]
    by: Annotated[str, Field(min_length=1, description="who wants it", examples=["Head of platform"])]

    @model_validator(mode="after")
    def _not_everything(self) -> Self:
        if self.match.is_empty:
            raise ValueError("a silence of everything hides what nobody knows yet; name a rule, a system or an alert")
        return self

    def lasts(self, now: datetime) -> bool:
        """Whether it isn't over."""
        return now < self.until
