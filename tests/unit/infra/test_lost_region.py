"""Without a region: the program asks it for nothing, and what it doesn't declare is exactly what is left alone.

A resource that were neither declared nor left alone would be deleted by the engine. Which patterns are left alone is
the rehearsal's to say (and the runbook's); what is declared is the program's: here they meet.
"""

from functools import lru_cache

import pytest

from boundary import find_region, load_boundary
from rehearsal.commands.lost import without
from runs.excluded import is_excluded
from tests.unit.infra.recording import Declared, Recording, configured, recorded, run_program

STACK = "us-prod"
REGIONS = tuple(configured(STACK)["stateside:regions"])
HOME = load_boundary().regions.home


@lru_cache
def remaining(lost: str) -> Recording:
    """What the program declares and asks without a region."""
    return run_program(STACK, {**configured(STACK), "stateside:lost": lost})


def is_left_alone(recording: Recording, resource: Declared, lost: str) -> bool:
    """Whether the engine is told to leave it alone, by its URN as the engine makes it: with all that it is part of."""
    parents = {each.urn: each for each in recording.resources}
    types, above = [resource.type], parents.get(resource.parent)
    while above is not None:
        types.insert(0, above.type)
        above = parents.get(above.parent)
    rules = without(lost, STACK, {"config": configured(STACK)}, load_boundary())
    return is_excluded(f"urn:pulumi:{STACK}::stateside::{'$'.join(types)}::{resource.name}", rules.patterns)


@pytest.fixture(params=REGIONS)
def lost(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_nothing_is_asked_of_a_lost_region(lost: str) -> None:
    assert [call.token for call in remaining(lost).calls if lost in (call.provider or "")] == []
    assert remaining(lost).calls


def test_nothing_is_deleted_because_a_region_is_lost(lost: str) -> None:
    """What the whole program declares and this one doesn't is left alone."""
    declared = {resource.urn for resource in remaining(lost).resources}
    gone = [resource for resource in recorded(STACK).resources if resource.urn not in declared]
    assert gone
    assert [each.urn for each in gone if not is_left_alone(recorded(STACK), each, lost)] == []


def test_the_other_half_is_declared_as_it_was(lost: str) -> None:
    here = f"-{next(key for name in REGIONS if name != lost and (key := key_of(name)))}"
    whole = [
        each
        for each in recorded(STACK).resources
        if each.name.endswith(here) and not is_left_alone(recorded(STACK), each, lost)
    ]
    halves = {resource.urn: resource for resource in remaining(lost).resources}
    assert whole
    assert [resource.urn for resource in whole if inputs(halves[resource.urn]) != inputs(resource)] == []


def test_what_goes_on_does_not_lie_in_the_lost_region(lost: str) -> None:
    """Resources of the home region are IAM's, and only left alone, never touched, while it is lost."""
    touched = [each for each in remaining(lost).resources if each.custom and not each.type.startswith("pulumi:")]
    there = [each for each in touched if lost in each.provider]
    assert [each.urn for each in there if not is_left_alone(remaining(lost), each, lost)] == []


def key_of(name: str) -> str:
    found = find_region(name)
    assert found
    return found.key


def inputs(resource: Declared) -> dict[str, object]:
    return {"inputs": resource.inputs, "parent": resource.parent, "protected": resource.protected}
