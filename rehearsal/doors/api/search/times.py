"""Moments in a query: written out, or counted from now.

Source: Oracle, "Search Language Syntax", https://docs.oracle.com/iaas/Content/Search/Concepts/querysyntax.htm

Assumption: `now` may be followed by `+` or `-` and a number of s, m, h, d, w or y; a moment without a zone is UTC.
"""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_RELATIVE = re.compile(r"now\s*(?:(?P<sign>[-+])\s*(?P<count>\d{1,9})\s*(?P<unit>[smhdwy]))?", re.IGNORECASE)
_OF_MAIL = re.compile(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "y": 31_536_000}


def moment(text: str, now: datetime) -> datetime | None:
    """The moment that a value names; None where it names none."""
    try:
        if relative := _RELATIVE.fullmatch(text.strip()):
            seconds = int(relative["count"] or 0) * _SECONDS[(relative["unit"] or "s").lower()]
            return now + timedelta(seconds=-seconds if relative["sign"] == "-" else seconds)
        if re.match(r"\d{4}-\d\d-\d\d", text):
            return _with_zone(datetime.fromisoformat(text))
        return _with_zone(parsedate_to_datetime(text)) if _OF_MAIL.match(text) else None
    except (ValueError, OverflowError):
        return None


def _with_zone(found: datetime) -> datetime:
    return found if found.tzinfo else found.replace(tzinfo=UTC)
