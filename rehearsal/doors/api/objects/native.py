"""Oracle's own API of objects: what it knows, by method and path.

What a bucket itself is (create, update, policies) is the generic part's.
Source: https://docs.oracle.com/iaas/api/#/en/objectstorage/20160918/
"""

import re
from collections.abc import Callable
from urllib.parse import unquote

from rehearsal.doors.api.messages import Request, Response, answer
from rehearsal.doors.api.objects import copies, lists, multipart, transfers
from rehearsal.doors.api.objects.access import Principal
from rehearsal.doors.api.objects.call import Call
from rehearsal.doors.api.objects.places import place_of
from rehearsal.world.model import ServiceError
from rehearsal.world.store import World


def _namespace(call: Call) -> Response:
    """GetNamespace."""
    found = call.world.tenancies().get(call.principal.tenancy)
    if found is None:
        raise ServiceError(401, "NotAuthenticated", "The required information to complete authentication is missing")
    return answer(200, found.namespace)


_BUCKET = "/n/(?P<namespace>[^/]+)/b/(?P<bucket>[^/]+)"
_OPERATIONS: tuple[tuple[str, str, Callable[[Call], Response]], ...] = (
    ("GET", "/n/?", _namespace),
    ("PUT", f"{_BUCKET}/o/(?P<object>.+)", transfers.put),
    ("GET", f"{_BUCKET}/o/(?P<object>.+)", transfers.get),
    ("HEAD", f"{_BUCKET}/o/(?P<object>.+)", transfers.head),
    ("DELETE", f"{_BUCKET}/o/(?P<object>.+)", transfers.delete),
    ("POST", f"{_BUCKET}/actions/renameObject", transfers.rename),
    ("POST", f"{_BUCKET}/actions/batchDeleteObjects", transfers.delete_several),
    ("POST", f"{_BUCKET}/actions/copyObject", copies.copy),
    ("GET", "/workRequests/(?P<id>[^/]+)", copies.work_request),
    ("GET", "/workRequests/(?P<id>[^/]+)/(?P<of>errors|logs)", copies.nothing_of),
    ("GET", f"{_BUCKET}/o/?", lists.objects),
    ("GET", f"{_BUCKET}/objectversions", lists.versions),
    ("GET", f"{_BUCKET}/p/?", lists.links),
    ("GET", f"{_BUCKET}/u/?", multipart.uploads),
    ("POST", f"{_BUCKET}/u/?", multipart.create),
    ("GET", f"{_BUCKET}/u/(?P<object>.+)", multipart.parts),
    ("PUT", f"{_BUCKET}/u/(?P<object>.+)", multipart.put_part),
    ("POST", f"{_BUCKET}/u/(?P<object>.+)", multipart.commit),
    ("DELETE", f"{_BUCKET}/u/(?P<object>.+)", multipart.abort),
)
_COMPILED = tuple((method, re.compile(pattern), handler) for method, pattern, handler in _OPERATIONS)


def takes(request: Request) -> bool:
    """Whether a request to Object Storage is one of these."""
    return any(method == request.method and path.fullmatch(request.path) for method, path, _ in _COMPILED)


def serve(world: World, request: Request, caller: Principal) -> Response:
    """Answers a request.

    Raises:
        ServiceError: the services refuse.
    """
    place = place_of(request.host)
    for method, path, handler in _COMPILED:
        found = path.fullmatch(request.path)
        if place and found and method == request.method:
            names = {name: unquote(value) for name, value in found.groupdict().items()}
            if place.namespace not in ("", names.get("namespace", place.namespace)):
                raise ServiceError(
                    400, "MismatchedNamespaceNames", f"{request.host} is not of the namespace {names['namespace']}"
                )
            return handler(Call(world, request, caller, place.region, names))
    raise ServiceError(404, "NotFound", f"No operation is at {request.method} {request.path}")
