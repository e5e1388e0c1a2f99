"""Who gets in, from where, and until when.

A bastion is reached over the internet: its list has the public addresses that clients come from, and none but those of
our people's VPN (boundary/clients.py).
"""

from datetime import timedelta
from ipaddress import IPv4Network
from typing import Annotated, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from boundary import clock
from boundary.clients import client_fault
from boundary.fields import Moment, Range
from infra.config.base import Config, boundary_of
from infra.systems import System

MAX_DAYS = 14
"""How long a vendor's engagement lasts at most."""

# Oracle's bounds: https://docs.oracle.com/iaas/Content/Bastion/Tasks/create-bastion.htm
_SHORTEST, _LONGEST = 1800, 10800

_WHICH = "name the public addresses that our people's VPN leaves by"

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,40}$")]


class Engagement(Config):
    """A vendor's people at work on named systems, for a ticket, until a moment."""

    name: Annotated[Name, Field(description="what it is called", examples=["lustre-support"])]
    ticket: Annotated[str, Field(min_length=1, description="where the work is written down", examples=["SUP-17"])]
    requester: Annotated[str, Field(min_length=1, description="who asks", examples=["Head of training"])]
    approver: Annotated[str, Field(min_length=1, description="who allows it: another", examples=["Head of security"])]
    targets: Annotated[
        tuple[System, ...], Field(min_length=1, description="the systems to work on", examples=[["training"]])
    ]
    opens: Annotated[Moment, Field(description="when the work begins", examples=["2026-11-23T08:00:00Z"])]
    expires: Annotated[
        Moment,
        Field(
            description=f"when every right ends: at most {MAX_DAYS} days after `opens`",
            examples=["2026-11-30T18:00:00Z"],
        ),
    ]

    @model_validator(mode="after")
    def _is_short_and_approved_by_another(self) -> Self:
        if self.requester.casefold() == self.approver.casefold():
            raise ValueError(f"engagement {self.name}: {self.requester} approves their own request; name someone else")
        if not timedelta(0) < self.expires - self.opens <= timedelta(days=MAX_DAYS):
            raise ValueError(
                f"engagement {self.name}: expires must lie after opens and at most {MAX_DAYS} days later; move expires"
            )
        # Where a vendor never gets, whatever the ticket says: where data is kept, or keys, and the way in and out.
        if never := sorted(each for each in self.targets if each.guards.closed_to_vendors):
            raise ValueError(f"engagement {self.name}: no vendor works on {', '.join(never)}; remove it from targets")
        return self

    @property
    def is_open(self) -> bool:
        """Whether it has any right today. A clock that is set ahead only closes."""
        return clock.now() < self.expires


class AccessConfig(Config):
    """From which addresses bastions take connections, for how long, and which vendors are at work."""

    clients: Annotated[
        tuple[Range, ...],
        Field(description="the public addresses from which people reach a bastion; has to be given"),
    ] = ()
    session_seconds: Annotated[
        int, Field(ge=_SHORTEST, le=_LONGEST, description="how long a session on a bastion lasts at most")
    ] = 3600
    engagements: Annotated[tuple[Engagement, ...], Field(description="vendors at work")] = ()

    @field_validator("clients")
    @classmethod
    def _are_few_and_public(cls, value: tuple[IPv4Network, ...], info: ValidationInfo) -> tuple[IPv4Network, ...]:
        for each in value:
            if fault := client_fault(each, boundary_of(info).outside.ranges):
                raise ValueError(f"{each} {fault}; {_WHICH}")
        return value

    @model_validator(mode="after")
    def _says_from_where(self) -> Self:
        if not self.clients:
            raise ValueError(f"clients is missing; {_WHICH}")
        return self
