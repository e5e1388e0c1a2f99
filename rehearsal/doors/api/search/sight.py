"""What a caller sees: Search finds only what a statement lets them list, each resource by itself.

Resources of one type in one compartment with the same tags are judged together, since a tenancy has thousands.
Source: Oracle, "Overview of Search" (required IAM policy),
https://docs.oracle.com/iaas/Content/Search/Concepts/queryoverview.htm

Assumption: to find a resource takes what it takes to list its type, or to read one where no operation lists it.
"""

from collections.abc import Callable, Mapping

from iam import Allowed
from rehearsal.doors.api import rights
from rehearsal.doors.api.kinds import Role
from rehearsal.doors.api.sdk import Operation
from rehearsal.doors.api.search.index import Found
from rehearsal.doors.api.search.types import SearchType
from rehearsal.world import TenancyRecord, World
from rehearsal.world.authority import Target, given, target_of
from rehearsal.world.authority.people import person

_POLICY = "oci:Identity/policy:Policy"
_OWN = "target.resource.id"

Lister = Callable[[SearchType], Operation | None]
"""The operation that lists a type, or that reads one; None where the API has neither."""


class Sight:
    """The sight of one user in one region, during one search."""

    def __init__(self, world: World, tenancy: TenancyRecord, user: str, region: str, lister: Lister) -> None:
        self._world, self._tenancy, self._region, self._lister = world, tenancy, region, lister
        self._caller = person(world, tenancy.ocid, user)
        self._each = any(_OWN in str(each.body.get("statements")) for each in world.find(_POLICY, tenancy=tenancy.ocid))
        self._held: dict[object, Allowed] = {}

    def has(self, found: Found) -> bool:
        """Whether the user sees a resource."""
        operation = self._lister(found.type)
        return operation is not None and rights.are_given(operation, Role.LIST, self._rights_on(found))

    def _rights_on(self, found: Found) -> Allowed:
        target = target_of(found.resource, found.compartment, self._region)
        key = self._key(target.attributes)
        if key not in self._held:
            self._held[key] = self._given(target)
        return self._held[key]

    def _key(self, attributes: Mapping[str, str]) -> object:
        return frozenset(item for item in attributes.items() if self._each or item[0] != _OWN)

    def _given(self, target: Target) -> Allowed:
        return given(self._world, self._tenancy.ocid, self._caller, target)
