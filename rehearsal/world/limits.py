"""What Oracle's API takes for an argument: the world refuses a body that breaks a limit, as the services do.

What is doubtful (the data says why) is let through with a warning to whoever deploys.
What the world only has a fingerprint of isn't measured; nor is a -1 that the provider fills in by itself where nothing
is given, and doesn't send (`schedules[].hourOfDay` of a backup policy).
Sources: `provider_schema/oracle-limits.md`; defaults, `provider_schema/provider-schema.md`;
https://github.com/oracle/terraform-provider-oci, core_volume_backup_policy_resource.go
"""

from collections.abc import Mapping
from typing import Any

from provider_schema import Argument, UnknownTypeError, described
from provider_schema.limits import Breach, breaches
from rehearsal.world.behaviour import Change, asked_as
from rehearsal.world.model import Body, invalid, is_fingerprint

_NOTHING = -1


def check_limits(change: Change, asked: Body) -> None:
    """Refuses what breaks a limit, with every breach in one sentence.

    Raises:
        ServiceError: 400, InvalidParameter.
    """
    type = asked_as(change.type, asked)
    found = breaches(type, _as_sent(_arguments(type), asked), is_fingerprint)
    for breach in found:
        if breach.is_doubtful:
            change.world.warn(f"{_named(change)}: {breach.sentence}; Oracle's own tests don't keep to this limit")
    if refused := [breach for breach in found if not breach.is_doubtful]:
        raise invalid(_sentence(refused))


def _arguments(type: str) -> Mapping[str, Argument]:
    try:
        return described(type).arguments
    except UnknownTypeError:  # what Oracle offers to all is no type of the provider's
        return {}


def _as_sent(arguments: Mapping[str, Argument], body: Body) -> Body:
    """A body without the defaults that stand for nothing."""
    sent: Body = {}
    for name, value in body.items():
        argument = arguments.get(name)
        if argument is None or argument.default != _NOTHING or value != _NOTHING:
            sent[name] = _within(argument, value)
    return sent


def _within(argument: Argument | None, value: Any) -> Any:
    if argument is None or not argument.fields:
        return value
    if isinstance(value, list):
        return [_within(argument, each) for each in value]
    return _as_sent(argument.fields, value) if isinstance(value, dict) else value


def _named(change: Change) -> str:
    return f"{change.type.rpartition(':')[2]} {change.body.get('displayName') or change.body.get('name') or ''}".strip()


def _sentence(refused: list[Breach]) -> str:
    return "; ".join(breach.sentence for breach in refused)
