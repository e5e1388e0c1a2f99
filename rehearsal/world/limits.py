"""What Oracle's API takes for an argument: the world refuses a body that breaks a limit, as the services do.

What is doubtful (the data says why) is let through with a warning to whoever deploys.
What the world only has a fingerprint of isn't measured.
Source: `provider_schema/oracle-limits.md`.
"""

from provider_schema.limits import Breach, breaches
from rehearsal.world.behaviour import Change, asked_as
from rehearsal.world.model import Body, invalid, is_fingerprint


def check_limits(change: Change, asked: Body) -> None:
    """Refuses what breaks a limit, with every breach in one sentence.

    Raises:
        ServiceError: 400, InvalidParameter.
    """
    found = breaches(asked_as(change.type, asked), asked, is_fingerprint)
    for breach in found:
        if breach.is_doubtful:
            change.world.warn(f"{_named(change)}: {breach.sentence}; Oracle's own tests don't keep to this limit")
    if refused := [breach for breach in found if not breach.is_doubtful]:
        raise invalid(_sentence(refused))


def _named(change: Change) -> str:
    return f"{change.type.rpartition(':')[2]} {change.body.get('displayName') or change.body.get('name') or ''}".strip()


def _sentence(refused: list[Breach]) -> str:
    return "; ".join(breach.sentence for breach in refused)
