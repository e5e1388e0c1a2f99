"""Grants in time: what a service or a resource does for us at a creation, it must be allowed to do by then.

Oracle's services act in their own name, or as the resource that is made, on what the request names: a bucket, a key, a
subnet. A statement must cover that, in the compartment and the region of what is acted on, and must be there already;
otherwise the creation is refused. Which creation needs what is data (`needs.yaml`, each row with its source).

What is done with the caller's own authority needs no row: whoever runs the program is an administrator here. What a
resource does only later (a build, a job, a rule of Events) needs none either.

Assumption: a service that is not granted what it needs refuses the creation at once with 404, as where it can't see
what it needs; Object Storage alone is known to say 400 InsufficientServicePermissions.

Assumption: of `use keys`, who encrypts with a key needs to read it, to encrypt and to decrypt, and who signs to read
it, to sign and to verify. Of its network's family Lustre needs what joins a VNIC to a subnet and to security groups. A
connector needs at its target what writes there, and recovery in its bucket what keeps objects there.
"""

from iam import Allowed, Unknown, allowed, denied
from rehearsal.world.authority.grants import statements_on
from rehearsal.world.authority.needs import Need, needs_of
from rehearsal.world.authority.principals import Principal, principals
from rehearsal.world.authority.targets import Target, place, target_of, targets
from rehearsal.world.behaviour import Change
from rehearsal.world.model import ServiceError
from rehearsal.world.store import World, now

__all__ = ["Principal", "Target", "check", "given", "place", "target_of"]


def check(change: Change) -> None:
    """Refuses a creation or an update for which somebody lacks a statement.

    Raises:
        ServiceError: a principal may not do what its row says.
    """
    for need in needs_of(change.type):
        if not need.is_asked_for(change):
            continue
        for target in targets(change, need):
            for principal in principals(change, need):
                _check(change, need, principal, target)


def given(world: World, tenancy: str, principal: Principal, target: Target) -> Allowed:
    """What all statements of a tenancy together give a principal on a target, less what is denied."""
    request = {**principal.attributes, **target.attributes, "request.utc-timestamp": now()}
    mine = [*statements_on(world, tenancy, target, principal.is_meant_by)]
    found = [allowed(each, request, sure=True) for each in mine]
    taken = frozenset[str]().union(*(denied(each, request, sure=True).permissions for each in mine))
    permissions = frozenset[str]().union(*(each.permissions for each in found))
    return Allowed(permissions - taken, frozenset[Unknown]().union(*(each.unknown for each in found)))


def _check(change: Change, need: Need, principal: Principal, target: Target) -> None:
    missing = need.allowed_by(given(change.world, change.tenancy.ocid, principal, target))
    if missing:
        raise ServiceError(
            need.status,
            need.code,
            f"{principal} lacks {', '.join(missing)} on {target} in {target.region}; "
            f"a statement that allows it to {need.may} must be there before",
        )
