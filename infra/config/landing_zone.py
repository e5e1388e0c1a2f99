"""What a stack says of its landing zone: whether the tenancy as a whole is its to set, and what it may cost."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from infra.config.base import Config, boundary_of


class BudgetConfig(Config):
    """What the environment may cost a month, and who hears of it when it costs more."""

    monthly: Annotated[int, Field(ge=1, description="money a month, in the currency of the rate card")]
    recipients: Annotated[
        tuple[str, ...], Field(min_length=1, description="who hears of it: mail addresses of our own domains")
    ]

    @field_validator("recipients")
    @classmethod
    def _are_ours(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        return tuple(own_mail(each, info) for each in value)


class LandingZoneConfig(Config):
    """The landing zone's switches."""

    tenancy_wide: Annotated[
        bool, Field(description="this stack sets what a tenancy has only once: Cloud Guard, audit retention, quotas")
    ] = False
    # IAM takes `deny` only after an administrator of the tenancy has opted in, which no API does; they are on by
    # default, because a stack that fails there is better than one that silently lacks its second lock.
    deny_statements: Annotated[
        bool, Field(description="declare `deny` statements too, for which an administrator must have opted in")
    ] = True
    budget: Annotated[BudgetConfig | None, Field(description="what the environment may cost")] = None


def own_mail(address: str, info: ValidationInfo) -> str:
    """A mail address of our own domains.

    Raises:
        ValueError: it is none.
    """
    name, at, domain = address.partition("@")
    ours = boundary_of(info).domains
    if not (name and at and f".{domain}".endswith(tuple(f".{each}" for each in ours))):
        raise ValueError(f"{address} is no mail address of ours; take one of {' or '.join(ours) or 'the domains'}")
    return address
