"""What goes wrong on order at a call through this door, as it does at the provider's: a client has to get through it.

Nothing is tried again here, for that is the client's part.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from rehearsal.doors.api.calls import Call
from rehearsal.doors.api.kinds import Role
from rehearsal.doors.api.messages import JSON, Response
from rehearsal.doors.replies import LostReplyError
from rehearsal.world.behaviour import behaviour_of
from rehearsal.world.faults import FaultKind, next_fault
from rehearsal.world.lists import in_another_order
from rehearsal.world.outages import outage

_OPERATIONS: Mapping[Role, str] = {
    Role.CREATE: "create",
    Role.ADD: "create",
    Role.GET: "read",
    Role.LIST: "read",
    Role.UPDATE: "update",
    Role.CHANGE: "update",
    Role.MOVE: "update",
    Role.DELETE: "delete",
    Role.REMOVE: "delete",
}


def under_faults(call: Call, work: Callable[[], Response]) -> Response:
    """The answer, with what was ordered for such a call.

    Raises:
        ServiceError: the services refuse, or fail on order, or a region that is needed is down.
        LostReplyError: the work is done, the reply is lost.
    """
    operation = _OPERATIONS[call.role]
    fault = next_fault(call.world, call.type, operation)
    if fault and fault.kind is FaultKind.SLOW:
        time.sleep(fault.seconds)
    changes_iam = operation != "read" and behaviour_of(call.type).is_global
    down = outage(call.world, call.tenancy, call.route.region, changes_iam=changes_iam)
    if error := down or (fault.kind.error() if fault else None):
        raise error
    found = work()
    if fault and fault.kind is FaultKind.LOST_REPLY:
        raise LostReplyError(f"the reply to {call.operation.api_name} was lost")
    if fault and fault.kind is FaultKind.REVERSE_LISTS and found.headers.get("content-type") == JSON:
        return replace(found, body=json.dumps(in_another_order(json.loads(found.body))).encode())
    return found
