"""A provider's configuration: only this world's tenancies, only regions they have, only arguments that exist."""

from typing import Any

import pytest

from rehearsal.doors.provider.configuration import Configuration, Connections, check_configuration, from_wire
from rehearsal.doors.provider.values import UNKNOWN
from rehearsal.world import World
from tests.unit.world.small import ASHBURN, OURS, THEIRS, tenancy

REAL = "ocid1.tenancy.oc1..aaaaaaaareal"
MISSING = (
    "is missing; only an explicit provider will do: `opts=ResourceOptions(provider=…)` in a program, "
    "`--provider oci=<urn>` at an import (`pulumi stack --show-urns` lists them)"
)
NOT_HERE = "is not in this world: a rehearsal never speaks for a real tenancy"
NO_REGION = "is not the name of an Oracle region"
NO_ARGUMENT = "is not an argument of the provider"
PROPER = {"tenancyOcid": OURS, "region": ASHBURN}


def sentences(world: World, inputs: dict[str, Any]) -> list[str]:
    return [f"{failure.path} {failure.reason}" for failure in check_configuration(world, inputs)]


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"tenancyOcid": THEIRS, "region": "eu-frankfurt-1"},
        {"auth": "InstancePrincipal", "ignoreDefinedTags": ["a.b"], "version": "5.5.0"},
        {"region": UNKNOWN},
        {"tenancyOcid": UNKNOWN},
    ],
)
def test_a_configuration_that_this_world_has_passes(world: World, more: dict[str, Any]) -> None:
    assert sentences(world, PROPER | more) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"tenancyOcid": None}, [f"tenancyOcid {MISSING}"]),
        ({"region": None}, [f"region {MISSING}"]),
        ({"tenancyOcid": None, "region": None}, [f"tenancyOcid {MISSING}"]),
        ({"tenancyOcid": REAL}, [f"tenancyOcid {REAL} {NOT_HERE}"]),
        ({"region": "us-nowhere-1"}, [f"region us-nowhere-1 {NO_REGION}"]),
        ({"region": "iad"}, [f"region iad {NO_REGION}"]),
        ({"region": "uk-london-1"}, ["region the tenancy is not subscribed to uk-london-1"]),
        ({"tenancyOcid": UNKNOWN, "region": "us-nowhere-1"}, [f"region us-nowhere-1 {NO_REGION}"]),
        ({"zone": 1, "colour": 2}, [f"colour {NO_ARGUMENT}", f"zone {NO_ARGUMENT}"]),
        ({"tenancyOcid": [OURS]}, [f"tenancyOcid ['{OURS}'] {NOT_HERE}"]),
        ({"region": 5}, [f"region 5 {NO_REGION}"]),
    ],
)  # fmt: skip
def test_any_other_is_refused_with_its_sentence(world: World, change: dict[str, Any], found: list[str]) -> None:
    assert sentences(world, {key: value for key, value in (PROPER | change).items() if value is not None}) == found


def test_what_is_no_string_arrives_as_json_text() -> None:
    wire = {"a": '["x"]', "b": '{"y": 1}', "c": "plain", "d": '"quoted"', "e": "{broken", "f": "", "g": UNKNOWN}
    assert from_wire(wire) == {
        "a": ["x"], "b": {"y": 1}, "c": "plain", "d": "quoted", "e": "{broken", "f": "", "g": UNKNOWN,
    }  # fmt: skip


def test_each_connection_has_the_configuration_it_was_given_last(world: World) -> None:
    connections = Connections()
    one, other = (Configuration(tenancy(world), region) for region in (ASHBURN, "us-phoenix-1"))
    connections.configure("a", one)
    connections.configure("b", other)
    assert (connections.of("a"), connections.of("b"), connections.of("c")) == (one, other, None)
    connections.configure("a", other)
    assert connections.of("a") == other


def test_old_connections_are_forgotten_and_recent_ones_are_not(world: World) -> None:
    connections, configuration = Connections(), Configuration(tenancy(world), ASHBURN)
    for number in range(5000):
        connections.configure(f"peer-{number}", configuration)
    assert connections.of("peer-0") is None
    assert connections.of("peer-4999") == configuration
