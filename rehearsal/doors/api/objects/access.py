"""Who may do what to a bucket's objects: its tenancy's own callers, and anybody what the bucket shows in public.

Source: Oracle, "Managing Buckets" (public access), https://docs.oracle.com/iaas/Content/Object/Tasks/managingbuckets.htm
"""

from typing import Protocol

from rehearsal.world.behaviour.storage import bucket_id
from rehearsal.world.identifiers import world_id
from rehearsal.world.model import Resource
from rehearsal.world.objects.model import bucket_not_found
from rehearsal.world.store import World

_IN_PUBLIC = {
    "ObjectRead": frozenset({"OBJECT_READ", "OBJECT_INSPECT"}),
    "ObjectReadWithoutList": frozenset({"OBJECT_READ"}),
}


class Principal(Protocol):
    """Who calls; nobody known has no user."""

    @property
    def tenancy(self) -> str:
        """The OCID of the caller's tenancy."""

    @property
    def user(self) -> str:
        """The OCID of the user."""


def bucket_for(
    world: World, region: str, namespace: str, name: str, *, principal: Principal, permission: str
) -> Resource:
    """The bucket, for a caller who has this permission in it.

    Raises:
        ServiceError: there is no such bucket, or the caller may not; which of the two nobody is told.
    """
    found = world.get(world_id(bucket_id(namespace, name), region))
    if found is None or not _may(principal, found, permission):
        raise bucket_not_found(namespace, name)
    return found


def _may(principal: Principal, bucket: Resource, permission: str) -> bool:
    if principal.user and principal.tenancy == bucket.tenancy:
        return True
    return permission in _IN_PUBLIC.get(bucket.body.get("accessType", ""), ())
