"""Who hears of what happens, and how long the record of it is kept."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from boundary.fields import Moment
from infra.config.base import Config, boundary_of
from infra.config.landing_zone import own_mail


class Topic(StrEnum):
    """What notices are about."""

    BOUNDARY = "boundary"
    """What crosses, or changes what keeps it from crossing."""
    OPERATIONS = "operations"
    """How things run, and what our own deployments do."""
    DATA = "data"
    """Where data is, how far a copy is behind, and that a lane is used."""


class Listener(Config):
    """Where a notice goes: a mailbox or an HTTPS address, of our own domains."""

    protocol: Annotated[Literal["EMAIL", "CUSTOM_HTTPS"], Field(description="how it is told")]
    endpoint: Annotated[str, Field(min_length=1, description="a mail or https address of our own domains")]
    topics: Annotated[tuple[Topic, ...], Field(min_length=1, description="what it is told of")] = tuple(Topic)

    @model_validator(mode="after")
    def _is_ours(self, info: ValidationInfo) -> Self:
        if self.protocol == "EMAIL":
            own_mail(self.endpoint, info)
            return self
        host = self.endpoint.removeprefix("https://").partition("/")[0]
        ours = boundary_of(info).domains
        if host == self.endpoint or not f".{host}".endswith(tuple(f".{each}" for each in ours)):
            raise ValueError(f"{self.endpoint} is no https address of {' or '.join(ours) or 'our domains'}; correct it")
        return self


class ObservabilityConfig(Config):
    """The listeners, and the archive."""

    listeners: Annotated[tuple[Listener, ...], Field(description="who is told of alarms and events")] = ()
    deployers: Annotated[
        tuple[Annotated[str, Field(pattern=r"^ocid1\.[a-z]+\.oc1\.[a-z0-9-]*\.[a-z0-9]+$")], ...],
        Field(description="OCIDs of whoever deploys: what they change goes to `operations`, as our own"),
    ] = ()
    archive_years: Annotated[int, Field(ge=1, description="years in which nobody can change or delete a log")] = 1
    # Oracle locks a rule at the earliest 14 days after it is made; from then on it can only be made longer:
    # https://docs.oracle.com/iaas/Content/Object/Tasks/usingretentionrules.htm
    lock_archive_from: Annotated[
        Moment | None,
        Field(description="when the archive's retention rule is locked for good: at least 14 days ahead"),
    ] = None
