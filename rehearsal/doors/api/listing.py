"""Lists: filters, order and pages.

A filter is a parameter of the query that names a field of what is listed. A page's token says where the next page
begins and of which list; that of another list is refused.
Source: https://docs.oracle.com/iaas/Content/API/Concepts/usingapi.htm#nine ("List Pagination")

Assumption: where a service says nothing, a page has 100 items, and the newest come first.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cached_property

from rehearsal.doors.api.calls import Call, compartment_of
from rehearsal.doors.api.messages import Response, answer
from rehearsal.world import Resource, ServiceError
from rehearsal.world.model import Body, invalid
from rehearsal.world.offers import ORACLE

_PAGE, _MOST = 100, 1000
_CONTROLS = frozenset({"limit", "page", "sortBy", "sortOrder", "fields", "accessLevel", "compartmentIdInSubtree"})
_COMPARTMENT = "compartmentId"
_BY_NAME = frozenset({"DISPLAYNAME", "NAME"})


def listed(call: Call, resources: Sequence[Resource]) -> Response:
    """The page that is asked for.

    Raises:
        ServiceError: a parameter is missing, or can't be used.
    """
    given = call.request.parameters
    for name in call.operation.required:
        if name in call.operation.query and not given.get(name):
            raise ServiceError(400, "MissingParameter", f"{name} is missing")
    unknown = sorted(given.keys() - {*call.operation.query})
    if unknown:
        raise invalid(f"{unknown[0]} is no parameter of {call.operation.api_name}")
    items = [_Item(call, each) for each in resources if _is_inside(call, each)] if call.model else []
    for name in given.keys() - _CONTROLS - {_COMPARTMENT}:
        items = [each for each in items if _has(call, each.body, name, given[name])]
    return _page(call, _sorted(call, items))


class _Item:
    """One resource of a list; it is shown only where somebody looks at it."""

    def __init__(self, call: Call, resource: Resource) -> None:
        self._call, self.resource = call, resource

    @cached_property
    def body(self) -> Body:
        """The resource as the API shows it."""
        return self._call.shown(self.resource, self._call.model) if self._call.model else {}

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.resource.body.get("displayName") or self.resource.body.get("name") or "")


def _sorted(call: Call, items: list[_Item]) -> list[_Item]:
    """In the order that is asked for."""
    given = call.request.parameters
    by_name = given.get("sortBy", "TIMECREATED").upper().replace("_", "") in _BY_NAME
    falling = given.get("sortOrder", "ASC" if by_name else "DESC").upper() == "DESC"
    return sorted(items, key=lambda each: each.name if by_name else each.resource.created, reverse=falling)


def _is_inside(call: Call, resource: Resource) -> bool:
    """Whether a resource lies in the compartment that is asked for; what Oracle offers lies in any."""
    wanted = call.request.parameters.get(_COMPARTMENT)
    if not wanted or resource.tenancy == ORACLE:
        return True
    compartment = compartment_of(call.world, resource)
    if call.request.parameters.get("compartmentIdInSubtree", "").lower() == "true":
        return wanted in call.world.above(compartment)
    return compartment == wanted


def _has(call: Call, body: Body, name: str, wanted: str) -> bool:
    """Whether a listed item has a value; what no item can have isn't a filter that we know."""
    model = call.model
    if model is None or name not in model.fields:
        raise ServiceError(501, "NotImplemented", f"{call.operation.api_name} by {name}")
    value = body.get(name)
    if isinstance(value, bool):
        return str(value).lower() == wanted.lower()
    return (
        str(value).upper() == wanted.upper() if name == "lifecycleState" else value is not None and str(value) == wanted
    )


def _page(call: Call, items: list[_Item]) -> Response:
    given = call.request.parameters
    start = _read_token(call, given["page"]) if given.get("page") else 0
    size = _size(given.get("limit"))
    shown = [each.body for each in items[start : start + size]]
    headers = {"opc_next_page": _token(call, start + size)} if len(items) > start + size else {}
    headers |= {"opc_total_items": str(len(items))}
    return answer(200, {"items": shown} if call.answers_collection else shown, **headers)


def _size(limit: str | None) -> int:
    if limit is None:
        return _PAGE
    if not limit.isdecimal() or not 1 <= int(limit) <= _MOST:
        raise invalid(f"limit is {limit!r}; it may be 1 to {_MOST}")
    return int(limit)


def _token(call: Call, start: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([start, _list_digest(call)]).encode()).decode().rstrip("=")


def _read_token(call: Call, token: str) -> int:
    try:
        start, digest = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, TypeError):
        raise invalid(f"page is {token!r}, which no list has given") from None
    if digest != _list_digest(call) or not isinstance(start, int):
        raise invalid("page was given by another list")
    return start


def _list_digest(call: Call) -> str:
    """What tells one list from another: all that is asked for but the page and its size."""
    asked = sorted((name, value) for name, value in call.request.query if name not in ("page", "limit"))
    which = [call.request.host, call.request.path, call.tenancy.ocid, asked]
    return hashlib.sha256(json.dumps(which).encode()).hexdigest()[:16]
