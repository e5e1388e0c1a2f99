"""Resource Search: `POST /resources`, `GET /resourceTypes`, `GET /resourceTypes/{name}`.

Source: https://docs.oracle.com/iaas/api/#/en/search/20180409/
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any
from urllib.parse import unquote

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.fields import taken
from rehearsal.doors.api.kinds import Kinds, Role
from rehearsal.doors.api.messages import Request, Response, answer
from rehearsal.doors.api.sdk import Model, Operation, Table, model_of
from rehearsal.doors.api.search import results
from rehearsal.doors.api.search.descriptions import description
from rehearsal.doors.api.search.index import found_in
from rehearsal.doors.api.search.pages import page
from rehearsal.doors.api.search.parser import parse
from rehearsal.doors.api.search.sight import Sight
from rehearsal.doors.api.search.types import SearchType, search_types, type_called, types_called
from rehearsal.world import ServiceError, TenancyRecord, World
from rehearsal.world.model import Body, invalid, not_found

_MODULE = "resource_search"
_PATH = "/20180409/"
_HOST = re.compile(r"query\.(?P<region>[a-z0-9-]+)\.oci\..+")


class Search:
    """The service, over the operations that the SDK has: they say what each type's object looks like."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def serve(self, world: World, request: Request, caller: Caller) -> Response:
        """The answer to a request for `query.{region}`.

        Raises:
            ServiceError: the service refuses.
        """
        tenancy, region = self._place(world, request, caller)
        what, _, name = request.path.removeprefix(_PATH).partition("/")
        if (request.method, what, name) == ("POST", "resources", ""):
            sight = Sight(world, tenancy, caller.user, region, self._lister)
            found = self._results(world, tenancy, region, sight, _asked(request))
            return page(request, caller, found, in_collection=True)
        if (request.method, what) == ("GET", "resourceTypes"):
            return self._type(unquote(name)) if name else page(request, caller, self._types, in_collection=False)
        raise ServiceError(404, "NotAuthorizedOrNotFound", f"Search has no {request.method} {request.path}")

    def _place(self, world: World, request: Request, caller: Caller) -> tuple[TenancyRecord, str]:
        """The caller's tenancy, and the region whose index is asked."""
        tenancy = world.tenancies().get(caller.tenancy)
        if tenancy is None:
            raise ServiceError(401, "NotAuthenticated", "The required information to complete authentication was wrong")
        other = request.parameters.get("tenantId", tenancy.ocid)
        if other != tenancy.ocid:
            raise not_found(f"tenantId: {other}")
        match = _HOST.fullmatch(request.host.partition(":")[0])
        region = match["region"] if match else ""
        if region not in tenancy.regions:
            raise not_found(f"the tenancy is not subscribed to {region or request.host}")
        return tenancy, region

    def _results(
        self, world: World, tenancy: TenancyRecord, region: str, sight: Sight, asked: Body
    ) -> list[results.Item]:
        marked = asked.get("matchingContextType") == "HIGHLIGHTS"
        if asked["type"] == "FreeText":
            every = found_in(world, tenancy, region, search_types(), self._model)
            return results.of_text(asked["text"], every, sight.has, marked=marked)
        query = parse(asked["query"])
        every = found_in(world, tenancy, region, types_called(query.types), self._model)
        return results.of_query(query, every, sight.has, marked=marked)

    def _type(self, name: str) -> Response:
        type = type_called(name)
        if type is None:
            raise not_found(f"resource type {name}")
        return answer(200, self._described(type))

    @cached_property
    def _types(self) -> list[Callable[[], Body]]:
        return [partial(self._described, type) for type in search_types()]

    def _described(self, type: SearchType) -> Body:
        return description(type, next(filter(None, map(self._model, type.tokens)), None))

    def _model(self, type: str) -> Model | None:
        reads = self._operations.get((type, Role.GET))
        return model_of(reads.module, reads.response) if reads else None

    def _lister(self, type: SearchType) -> Operation | None:
        wanted = ((token, role) for role in (Role.LIST, Role.GET) for token in type.tokens)
        return next((self._operations[each] for each in wanted if each in self._operations), None)

    @cached_property
    def _operations(self) -> Mapping[tuple[str, Role], Operation]:
        """The operation that lists a type of the world, and the one that reads one of it."""
        kinds, found = Kinds(self._table), dict[tuple[str, Role], Operation]()
        for operation in self._table.operations:
            kind, role = kinds.of(operation) or (None, None)
            for type in kind.types if kind and role else ():
                if role is not None:
                    found.setdefault((type, role), operation)
        return found


def _asked(request: Request) -> Body:
    """What is searched for.

    Raises:
        ServiceError: 400, it is no search.
    """
    try:
        given: Any = json.loads(request.body or b"{}")
    except ValueError:
        raise invalid("the body is no JSON") from None
    model = model_of(_MODULE, "SearchDetails")
    if model is None:
        raise ServiceError(501, "NotImplemented", "the installed SDK has no Resource Search")
    found = taken("", given, model)
    if found["type"] not in model.kinds:
        raise invalid(f"type is {found['type']!r}; it may be {', '.join(sorted(model.kinds))}")
    return found
