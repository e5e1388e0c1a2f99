"""What is done to the items of any collection: create, read, list, update, move to another compartment, delete."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from rehearsal.doors.api import etags, grouped, work_requests
from rehearsal.doors.api.calls import Call
from rehearsal.doors.api.kinds import Role
from rehearsal.doors.api.listing import listed
from rehearsal.doors.api.messages import Response, answer
from rehearsal.doors.api.retry_tokens import once
from rehearsal.world import Resource, ServiceError
from rehearsal.world import service as services
from rehearsal.world.secret_keys import KEY_TYPE, secret_of


def serve(call: Call) -> Response:
    """The answer to a call.

    Raises:
        ServiceError: Oracle would refuse it.
    """
    return grouped.serve(call, call.kind.grouped) if call.kind.grouped else _ROLES[call.role](call)


def _create(call: Call) -> Response:
    _at_home(call)
    body = call.asked(call.type)
    made = once(call, lambda: call.make(body))
    return _answer(call, _with_secret(call, made), work_requests.note(call, made, "CREATED"))


def _with_secret(call: Call, made: Resource) -> Resource:
    """A key that is told with its creation, and never again."""
    if made.type != KEY_TYPE:
        return made
    return replace(made, body=made.body | {"key": secret_of(call.world, made.id)})


def _get(call: Call) -> Response:
    return _answer(call, call.item())


def _list(call: Call) -> Response:
    found = [each for type in call.kind.types for each in call.all_of(type)]
    return listed(call, found)


def _update(call: Call) -> Response:
    _at_home(call)
    found = call.existing()
    if found is None and not call.kind.collection:
        body = call.asked(call.type)
        return _changed(call, call.make(body), "CREATED")
    found = found or call.item()
    etags.require(call.request, found)
    asked = call.asked(found.type)
    return _changed(call, services.update(call.world, found.id, found.asked | asked), "UPDATED")


def _move(call: Call) -> Response:
    _at_home(call)
    found = call.item()
    etags.require(call.request, found)
    wanted = call.body.get("compartmentId") if isinstance(call.body, dict) else None
    if not isinstance(wanted, str):
        raise ServiceError(400, "MissingParameter", "compartmentId is missing")
    moved = services.update(call.world, found.id, found.asked | {"compartmentId": wanted})
    return _changed(call, moved, "UPDATED")


def _delete(call: Call) -> Response:
    _at_home(call)
    found = call.item()
    etags.require(call.request, found)
    services.delete(call.world, found.id)
    noted = work_requests.note(call, found, "DELETED")
    return answer(202 if noted else 204, **noted)


_ROLES: Mapping[Role, Callable[[Call], Response]] = {
    Role.CREATE: _create,
    Role.LIST: _list,
    Role.GET: _get,
    Role.UPDATE: _update,
    Role.MOVE: _move,
    Role.DELETE: _delete,
}


def _answer(call: Call, resource: Resource, headers: Mapping[str, str] = MappingProxyType({})) -> Response:
    if call.model is None:
        return answer(202 if headers else 204, **headers)
    return answer(200, call.shown(resource, call.model), etag=etags.of(resource), **headers)


def _changed(call: Call, resource: Resource, action: str) -> Response:
    return _answer(call, resource, work_requests.note(call, resource, action))


def _at_home(call: Call) -> None:
    """IAM is written in the home region alone.

    Source: https://docs.oracle.com/iaas/Content/Identity/Tasks/managingregions.htm
    """
    if not call.place_of(call.type) and call.route.region not in ("", call.tenancy.home):
        sentence = f"Please go to your home region {call.tenancy.home} to execute CREATE, UPDATE and DELETE operations."
        raise ServiceError(403, "NotAllowed", sentence)
