"""One call to the services, with what can go wrong on order and what a client does about it.

Oracle's provider tries again after 429 and 5xx, with growing pauses; so does the door, with shorter ones. A reply that
is lost stays lost: the change has happened, and the engine doesn't hear of it. What is refused because IAM isn't there
yet is a matter of `rehearsal.doors.provider.consistency`.
Source: Oracle, "API Errors" and the provider's retry settings,
https://docs.oracle.com/iaas/Content/terraform/configuring.htm (`retry_duration_seconds`).
"""

import time
from collections.abc import Callable
from typing import TypeVar

from rehearsal.doors.provider.configuration import Configuration
from rehearsal.doors.provider.consistency import changes_iam, patiently
from rehearsal.doors.replies import LostReplyError
from rehearsal.world.behaviour import behaviour_of
from rehearsal.world.faults import FaultKind, next_fault
from rehearsal.world.lists import in_another_order
from rehearsal.world.model import ServiceError
from rehearsal.world.outages import outage
from rehearsal.world.store import World

Result = TypeVar("Result")

_TRIES = 6
_FIRST_PAUSE_S = 0.02


def call(world: World, where: Configuration, type: str, operation: str, work: Callable[[], Result]) -> Result:
    """Does the work of one call to a region's services.

    Raises:
        ServiceError: the services refuse, or kept failing.
        LostReplyError: the work is done, the reply was lost.
    """
    for attempt in range(_TRIES):
        fault = next_fault(world, type, operation)
        if fault and fault.kind is FaultKind.SLOW:
            time.sleep(fault.seconds)
        error = _outage(world, where, type, operation) or (fault.kind.error() if fault else None)
        if error is None:
            result = patiently(where.window, work)
            if changes_iam(type, operation):
                where.window.open()
            if fault and fault.kind is FaultKind.LOST_REPLY:
                raise LostReplyError(f"the reply to {operation} was lost")
            if fault and fault.kind is FaultKind.REVERSE_LISTS:
                return in_another_order(result)
            return result
        if not error.may_be_retried or attempt == _TRIES - 1:
            raise error
        time.sleep(_FIRST_PAUSE_S * 2**attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")


def _outage(world: World, where: Configuration, type: str, operation: str) -> ServiceError | None:
    changes_iam = operation != "read" and behaviour_of(type).is_global
    return outage(world, where.tenancy, where.region, changes_iam=changes_iam)
