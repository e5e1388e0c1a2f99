"""Which instances become machines, and what they are called."""

from pathlib import Path
from typing import Any

import pytest

from rehearsal.hosts import chosen, running
from rehearsal.hosts.choice import role
from rehearsal.hosts.reconcile import _names
from rehearsal.world import World, take_down
from tests.unit.hosts.worlds import REGION, a_world, add, change, instances

SERVING = "ocid1.instance.oc1.iad.serving"
PHOENIX = "us-phoenix-1"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """The usual world: one serving and one training instance."""
    return a_world(tmp_path)


def another(world: World, name: str, system: str = "serving", environment: str = "rehearsal", **more: Any) -> str:
    tags = {f"stateside-{environment}": {"System": system}}
    more.setdefault("state", "RUNNING")
    more.setdefault("displayName", f"{environment}-{system}")
    return add(world, "Instance", name, definedTags=tags, **more)


def names(world: World) -> list[str]:
    return [instance.id.rpartition(".")[2] for instance in chosen(world)]


def test_one_instance_of_each_role_becomes_a_machine_the_first_by_name(world: World) -> None:
    another(world, "second", displayName="rehearsal-serving-2")
    another(world, "zeroth", displayName="rehearsal-a")
    assert names(world) == ["zeroth", "training"]
    assert len(running(world)) == 4


def test_every_environment_and_every_region_has_its_own(world: World) -> None:
    another(world, "phoenix", region=PHOENIX)
    another(world, "prod", environment="us-prod")
    assert sorted(names(world)) == ["phoenix", "prod", "serving", "training"]


@pytest.mark.parametrize("change_of", [{"system": "data"}, {"state": "STOPPED"}], ids=["another role", "stopped"])
def test_what_has_no_role_for_it_or_does_not_run_stays_a_resource(world: World, change_of: dict[str, Any]) -> None:
    another(world, "more", **({"system": "training", "displayName": "a"} | change_of))
    assert names(world) == ["serving", "training"]


def test_a_region_that_is_down_has_no_machines(world: World) -> None:
    another(world, "phoenix", region=PHOENIX)
    take_down(world, REGION)
    assert names(world) == ["phoenix"]


def test_hosts_are_called_as_their_instances_and_told_apart_by_region_where_two_are_called_alike(world: World) -> None:
    another(world, "phoenix", region=PHOENIX)
    assert sorted(_names(chosen(world)).values()) == [
        "rehearsal-serving-iad",
        "rehearsal-serving-phx",
        "rehearsal-training",
    ]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"stateside-us-prod": {"System": "training"}}, "training"),
        ({"stateside-us-prod": {"Lane": "none"}}, ""),
        ({"somebody-else": {"System": "training"}}, ""),
        (None, ""),
    ],
)
def test_an_instances_role_is_in_its_environments_own_tags(
    tmp_path: Path, tags: dict[str, dict[str, str]] | None, expected: str
) -> None:
    world = a_world(tmp_path)
    change(world, SERVING, definedTags=tags)
    assert role(instances(world, "serving")[0]) == expected
