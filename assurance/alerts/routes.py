"""`stacks/alerts.yaml` as typed data: who is told what, by which way, and how much at once.

A route has no secret: it names an environment variable, or a file outside the repository (assurance/alerts/secret.py).
"""

import re
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from assurance.alerts.alert import Alert, Event, Kind, Message, Model
from assurance.alerts.silence import Match, Silence
from boundary.load import read_model

PATH = Path(__file__).parents[2] / "stacks" / "alerts.yaml"
_LOOPBACK = ("http://127.0.0.1:", "http://localhost:", "http://[::1]:")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,63}")


def _variable(name: str) -> str:
    # The value is not quoted: it may be the secret itself.
    if not _VARIABLE.fullmatch(name):
        raise ValueError("it is no variable's name; write the name of a variable that has the secret, in capitals")
    return name


class Backoff(Model):
    """How long to wait after a failure: twice as long each time, up to a limit."""

    first: Annotated[float, Field(gt=0, description="seconds after the first failure")] = 2.0
    most: Annotated[float, Field(gt=0, le=86_400, description="seconds at most")] = 900.0

    @model_validator(mode="after")
    def _grows(self) -> Self:
        if self.most < self.first:
            raise ValueError("most is less than first; raise it")
        return self


class Digest(Model):
    """Several messages in one, which names each alert that it covers."""

    above: Annotated[int, Field(ge=1, description="from how many waiting messages on, this many being told singly")] = 3
    most: Annotated[int, Field(ge=2, le=10_000, description="how many messages it has at most")] = 200
    size: Annotated[int, Field(ge=1_000, le=1_000_000, description="how many bytes it has at most")] = 12_000
    by: Annotated[
        tuple[Literal["stack", "system", "rule", "severity", "kind"], ...],
        Field(description="by what its lines are grouped"),
    ] = ("stack", "rule")


class Common(Model):
    """What every route says."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,62}$", description="what it is called")]
    match: Annotated[Match, Field(description="which alerts it is for")] = Match()
    every: Annotated[float, Field(ge=0, le=3_600, description="seconds from one message to the next")] = 0.0
    wait: Annotated[float, Field(ge=0, le=3_600, description="seconds to gather before a message is sent")] = 0.0
    digest: Annotated[Digest | None, Field(description="several messages in one, or none")] = None
    backoff: Annotated[Backoff, Field(description="how long to wait after a failure")] = Backoff()


class AppriseRoute(Common):
    """What only tells: Slack, Teams, mail and others, by Apprise. Its address holds a secret, so it is one."""

    to: Literal["apprise"]
    secret: Annotated[
        str, AfterValidator(_variable), Field(description="the variable that has the address for Apprise")
    ]


class PagerDutyRoute(Common):
    """PagerDuty, Events API v2. Each alert is an incident of its own there, so that it has no digest."""

    to: Literal["pagerduty"]
    secret: Annotated[str, AfterValidator(_variable), Field(description="the variable that has the routing key")]
    address: Annotated[str, Field(description="the API, where it isn't PagerDuty's own")] = (
        "https://events.pagerduty.com"
    )

    @field_validator("address")
    @classmethod
    def _encrypted(cls, value: str) -> str:
        return _encrypted(value, loopback=())

    @field_validator("digest")
    @classmethod
    def _single(cls, value: Digest | None) -> Digest | None:
        if value:
            raise ValueError("PagerDuty keeps a state for each alert, which a digest has not; take it out")
        return value


class WebhookRoute(Common):
    """A webhook, signed by the Standard Webhooks specification."""

    to: Literal["webhook"]
    address: Annotated[str, Field(description="where it is posted to")]
    secret: Annotated[
        str,
        AfterValidator(_variable),
        Field(description="the variable that has the signing key (whsec_…); two of them while it is changed"),
    ]

    @field_validator("address")
    @classmethod
    def _encrypted(cls, value: str) -> str:
        return _encrypted(value)


class AlertmanagerRoute(Common):
    """Prometheus' Alertmanager, which has routes of its own."""

    to: Literal["alertmanager"]
    address: Annotated[str, Field(description="where it is, without the path of its API")]

    @field_validator("address")
    @classmethod
    def _encrypted(cls, value: str) -> str:
        return _encrypted(value)


