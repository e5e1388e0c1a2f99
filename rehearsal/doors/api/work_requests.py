"""Work requests: what a service answers with where it works on after its answer.

The world has done the work by then, so that each is done when it is asked for.
Source: https://docs.oracle.com/iaas/Content/General/Concepts/workrequestoverview.htm
"""

import json

from rehearsal.doors.api.calls import Call
from rehearsal.doors.api.messages import Request, Response, answer
from rehearsal.doors.api.router import Route
from rehearsal.doors.api.sdk import Model, Operation, Table, model_of
from rehearsal.world import Resource, World
from rehearsal.world.identifiers import make_ocid
from rehearsal.world.model import Body, not_found
from rehearsal.world.store import now

_TABLE = (
    "CREATE TABLE IF NOT EXISTS work_request"
    " (id TEXT PRIMARY KEY, tenancy TEXT, compartment TEXT, region TEXT, body TEXT)"
)
_READ = frozenset({"get_work_request", "list_work_requests", "list_work_request_errors", "list_work_request_logs"})


def are_read_by(operation: Operation) -> bool:
    """Whether an operation reads work requests."""
    return operation.name in _READ


def has_them(table: Table, module: str) -> bool:
    """Whether a service has work requests; those of the core services are read at a service of its own."""
    return module == "core" or any(each.name == "get_work_request" for each in table.by_module.get(module, ()))


def note(call: Call, resource: Resource, action: str) -> dict[str, str]:
    """Notes what was done; the header that names it, for `answer`."""
    if call.operation.method == "GET" or not call.has_work_requests:
        return {}
    moment = now()
    number = call.world.next_number("workrequest")
    realm = call.tenancy.ocid.split(".")[2]
    identifier = make_ocid("workrequest", realm, call.route.region, call.tenancy.ocid, number)
    kind = resource.type.rpartition(":")[2]
    body = {
        "id": identifier,
        "operationType": call.operation.name.upper(),
        "status": "SUCCEEDED",
        "compartmentId": resource.compartment or call.tenancy.ocid,
        "percentComplete": 100.0,
        "timeAccepted": moment,
        "timeStarted": moment,
        "timeFinished": moment,
        "resources": [{"entityType": kind.lower(), "actionType": action, "identifier": resource.shown_id}],
    }
    with call.world.transaction():
        call.world.execute(_TABLE)
        values = (identifier, call.tenancy.ocid, body["compartmentId"], call.route.region, json.dumps(body))
        call.world.execute("INSERT INTO work_request VALUES (?, ?, ?, ?, ?)", values)
    return {"opc_work_request_id": identifier}


def serve(world: World, tenancy: str, route: Route, request: Request) -> Response:
    """The answer to a read of work requests.

    Raises:
        ServiceError: 404, there is no such work request.
    """
    world.execute(_TABLE)
    operation = route.operation
    outer = model_of(operation.module, operation.response.removeprefix("list[").removesuffix("]"))
    if operation.name == "list_work_requests":
        wanted = (tenancy, route.region, request.parameters.get("compartmentId", ""))
        query = "SELECT body FROM work_request WHERE tenancy = ? AND region = ? AND compartment = ? ORDER BY rowid"
        return _many(outer, operation.module, [json.loads(row[0]) for row in world.execute(query, wanted)])
    query = "SELECT body FROM work_request WHERE id = ? AND tenancy = ? AND region = ?"
    identifier = next(iter(route.parameters.values()))
    row = world.execute(query, (identifier, tenancy, route.region)).fetchone()
    if row is None:
        raise not_found(identifier)
    if operation.name != "get_work_request":
        return _many(outer, operation.module, [])
    return answer(200, _shown(json.loads(row[0]), outer))


def _many(outer: Model | None, module: str, bodies: list[Body]) -> Response:
    if outer is not None and "items" in outer.fields:
        inner = model_of(module, outer.fields["items"].item)
        return answer(200, {"items": [_shown(each, inner) for each in bodies]})
    return answer(200, [_shown(each, outer) for each in bodies])


def _shown(body: Body, model: Model | None) -> Body:
    """A work request as a service's own model has it."""
    if model is None:
        return body
    found = {name: value for name, value in body.items() if name in model.fields}
    allowed = model.fields["operationType"].values if "operationType" in model.fields else frozenset()
    if allowed and found.get("operationType") not in allowed:
        found["operationType"] = _nearest(str(body["operationType"]), allowed)
    if "lifecycleState" in model.fields:
        found["lifecycleState"] = body["status"]
    return found


def _nearest(wanted: str, allowed: frozenset[str]) -> str:
    """The word of a model that shares most with the operation's name."""
    parts = {*wanted.split("_")}
    return max(sorted(allowed), key=lambda each: len(parts & {*each.split("_")}))
