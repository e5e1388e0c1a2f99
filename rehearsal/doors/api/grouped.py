"""Items that are added to their parent several at a time: rules of a security group, routes and statements of a DRG."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rehearsal.doors.api.calls import Call
from rehearsal.doors.api.kinds import Grouped, Role
from rehearsal.doors.api.listing import listed
from rehearsal.doors.api.messages import Response, answer
from rehearsal.doors.api.sdk import model_of
from rehearsal.world import Resource, ServiceError
from rehearsal.world import service as services
from rehearsal.world.model import Body, invalid


def serve(call: Call, group: Grouped) -> Response:
    """The answer to a call on such items.

    Raises:
        ServiceError: Oracle would refuse it; of several, none is done then.
    """
    if call.role is Role.LIST:
        return listed(call, call.all_of(call.type))
    with call.world.transaction():
        return _ROLES[call.role](call, group)


def _add(call: Call, group: Grouped) -> Response:
    return _shown(call, group, [call.make(_asked(call, group, each)) for each in _items(call, group)])


def _change(call: Call, group: Grouped) -> Response:
    changed = []
    for each in _items(call, group):
        found = _member(call, each.get("id"))
        changed.append(services.update(call.world, found.id, found.asked | _asked(call, group, each)))
    return _shown(call, group, changed)


def _remove(call: Call, group: Grouped) -> Response:
    for found in [_member(call, each) for each in _given(call, group.ids)]:
        services.delete(call.world, found.id)
    return answer(204)


_ROLES: Mapping[Role, Callable[[Call, Grouped], Response]] = {
    Role.ADD: _add,
    Role.CHANGE: _change,
    Role.REMOVE: _remove,
}


def _shown(call: Call, group: Grouped, resources: list[Resource]) -> Response:
    if call.model is None or group.items not in call.model.fields:
        return answer(200, [call.shown(each, call.model) for each in resources] if call.model else [])
    inner = model_of(call.operation.module, call.model.fields[group.items].item)
    return answer(200, {group.items: [call.shown(each, inner) for each in resources] if inner else []})


def _items(call: Call, group: Grouped) -> Iterator[dict[str, Any]]:
    for each in _given(call, group.items):
        if not isinstance(each, dict):
            raise invalid(f"{group.items}: {each!r} is no object")
        yield each


def _given(call: Call, name: str) -> list[Any]:
    many = call.body.get(name) if isinstance(call.body, dict) else None
    if not isinstance(many, list):
        raise ServiceError(400, "MissingParameter", f"{name} is missing, or no list")
    return many


def _asked(call: Call, group: Grouped, given: dict[str, Any]) -> Body:
    model = model_of(call.operation.module, call.operation.body)
    inner = model.fields[group.items].item if model else ""
    return {name: value for name, value in call.asked(call.type, given, inner).items() if name != "id"}


def _member(call: Call, identifier: Any) -> Resource:
    found = next((each for each in call.all_of(call.type) if identifier in (each.id, each.shown_id)), None)
    if found is None:
        raise invalid(f"{identifier!r} is none of {call.request.path}")
    return found
