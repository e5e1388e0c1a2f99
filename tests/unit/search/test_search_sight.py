"""Search finds what a statement lets its caller see, and nothing else."""

from pathlib import Path

import pytest

from rehearsal.world import World
from tests.unit.search.conftest import Query
from tests.unit.world.small import COMPARTMENT, TAG, TAG_NAMESPACE, grant, make, make_vcn, seeded

VOLUME = "oci:Core/volume:Volume"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A world of two compartments, where nobody may do anything yet."""
    world = seeded(tmp_path)
    for name in ("ours", "others"):
        compartment = make(world, COMPARTMENT, name=name)
        make(world, VOLUME, compartmentId=compartment.id, displayName=name)
    make_vcn(world)
    return world


def names(query: Query, text: str = "query all resources") -> set[str]:
    return {f"{each.resource_type} {each.display_name}" for each in query(text)}


def test_without_a_statement_nothing_is_seen(query: Query) -> None:
    assert names(query) == set()


def test_a_type_in_a_compartment_is_seen_alone(world: World, query: Query) -> None:
    grant(world, "Allow any-user to inspect volumes in compartment ours")
    assert names(query) == {"Volume ours"}
    grant(world, "Allow any-user to read volume-family in tenancy")
    assert names(query) == {"Volume ours", "Volume others"}


def test_each_resource_is_judged_by_its_tags(world: World, query: Query) -> None:
    namespace = make(world, TAG_NAMESPACE, name="Operations")
    make(world, TAG, name="Team", tagNamespaceId=namespace.id)
    for team in ("red", "blue"):
        make(world, VOLUME, displayName=team, definedTags={"Operations": {"Team": team}})
    grant(world, "Allow any-user to inspect volumes in tenancy where target.resource.tag.Operations.Team = 'red'")
    assert names(query) == {"Volume red"}


def test_each_resource_is_judged_by_its_identifier(world: World, query: Query) -> None:
    one, _ = (make(world, VOLUME, displayName=name) for name in ("one", "two"))
    grant(world, f"Allow any-user to inspect volumes in tenancy where target.resource.id = '{one.id}'")
    assert names(query) == {"Volume one"}
