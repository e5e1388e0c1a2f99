"""The statements that are there: those of policies in the world, in the compartments that they speak of.

A statement holds in the compartment that it names and in those below; it names it from where its policy is attached.
Sources: Oracle, "Policy Inheritance" and "Policy Attachment",
https://docs.oracle.com/iaas/Content/Identity/Concepts/policies.htm
"""

from collections.abc import Iterator

from boundary import BoundaryError
from iam import Statement, parse_statements
from iam.statements import Names
from rehearsal.world import late
from rehearsal.world.authority.targets import Target
from rehearsal.world.store import World

_POLICY, _COMPARTMENT = "oci:Identity/policy:Policy", "oci:Identity/compartment:Compartment"


def statements_on(world: World, tenancy: str, target: Target) -> Iterator[Statement]:
    """Every statement of a tenancy that is there in the target's region and speaks of its compartment."""
    above = tuple(_upwards(world, target.compartment))
    for policy in world.find(_POLICY, tenancy=tenancy):
        if not late.is_there(world, policy, target.region):
            continue
        attached = str(policy.body.get("compartmentId") or tenancy)
        for text in policy.body.get("statements") or ():
            for statement in _read(str(text)):
                if _place(world, attached, statement.place, tenancy) in above:
                    yield statement


def _read(text: str) -> tuple[Statement, ...]:
    try:
        return parse_statements(text)
    except BoundaryError:
        return ()


def _upwards(world: World, compartment: str) -> Iterator[str]:
    """A compartment and all that it lies in, the tenancy last."""
    while compartment:
        yield compartment
        found = world.get(compartment)
        compartment = found.compartment if found else ""


def _place(world: World, attached: str, place: Names, tenancy: str) -> str:
    """The compartment that a statement names; empty when there is none of that name."""
    if place.kind == "tenancy":
        return tenancy
    if place.kind == "compartment-id":
        return place.values[0]
    here = world.get(attached)
    names = [name.lower() for name in place.values]
    if here is not None and names and str(here.body.get("name", "")).lower() == names[0]:
        names = names[1:]
    for name in names:
        children = world.find(_COMPARTMENT, fields={"compartmentId": attached})
        attached = next((each.id for each in children if str(each.body["name"]).lower() == name), "")
    return attached
