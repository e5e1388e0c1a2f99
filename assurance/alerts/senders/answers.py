"""What an HTTP answer means for what was sent. The answer's own text is never shown: it may quote what we sent."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from assurance.alerts.parcel import Later, Outcome, Refused, Taken

_BUSY = (408, 425, 429)
_NOT_THIS = (400, 413, 415, 422)


def outcome_of(status: int, headers: Mapping[str, str], now: datetime) -> Outcome:
    """What came of an attempt that was answered."""
    if 200 <= status < 300:
        return Taken()
    if 300 <= status < 400:
        return Later(f"it answers {status}, which leads elsewhere; write the address that it leads to")
    if status in _NOT_THIS:
        return Refused(f"it answers {status} to this message")
    if status in _BUSY or status >= 500:
        return Later(f"it answers {status}", retry_after(headers, now))
    return Later(f"it answers {status}; look at the route's secret and address")


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds that a target asks to wait; None where it doesn't ask, or nobody understands it."""
    text = next((value.strip() for key, value in headers.items() if key.lower() == "retry-after"), "")
    if text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def unanswered(error: BaseException) -> Later:
    """What came of an attempt without an answer; of the error only its kind is told."""
    return Later(f"it doesn't answer ({type(error).__name__})")
