"""Pages of results: a token says where the next one begins, and of which search; another's is refused.

Source: the limits of a page, https://docs.oracle.com/iaas/api/#/en/search/20180409/ResourceSummary/SearchResources

Assumption: a page has 500 items where no limit is given.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Sequence

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.messages import Request, Response, answer
from rehearsal.world.model import Body, invalid

_PAGE, _MOST = 500, 1000


def page(request: Request, caller: Caller, items: Sequence[Callable[[], Body]], *, in_collection: bool) -> Response:
    """The page that is asked for.

    Raises:
        ServiceError: 400, the limit or the token can't be used.
    """
    given = request.parameters
    search = _digest(request, caller)
    start = _start(given["page"], search) if given.get("page") else 0
    end = start + _size(given.get("limit"))
    shown = [item() for item in items[start:end]]
    headers = {"opc_next_page": _token(end, search)} if end < len(items) else {}
    return answer(200, {"items": shown} if in_collection else shown, **headers)


def _size(limit: str | None) -> int:
    if limit is None:
        return _PAGE
    if not re.fullmatch(r"[0-9]{1,4}", limit) or not 1 <= int(limit) <= _MOST:
        raise invalid(f"limit is {limit!r}; it may be 1 to {_MOST}")
    return int(limit)


def _digest(request: Request, caller: Caller) -> str:
    """What tells one search from another."""
    asked = [request.host, request.path, caller.tenancy, request.body.decode(errors="replace")]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:16]


def _token(start: int, search: str) -> str:
    return base64.urlsafe_b64encode(f"{start} {search}".encode()).decode().rstrip("=")


def _start(token: str, search: str) -> int:
    try:
        start, _, of = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode().partition(" ")
        found = int(start)
    except ValueError:
        raise invalid(f"page is {token!r}, which no search has given") from None
    if of != search or found < 0:
        raise invalid("page was given by another search")
    return found
