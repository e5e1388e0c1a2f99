"""SCIM at the address of an identity domain: what is in it is listed and read.

Its errors have SCIM's own form. `itemsPerPage` is what was asked for, even where fewer are left.
Sources: RFC 7644, https://www.rfc-editor.org/rfc/rfc7644; forms of answers and errors,
https://docs.oracle.com/iaas/Content/Identity/api-getstarted/ResponseBody.htm; parameters,
https://docs.oracle.com/iaas/api/#/en/identity-domains/v1/
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.messages import Request, Response, answer
from rehearsal.doors.api.scim.attributes import Selection
from rehearsal.doors.api.scim.collections import Collection, collections_of
from rehearsal.doors.api.scim.domains import Domain
from rehearsal.doors.api.scim.filters import matcher
from rehearsal.doors.api.scim.paths import parts_of, values_at
from rehearsal.doors.api.sdk import Operation, Table
from rehearsal.world import ServiceError, World
from rehearsal.world.model import Body, invalid, not_found

_DOMAIN = "oci:Identity/domain:Domain"
_PATH = "/admin/v1/"
_LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
_PAGE, _MOST = 50, 1000
_ORDERS = ("ascending", "descending")


class Scim:
    """The service, over the operations that the SDK has: they say which collections there are."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def serve(self, world: World, request: Request, caller: Caller) -> Response:
        """The answer to a request for `idcs-….identity.oraclecloud.com`; an error is an answer too.

        Raises:
            ServiceError: 501, the rehearsal has no such operation.
        """
        try:
            return answer(200, self._serve(_domain(world, request, caller), request))
        except ServiceError as error:
            if error.status == 501:
                raise
            return answer(error.status, {"schemas": [_ERROR], "detail": error.message, "status": str(error.status)})

    def answers(self, operation: Operation) -> bool:
        """Whether an operation of this API is answered: what the world has is listed and read."""
        name = operation.path.removeprefix(_PATH).partition("/")[0]
        collection = self._collections.get(name)
        return operation.method == "GET" and collection is not None and bool(collection.types)

    def _serve(self, domain: Domain, request: Request) -> Body:
        name, _, identifier = request.path.removeprefix(_PATH).partition("/")
        collection = self._collections.get(unquote(name))
        if request.method != "GET" or collection is None or not collection.types or "/" in identifier:
            raise ServiceError(501, "NotImplemented", f"the rehearsal has no {request.method} {request.path}")
        selection = Selection.asked(request, collection.model)
        if not identifier:
            return _listed(domain, request, collection, selection)
        wanted = unquote(identifier)
        found = next((each for each in domain.all_of(collection) if wanted in (each["id"], each["ocid"])), None)
        if found is None:
            raise not_found(f"{collection.model.name} {wanted}")
        return selection.of(found, collection.model)

    @cached_property
    def _collections(self) -> Mapping[str, Collection]:
        return collections_of(self._table)


def _domain(world: World, request: Request, caller: Caller) -> Domain:
    """The identity domain that has this address, if it is the caller's tenancy's."""
    host = request.host.partition(":")[0].lower()
    for found in world.find(_DOMAIN, tenancy=caller.tenancy) if caller.tenancy else ():
        if host in (urlsplit(found.body["url"]).hostname, urlsplit(found.body["homeRegionUrl"]).hostname):
            return Domain(world, found)
    raise ServiceError(401, "NotAuthenticated", f"no identity domain of the caller's tenancy has the address {host}")


def _listed(domain: Domain, request: Request, collection: Collection, selection: Selection) -> Body:
    given = request.parameters
    fulfils = matcher(given.get("filter", ""), collection.extensions)
    found = [each for each in domain.all_of(collection) if fulfils(each)]
    if given.get("sortBy"):
        found = _sorted(found, parts_of(given["sortBy"], collection.extensions), given.get("sortOrder", _ORDERS[0]))
    start = max(1, _number(given, "startIndex", 1))
    count = min(_MOST, max(0, _number(given, "count", _number(given, "limit", _PAGE))))
    page = found[start - 1 : start - 1 + count]
    return {
        "schemas": [_LIST],
        "totalResults": len(found),
        "Resources": [selection.of(each, collection.model) for each in page],
        "startIndex": start,
        "itemsPerPage": count,
    }


def _sorted(found: list[Body], path: tuple[str, ...], order: str) -> list[Body]:
    """By an attribute, whatever the letters' case; what has none comes last."""
    if order.lower() not in _ORDERS:
        raise invalid(f"sortOrder is {order!r}; it may be {' or '.join(_ORDERS)}")
    ranked = [(next(values_at(each, path), None), each) for each in found]
    there = [pair for pair in ranked if pair[0] is not None]
    ordered = sorted(there, key=lambda pair: str(pair[0]).lower(), reverse=order.lower() == _ORDERS[1])
    return [each for _, each in ordered] + [each for value, each in ranked if value is None]


def _number(given: Mapping[str, Any], name: str, default: int) -> int:
    text = given.get(name)
    if not text:
        return default
    try:
        return int(text[:9])
    except ValueError:
        raise invalid(f"{name} is {text!r}, which is no number") from None
