"""From a request to its answer: which operation it asks for, who serves it, and Oracle's error where it is refused.

Source: https://docs.oracle.com/iaas/Content/API/References/apierrors.htm; `opc-request-id` of every answer,
https://docs.oracle.com/iaas/Content/API/Concepts/usingapi.htm#Request
"""

import secrets
from dataclasses import replace
from pathlib import Path

from rehearsal.doors.api import resources, rights, work_requests
from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.calls import Call
from rehearsal.doors.api.kinds import Kinds
from rehearsal.doors.api.messages import Request, Response, answer
from rehearsal.doors.api.router import Route, Router, unknown_operation
from rehearsal.doors.api.sdk import load_table
from rehearsal.world import ServiceError, TenancyRecord, World, regions_down

REQUEST_ID = "opc-request-id"


class Dispatcher:
    """All services of the API over one world."""

    def __init__(self, world: World, cache: Path) -> None:
        self._world = world
        self._table = load_table(cache)
        self._router = Router(self._table)
        self._kinds = Kinds(self._table)

    def serve(self, request: Request, caller: Caller) -> Response:
        """The answer; an error of a service is an answer too."""
        try:
            found = self._serve(request, caller)
        except ServiceError as error:
            found = answer(error.status, {"code": error.code, "message": error.message})
        named = request.headers.get(REQUEST_ID) or secrets.token_hex(16).upper()
        return replace(found, headers={REQUEST_ID: named, **found.headers})

    def _serve(self, request: Request, caller: Caller) -> Response:
        route = self._router.route(request)
        if route is None:
            raise unknown_operation(request)
        tenancy = self._tenancy(caller, route)
        if work_requests.are_read_by(route):
            return work_requests.serve(self._world, tenancy.ocid, route, request)
        known = self._kinds.of(route.operation)
        if known is None:
            raise ServiceError(501, "NotImplemented", f"the rehearsal has no {route.operation.api_name}")
        kind, role = known
        has_work_requests = work_requests.has_them(self._table, kind.module)
        call = Call(self._world, request, route, kind, role, tenancy, has_work_requests)
        rights.require(call, caller.user)
        return resources.serve(call)

    def _tenancy(self, caller: Caller, route: Route) -> TenancyRecord:
        """The caller's tenancy, if it can be served where the request came to."""
        tenancy = self._world.tenancies().get(caller.tenancy)
        if tenancy is None:
            raise ServiceError(401, "NotAuthenticated", "The required information to complete authentication was wrong")
        if route.region and route.region not in tenancy.regions:
            raise ServiceError(404, "NotAuthorizedOrNotFound", f"the tenancy is not subscribed to {route.region}")
        if route.region in regions_down(self._world):
            raise ServiceError(503, "ServiceUnavailable", f"{route.region} does not answer")
        return tenancy
