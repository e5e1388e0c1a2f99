"""Every resource type of the installed provider goes through its whole life in the world, with no table for most."""

from collections.abc import Iterator

import pytest
from pulumi.runtime.proto import provider_pb2

from provider_schema import resource_tokens, resource_type
from rehearsal.doors.provider.diff import as_adopted, diff_inputs
from rehearsal.doors.provider.values import reveal
from rehearsal.world import World
from rehearsal.world.behaviour import behaviour_of
from tests.rehearsal.synthesis import Inputs, Surroundings, changed, inputs_of
from tests.unit.doors.engine import Provider, configured, served
from tests.unit.world.small import seeded

TOKENS = resource_tokens()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return seeded(tmp_path_factory.mktemp("every-type"))


@pytest.fixture(scope="module")
def around(world: World) -> Surroundings:
    return Surroundings(world)


@pytest.fixture(scope="module")
def provider(world: World) -> Iterator[Provider]:
    with served(world) as address:
        provider = configured(address)
        yield provider
        provider.close()


def same(provider: Provider, type: str, id: str, old: Inputs, new: Inputs) -> bool:
    return bool(provider.diff(type, id, old, new).changes == provider_pb2.DiffResponse.DIFF_NONE)


def identifiers(world: World) -> list[tuple[str]]:
    return world.execute("SELECT id FROM resource ORDER BY id").fetchall()


@pytest.mark.parametrize("everything", [False, True], ids=["required", "all"])
@pytest.mark.parametrize("type", TOKENS)
def test_a_type_is_created_read_changed_and_deleted(
    world: World, provider: Provider, around: Surroundings, type: str, everything: bool
) -> None:
    schema = resource_type(type)
    before = identifiers(world)
    given = inputs_of(schema, around, everything=everything)
    inputs, failures = provider.check(type, given)
    assert failures == []
    assert inputs.items() >= given.items()

    id, outputs = provider.create(type, **inputs)
    assert id
    assert reveal(outputs).items() >= inputs.items()
    assert reveal(provider.read(type, id, **inputs)[1]) == inputs
    assert reveal(provider.read(type, id)[1]) == inputs
    assert same(provider, type, id, inputs, inputs)

    new = inputs | changed(schema, inputs)
    if new != inputs:
        answer = provider.diff(type, id, inputs, new)
        assert sorted(answer.diffs) == sorted(name for name in new if new[name] != inputs.get(name))
        assert list(answer.replaces) == []
        provider.update(type, id, **new)
        assert reveal(provider.read(type, id, **new)[1]) == new

    provider.delete(type, id, **(new | {"enableDelete": True}))
    assert identifiers(world) == before


@pytest.mark.parametrize("type", TOKENS)
def test_every_input_of_a_type_is_refused_when_wrong_and_replaces_when_it_must(
    provider: Provider, around: Surroundings, type: str
) -> None:
    schema = as_adopted(resource_type(type), behaviour_of(type).adopts)
    inputs = inputs_of(schema, around, everything=True)
    _, failures = provider.check(type, inputs | {"thereIsNoSuchThing": 1})
    assert [path for path, _ in failures] == ["thereIsNoSuchThing"]

    required = sorted(name for name, found in schema.inputs.items() if found.required and name != "name")
    _, failures = provider.check(type, {name: value for name, value in inputs.items() if name not in required})
    assert sorted(path for path, _ in failures) == required

    for name in inputs:
        without = {other: inputs[other] for other in inputs if other != name}
        (found,) = diff_inputs(schema, inputs, without)
        assert (found.path, found.kind, found.replaces) == (name, "delete", not schema.inputs[name].updatable)
