"""From a request to its answer: which operation it asks for, who serves it, and Oracle's error where it is refused.

Source: https://docs.oracle.com/iaas/Content/API/References/apierrors.htm; `opc-request-id` of every answer,
https://docs.oracle.com/iaas/Content/API/Concepts/usingapi.htm#Request
"""

from collections.abc import Mapping
from pathlib import Path

from rehearsal.doors.api import offered, resources, rights, work_requests
from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.calls import Call
from rehearsal.doors.api.failing import under_faults
from rehearsal.doors.api.kinds import Kind, Kinds, Role
from rehearsal.doors.api.messages import Request, Response, named, refusal
from rehearsal.doors.api.objects import native, s3
from rehearsal.doors.api.objects.places import place_of
from rehearsal.doors.api.router import Router, unknown_operation
from rehearsal.doors.api.scim import Scim
from rehearsal.doors.api.sdk import Operation, Table, load_table
from rehearsal.doors.api.search import Search
from rehearsal.world import ServiceError, TenancyRecord, World, regions_down

_SEARCH, _DOMAINS = "ResourceSearchClient", "IdentityDomainsClient"
_OBJECTS = "object_storage"


class Dispatcher:
    """All services of the API over one world."""

    def __init__(self, world: World, cache: Path) -> None:
        self._world = world
        self._table = load_table(cache)
        self._router = Router(self._table)
        self._kinds = Kinds(self._table)
        self._search, self._scim = Search(self._table), Scim(self._table)

    def serve(self, request: Request, caller: Caller) -> Response:
        """The answer; an error of a service is an answer too."""
        try:
            return named(request, self._serve(request, caller))
        except ServiceError as error:
            return named(request, refusal(error.status, error.code, error.message))

    @property
    def table(self) -> Table:
        """Every operation of Oracle's API."""
        return self._table

    def answers(self, operation: Operation) -> bool:
        """Whether there is an answer to an operation other than that the rehearsal doesn't have it."""
        if operation.client == _DOMAINS:
            return self._scim.answers(operation)
        sample = Request(operation.method, operation.host, operation.path, {})
        return (
            operation.client == _SEARCH
            or (operation.module == _OBJECTS and native.takes(sample))
            or offered.has(operation)
            or work_requests.are_read_by(operation)
            or self._kinds.of(operation) is not None
        )

    def kind_of(self, type: str) -> Kind | None:
        """The collection of a type, if there is one."""
        return self._kinds.by_type.get(type)

    def roles_of(self, kind: Kind) -> Mapping[Role, Operation]:
        """The operations on a collection, by what they do."""
        return self._kinds.roles_of(kind)

    def _serve(self, request: Request, caller: Caller) -> Response:
        # The name of an object may have slashes, so that no operation's path tells it.
        place = place_of(request.host)
        if place and place.is_s3:
            return s3.serve(self._world, request, caller)
        if place and native.takes(request):
            if caller.user:  # nobody known may read what is public
                self._tenancy(caller, place.region)
            return native.serve(self._world, request, caller)
        route = self._router.route(request)
        if route is None:
            raise unknown_operation(request)
        tenancy = self._tenancy(caller, route.region)
        if route.operation.client == _SEARCH:
            return self._search.serve(self._world, request, caller)
        if route.operation.client == _DOMAINS:
            return self._scim.serve(self._world, request, caller)
        if offered.has(route.operation):
            return offered.serve(offered.Asked(self._world, tenancy, route, request, caller.user))
        if work_requests.are_read_by(route.operation):
            return work_requests.serve(self._world, tenancy.ocid, route, request)
        known = self._kinds.of(route.operation)
        if known is None:
            raise ServiceError(501, "NotImplemented", f"the rehearsal has no {route.operation.api_name}")
        kind, role = known
        has_work_requests = work_requests.has_them(self._table, kind.module)
        call = Call(self._world, request, route, kind, role, tenancy, has_work_requests)
        rights.require(call, caller.user)
        return under_faults(call, lambda: resources.serve(call))

    def _tenancy(self, caller: Caller, region: str) -> TenancyRecord:
        """The caller's tenancy, if it can be served in a region."""
        tenancy = self._world.tenancies().get(caller.tenancy)
        if tenancy is None:
            raise ServiceError(401, "NotAuthenticated", "The required information to complete authentication was wrong")
        if region and region not in tenancy.regions:
            raise ServiceError(404, "NotAuthorizedOrNotFound", f"the tenancy is not subscribed to {region}")
        if region in regions_down(self._world):
            raise ServiceError(503, "ServiceUnavailable", f"{region} does not answer")
        return tenancy
