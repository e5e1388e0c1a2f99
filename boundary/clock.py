"""What time it is: for lanes, and for nothing else that could tell the difference.

A what-if run may set the clock ahead with STATESIDE_NOW, to see which lanes would be closed by then. It is never set
back, and it opens nothing: a lane opens by the real clock alone (`boundary.lanes.Lane.is_open`).
"""

import os
from datetime import UTC, datetime

from boundary.errors import BoundaryError

VARIABLE = "STATESIDE_NOW"


def set_ahead(text: str) -> None:
    """Sets the clock of this process, and of those that it starts, ahead to a day (its beginning in UTC) or a moment.

    Raises:
        BoundaryError: it is neither, or doesn't lie ahead.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BoundaryError(f"{text!r} is no day; write it like 2027-01-23") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if moment <= real_now():
        raise BoundaryError(f"{text} is past; name a day that lies ahead")
    os.environ[VARIABLE] = moment.isoformat()


def now() -> datetime:
    """This moment in UTC, or the later one that STATESIDE_NOW sets.

    Raises:
        BoundaryError: STATESIDE_NOW is no moment with a time zone, or none that lies ahead.
    """
    return moved() or real_now()


def real_now() -> datetime:
    """This moment in UTC, whatever STATESIDE_NOW says."""
    return datetime.now(UTC)


def moved() -> datetime | None:
    """The moment in UTC that STATESIDE_NOW sets the clock ahead to; None where it is not set.

    Raises:
        BoundaryError: as for `now`.
    """
    text = os.environ.get(VARIABLE)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BoundaryError(f"{VARIABLE}: {text!r} is not a moment; write it like 2027-01-22T00:00:00Z") from None
    if moment.tzinfo is None:
        raise BoundaryError(f"{VARIABLE}: {text!r} has no time zone; write it like 2027-01-22T00:00:00Z")
    if moment <= real_now():
        raise BoundaryError(f"{VARIABLE}: {text} is past; the clock can only be set ahead, so name a later moment")
    return moment.astimezone(UTC)
