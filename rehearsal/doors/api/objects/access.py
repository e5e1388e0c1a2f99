"""Who may do what to a bucket's objects: whom a statement of its tenancy allows it, and anybody what is public.

Sources: `iam/data` (what each call needs); Oracle, "Managing Buckets" (public access),
https://docs.oracle.com/iaas/Content/Object/Tasks/managingbuckets.htm

Assumption: in public, `ObjectRead` allows to list objects, not their versions. A call by the S3 side needs what
Oracle's own call needs.
"""

from typing import Protocol

from iam.reference import calls
from rehearsal.world.authority import Target, given, place, target_of
from rehearsal.world.authority.people import person
from rehearsal.world.behaviour.storage import bucket_id
from rehearsal.world.identifiers import world_id
from rehearsal.world.model import Resource
from rehearsal.world.objects.model import bucket_not_found
from rehearsal.world.store import World

_SERVICE = "Object Storage"
_READ = frozenset({"GetObject", "HeadObject"})
_IN_PUBLIC = {"ObjectRead": _READ | {"ListObjects"}, "ObjectReadWithoutList": _READ}


class Principal(Protocol):
    """Who calls; nobody known has no user."""

    @property
    def tenancy(self) -> str:
        """The OCID of the caller's tenancy."""

    @property
    def user(self) -> str:
        """The OCID of the user."""


def bucket_for(world: World, region: str, namespace: str, name: str, *, principal: Principal, call: str) -> Resource:
    """The bucket, for a caller who may make this call on it.

    Raises:
        ServiceError: there is no such bucket, or the caller may not; which of the two nobody is told.
    """
    found = world.get(world_id(bucket_id(namespace, name), region))
    if found is None or not _may(world, principal, found, call):
        raise bucket_not_found(namespace, name)
    return found


def may_in(world: World, region: str, compartment: str, principal: Principal, call: str) -> bool:
    """Whether a caller may make a call in a compartment of their tenancy."""
    return _is_allowed(world, principal, place(compartment, region), call)


def _may(world: World, principal: Principal, bucket: Resource, call: str) -> bool:
    if call in _IN_PUBLIC.get(bucket.body.get("accessType", ""), ()):
        return True
    if not principal.user or principal.tenancy != bucket.tenancy:
        return False
    compartment = bucket.compartment or bucket.tenancy
    return _is_allowed(world, principal, target_of(bucket, compartment, bucket.region), call)


def _is_allowed(world: World, principal: Principal, target: Target, call: str) -> bool:
    who = person(world, principal.tenancy, principal.user)
    held = given(world, principal.tenancy, who, target)
    return calls()[_SERVICE, call].is_given_by(held.permissions)
