"""The statements that are there: those of policies in the world, in the compartments that they speak of.

A statement holds in the compartment that it names and in those below; it names it from where its policy is attached.
Sources: Oracle, "Policy Inheritance" and "Policy Attachment",
https://docs.oracle.com/iaas/Content/Identity/Concepts/policies.htm
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from boundary import BoundaryError
from iam import Statement, parse_statements
from iam.statements import Names
from rehearsal.world import late
from rehearsal.world.authority.targets import Target
from rehearsal.world.model import Resource
from rehearsal.world.store import World

_POLICY, _COMPARTMENT = "oci:Identity/policy:Policy", "oci:Identity/compartment:Compartment"


def statements_on(
    world: World, tenancy: str, target: Target, means: Callable[[Statement], bool]
) -> Iterator[Statement]:
    """Every statement of a tenancy that is there in the target's region, is meant and speaks of its compartment."""
    above = tuple(world.above(target.compartment))
    compartments = _Compartments(world, tenancy)
    for policy in world.find(_POLICY, tenancy=tenancy):
        if not late.is_there(world, policy, target.region):
            continue
        attached = str(policy.body.get("compartmentId") or tenancy)
        for text in policy.body.get("statements") or ():
            for statement in _read(str(text)):
                if means(statement) and compartments.named(statement.place, attached) in above:
                    yield statement


def _read(text: str) -> tuple[Statement, ...]:
    try:
        return parse_statements(text)
    except BoundaryError:
        return ()


class _Compartments:
    """A tenancy's compartments, found by the names that statements give them."""

    def __init__(self, world: World, tenancy: str) -> None:
        self._world, self._tenancy = world, tenancy

    def named(self, place: Names, attached: str) -> str:
        """The compartment that a statement of a policy attached there names; empty when there is none of that name."""
        if place.kind == "tenancy":
            return self._tenancy
        if place.kind == "compartment-id":
            return place.values[0]
        names = [name.lower() for name in place.values]
        if names and self._names.get(attached) == names[0]:
            names = names[1:]
        for name in names:
            attached = self._children.get((attached, name), "")
        return attached

    @cached_property
    def _all(self) -> list[Resource]:
        return self._world.find(_COMPARTMENT, tenancy=self._tenancy)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {each.id: str(each.body["name"]).lower() for each in self._all}

    @cached_property
    def _children(self) -> Mapping[tuple[str, str], str]:
        # Of two of one name the older is meant.
        return {(each.compartment, self._names[each.id]): each.id for each in reversed(self._all)}