class OciRoute(Common):
    """A topic of OCI Notifications, in the region of the profile."""

    to: Literal["oci"]
    topic: Annotated[str, Field(pattern=r"^ocid1\.onstopic\.oc1\.[a-z0-9-]+\.\w+$", description="the topic's OCID")]
    profile: Annotated[str, Field(description="a profile of ~/.oci/config; empty: the instance that this runs on")] = ""
    address: Annotated[str, Field(description="the service, where it isn't Oracle's own")] = ""

    @field_validator("address")
    @classmethod
    def _encrypted(cls, value: str) -> str:
        return _encrypted(value) if value else value


class Inhibition(Model):
    """While an alert of `source` isn't over, nothing is told of those of `target` that equal it in some fields."""

    source: Annotated[Match, Field(description="the alert that says it all")]
    target: Annotated[Match, Field(description="those that follow from it")]
    equal: Annotated[
        tuple[Literal["stack", "system", "rule", "resource", "place"], ...],
        Field(min_length=1, description="what they have in common", examples=[["stack"]]),
    ]

    def mutes(self, source: Alert, target: Alert) -> bool:
        """Whether an alert that fits `source` makes one that fits `target` needless.

        Two that fit both don't: each would be silent because of the other, or of itself. So it is in Alertmanager.
        """
        mutual = self.source.fits(target) and self.target.fits(source)
        return not mutual and all(getattr(source.subject, key) == getattr(target.subject, key) for key in self.equal)


Route = Annotated[
    AlertmanagerRoute | AppriseRoute | PagerDutyRoute | WebhookRoute | OciRoute, Field(discriminator="to")
]


_WAYS = ("alertmanager", "apprise", "oci", "pagerduty", "webhook")


class Routing(Model):
    """The whole file."""

    runbooks: Annotated[dict[Kind, str], Field(description="what to do, by what an alert is about")]
    routes: Annotated[tuple[Route, ...], Field(description="who is told")] = ()
    silences: Annotated[tuple[Silence, ...], Field(description="of what nothing is told for a time")] = ()
    inhibitions: Annotated[tuple[Inhibition, ...], Field(description="what follows from something else")] = ()

    @field_validator("routes", mode="before")
    @classmethod
    def _ways_are_known(cls, routes: Any) -> Any:
        for number, each in enumerate(routes if isinstance(routes, list) else ()):
            way = each.get("to") if isinstance(each, dict) else None
            if way not in _WAYS:
                raise ValueError(f"route {number}: to is {way!r}; write one of {', '.join(_WAYS)}")
        return routes

    @model_validator(mode="after")
    def _names_are_unique_and_kinds_have_runbooks(self) -> Self:
        if twice := next((name for name, n in Counter(each.name for each in self.routes).items() if n > 1), None):
            raise ValueError(f"routes: two are called {twice}; rename one")
        if lacking := next((kind for kind in Kind if kind is not Kind.TEST and kind not in self.runbooks), None):
            raise ValueError(f"runbooks: there is none for {lacking}; add it")
        return self

    def takers(self, message: Message, told: frozenset[str]) -> list[str]:
        """The names of the routes that are told; `told` are those that know of the alert.

        Whoever was told of a beginning is told of its end, whatever has become of the alert meanwhile, and nobody else.
        """
        if message.event in (Event.ACKNOWLEDGED, Event.RESOLVED):
            return [each.name for each in self.routes if each.name in told]
        return [each.name for each in self.routes if each.match.fits(message.alert)]

    def runbook(self, alert: Alert) -> str:
        """Where to read what to do."""
        return self.runbooks.get(alert.subject.kind, "")


def load_routing(path: Path | None = None) -> Routing:
    """What stacks/alerts.yaml says.

    Raises:
        BoundaryError: it isn't there, or says something that can't be; the text names the key and the fix.
    """
    return read_model(path or PATH, Routing)


def _encrypted(value: str, loopback: tuple[str, ...] = _LOOPBACK) -> str:
    if not value.startswith(("https://", *loopback)):
        raise ValueError(f"{value!r} isn't encrypted; begin it with https://")
    if "@" in value.partition("://")[2].partition("/")[0]:
        raise ValueError("it has a password in it; keep that outside the file")
    return value
