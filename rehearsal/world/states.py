"""States on the way, on order: what was just made isn't ready, and what isn't ready can't be used.

Oracle answers a creation at once and works on: a VCN is PROVISIONING, and what a VCN comes with follows it, its
resolver last. Until a resource is AVAILABLE, whoever refers to it or changes it is refused. A client has to wait, as
Oracle's provider does (`rehearsal.doors.provider.waiting`). What is of IAM has no such state (`rehearsal.world.late`).
Sources: Oracle, "API Errors" (409 IncorrectState), https://docs.oracle.com/iaas/Content/API/References/apierrors.htm;
states of a resource, https://docs.oracle.com/iaas/api/#/en/iaas/20160918/Vcn/; a resolver that isn't there when its VCN
is, https://github.com/oracle/terraform-provider-oci/issues/1573

Assumption: until it is ready, a resource of any type is PROVISIONING. A VCN's resolver takes twice the time.
"""

from datetime import datetime, timedelta
from functools import cache

from provider_schema import UnknownTypeError, described
from rehearsal.errors import RehearsalError
from rehearsal.world.behaviour import behaviour_of
from rehearsal.world.behaviour.dns import RESOLVER, VIEW
from rehearsal.world.model import Resource, ServiceError, not_found
from rehearsal.world.store import World, now

ON_THE_WAY = "PROVISIONING"

WHAT = "states"
_AFTER_THEIR_VCN = frozenset({RESOLVER, VIEW})


def order_late_states(world: World, seconds: float) -> None:
    """From now on, what is made is ready after so many seconds; none ends it.

    Raises:
        RehearsalError: the seconds are negative.
    """
    if seconds < 0:
        raise RehearsalError(f"{seconds} seconds: nothing can be ready before it is made; order 0 or more")
    world.order_lateness(WHAT, seconds)


def is_ready(world: World, resource: Resource) -> bool:
    """Whether a resource can be used."""
    ordered = world.lateness(WHAT)
    if ordered is None or resource.created < ordered.since or not _has_states(resource.type):
        return True
    comes_later = resource.type in _AFTER_THEIR_VCN and world.owner_of(resource.id)
    seconds = ordered.seconds * (2 if comes_later else 1)
    return datetime.fromisoformat(now()) - datetime.fromisoformat(resource.created) >= timedelta(seconds=seconds)


def require_ready(world: World, resource: Resource, what: str) -> None:
    """Refuses the use of what isn't ready; `what` says where it is used.

    Raises:
        ServiceError: it isn't there yet, or on the way.
    """
    if is_ready(world, resource):
        return
    if resource.type in _AFTER_THEIR_VCN:
        raise not_found(what)
    raise ServiceError(409, "IncorrectState", f"{what} is {ON_THE_WAY}; it can be used once it is {resource.state}")


@cache
def _has_states(type: str) -> bool:
    if behaviour_of(type).is_global:
        return False
    try:
        return "state" in described(type).arguments
    except UnknownTypeError:  # what Oracle offers to all is no type of the provider's
        return False
