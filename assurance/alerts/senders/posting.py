"""One POST of JSON. Where an answer leads isn't followed: what is sent goes to the address that is written alone."""

import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any

from assurance.alerts.parcel import Outcome
from assurance.alerts.senders.answers import outcome_of, unanswered

_SECONDS = 10.0


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


def post(address: str, body: str, headers: Mapping[str, str]) -> Outcome:
    """One attempt."""
    now = datetime.now(UTC)
    named = {"Content-Type": "application/json", "User-Agent": "stateside", **headers}
    request = urllib.request.Request(address, body.encode(), named, method="POST")  # noqa: S310 - the route is checked
    try:
        with _OPENER.open(request, timeout=_SECONDS) as answer:
            return outcome_of(answer.status, dict(answer.headers), now)
    except urllib.error.HTTPError as error:
        with error:
            return outcome_of(error.code, dict(error.headers), now)
    except (OSError, HTTPException) as error:
        return unanswered(error)
