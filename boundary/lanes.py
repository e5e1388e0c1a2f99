"""Lanes: the crossings that are wanted. Everything else that crosses is a violation."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from boundary import clock
from boundary.data_class import DataClass
from boundary.fields import Moment
from boundary.people import compared, name_fault

MAX_DAYS_AHEAD = 90
_URN = "urn:pulumi:"


class Direction(StrEnum):
    """Which way a lane goes, as seen from the US environment."""

    IN = "in"
    OUT = "out"


class Lane(BaseModel):
    """One wanted crossing: one direction, named data classes, one rule that it excepts, one resource."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,62}$", description="what it is called")]
    direction: Annotated[Direction, Field(description="which way data goes, as seen from the US environment")]
    data_classes: Annotated[frozenset[DataClass], Field(min_length=1, description="what may pass")]
    rule: Annotated[str, Field(min_length=1, description="id of the one rule that it makes an exception of")]
    resource: Annotated[
        str,
        Field(
            pattern=rf"^({_URN}[^:]+::[^:]+::(\w+:[\w/]+:\w+\$)*)?\w+:[\w/]+:\w+::.+$",
            description="the one resource that crosses: its type token, two colons and its logical name; or its URN",
        ),
    ]
    owner: Annotated[str, Field(min_length=1, description="who answers for it")]
    approver: Annotated[str, Field(min_length=1, description="who allowed it: somebody else than the owner")]
    ticket: Annotated[str, Field(min_length=1, description="where the decision is written down")]
    opens: Annotated[Moment, Field(description="when it opens")]
    expires: Annotated[Moment, Field(description=f"when it closes: at most {MAX_DAYS_AHEAD} days after `opens`")]

    @model_validator(mode="after")
    def _two_people_and_a_short_life(self) -> Self:
        for person in (self.owner, self.approver):
            if fault := name_fault(person):
                raise ValueError(f"lane {self.name}: {fault}")
        if compared(self.owner) == compared(self.approver):
            raise ValueError(
                f"lane {self.name}: owner and approver are both {self.owner}; name someone else to approve it"
            )
        if not timedelta(0) < self.expires - self.opens <= timedelta(days=MAX_DAYS_AHEAD):
            raise ValueError(
                f"lane {self.name}: expires must lie after opens and at most {MAX_DAYS_AHEAD} days later; move expires"
            )
        return self

    @property
    def resource_type(self) -> str:
        """The type token of the resource that crosses."""
        return self._last.partition("::")[0].rpartition("$")[2]

    @property
    def logical_name(self) -> str:
        """The logical name of the resource that crosses; it begins with the environment that the lane is for."""
        return self._last.partition("::")[2]

    @property
    def _last(self) -> str:
        """The resource without the stack and the project of a URN."""
        return self.resource.split("::", 2)[-1] if self.resource.startswith(_URN) else self.resource

    def is_of(self, stack: str) -> bool:
        """Whether it is for a stack: the one that its URN says, or that the logical name begins with."""
        if self.resource.startswith(_URN):
            return self.resource.startswith(f"{_URN}{stack}::")
        return self.logical_name.startswith(f"{stack}-")

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether the lane is open at a moment (now, when none is given).

        A clock that is set ahead closes lanes and opens none: while it is, only the real time opens them.
        """
        moment = at or clock.now()
        opened_by = clock.real_now() if clock.moved() else moment
        return self.opens <= opened_by and moment < self.expires
