"""Every resource type of the installed provider goes through its whole life in the world, with no table for most."""

from collections.abc import Iterator
from typing import Any

import pytest
from pulumi.runtime.proto import provider_pb2

from provider_schema import described, resource_tokens, resource_type
from rehearsal.doors.provider.defaults import without_defaults, without_empty_defaults
from rehearsal.doors.provider.diff import differences
from rehearsal.doors.provider.exceptions import unread_arguments
from rehearsal.doors.provider.outputs import shaped
from rehearsal.doors.provider.values import Secret, reveal
from rehearsal.world import World
from rehearsal.world.behaviour import behaviour_of
from tests.rehearsal.fitting import fitted
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


def same(provider: Provider, type: str, id: str, inputs: Inputs, state: Inputs) -> bool:
    answer = provider.diff(type, id, inputs, inputs, state=state)
    return bool(answer.changes == provider_pb2.DiffResponse.DIFF_NONE)


def as_refreshed(type: str, inputs: Inputs) -> Inputs:
    """What a refresh leaves of inputs."""
    kept: Inputs = without_empty_defaults(reveal(inputs))
    return {name: value for name, value in kept.items() if name not in unread_arguments(type)}


def as_imported(type: str, inputs: Inputs) -> Inputs:
    """What an import finds of inputs: all but the secrets."""
    found: Inputs = without_secrets(without_defaults(inputs))
    return {name: value for name, value in found.items() if name not in unread_arguments(type)}


def is_within(given: Any, filled: Any) -> bool:
    """Whether a check has taken nothing out and has changed nothing."""
    if isinstance(given, dict):
        return all(name in filled and is_within(value, filled[name]) for name, value in given.items())
    if isinstance(given, list):
        return len(given) == len(filled) and all(map(is_within, given, filled))
    return bool(given == filled)


def without_secrets(value: Any) -> Any:
    if isinstance(value, list):
        return [without_secrets(item) for item in value]
    if isinstance(value, dict):
        return {name: without_secrets(item) for name, item in value.items() if not is_secret(item)}
    return value


def is_secret(value: Any) -> bool:
    """Whether a value is a secret, or has nothing but secrets in it."""
    if isinstance(value, list | dict):
        items = value.values() if isinstance(value, dict) else value
        return bool(items) and all(map(is_secret, items))
    return isinstance(value, Secret)


def import_id(type: str, id: str, inputs: Inputs) -> str:
    """What an import names a resource by: its identifier, and where one is not enough, its identity domain too."""
    if not type.endswith(":DomainsAuthenticationFactorSetting"):
        return id
    return f"idcsEndpoint/{inputs['idcsEndpoint']}/authenticationFactorSettings/{id}"


def identifiers(world: World) -> list[tuple[str]]:
    return world.execute("SELECT id FROM resource ORDER BY id").fetchall()


@pytest.mark.parametrize("everything", [False, True], ids=["required", "all"])
@pytest.mark.parametrize("type", TOKENS)
def test_a_type_is_created_read_changed_and_deleted(
    world: World, provider: Provider, around: Surroundings, type: str, everything: bool
) -> None:
    schema, arguments = resource_type(type), described(type).arguments
    before = identifiers(world)
    given = fitted(arguments, inputs_of(schema, around, everything=everything))
    inputs, failures = provider.check(type, given)
    assert failures == []
    assert is_within(given, without_defaults(reveal(inputs)))

    id, outputs = provider.create(type, **inputs)
    assert id
    assert same(provider, type, id, inputs, outputs)
    assert reveal(provider.read(type, id, **inputs)[1]) == as_refreshed(type, inputs)
    assert provider.read(type, import_id(type, id, inputs))[1] == as_imported(type, inputs)

    other = {name: value for name, value in changed(schema, given).items() if not arguments[name].forces_replacement}
    new = inputs | {name: value for name, value in fitted(arguments, given | other).items() if name in other}
    names = [name for name in new if new[name] != inputs.get(name)]
    if names:
        answer = provider.diff(type, id, inputs, new, state=outputs)
        assert sorted(answer.diffs) == sorted(names)
        assert list(answer.replaces) == []
        updated = provider.update(type, id, **new)
        assert same(provider, type, id, new, updated)
        assert reveal(provider.read(type, id, **new)[1]) == as_refreshed(type, new)

    provider.delete(type, id, **(new | {"enableDelete": True}))
    left = set(identifiers(world)) - set(before)
    assert left == set() or behaviour_of(type).outlives
    assert set(before) <= set(identifiers(world))


@pytest.mark.parametrize("type", TOKENS)
def test_every_input_of_a_type_is_refused_when_wrong_and_replaces_when_it_must(
    provider: Provider, around: Surroundings, type: str
) -> None:
    arguments = described(type).arguments
    inputs = fitted(arguments, inputs_of(resource_type(type), around, everything=True))
    _, failures = provider.check(type, inputs | {"thereIsNoSuchThing": 1})
    assert [path for path, _ in failures] == ["thereIsNoSuchThing"]

    required = sorted(name for name, found in arguments.items() if found.required)
    _, failures = provider.check(type, {name: value for name, value in inputs.items() if name not in required})
    assert sorted(path for path, _ in failures) == required

    inputs, _ = provider.check(type, inputs)
    state = shaped(arguments, without_defaults(inputs), without_defaults(inputs))
    for name, value in reveal(without_defaults(inputs)).items():
        argument = arguments[name]
        found = differences(arguments, state, {other: inputs[other] for other in inputs if other != name})
        if argument.computed or argument.autonamed or value in (argument.default, [], False, 0):
            assert found == []
        else:
            (difference,) = found
            assert (difference.path, difference.kind) in ((name, "delete"), (name, "update"))
            assert difference.replaces >= argument.forces_replacement
