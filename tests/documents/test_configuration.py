"""The reference of keys has all of them, says of each what it means, and its examples are taken by the models."""

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from boundary import load_boundary
from infra.config import StackConfig
from tests.documents import configuration
from tests.documents.configuration import Key, alert_keys, boundary_keys, example_of, stack_keys
from tests.documents.document import ROOT

STACK = yaml.safe_load((ROOT / "stacks" / "Pulumi.us-prod.yaml").read_text(encoding="utf-8"))["config"]


@pytest.mark.parametrize("key", [*stack_keys(), *boundary_keys(), *alert_keys()], ids=lambda key: key.path)
def test_a_key_says_what_it_means(key: Key) -> None:
    assert len(key.schema.get("description", "")) > 5, f"{key.path}: give its field a description"


def test_every_key_of_the_routes_is_in_the_reference_by_kind_where_kinds_differ() -> None:
    rows = [line for line in configuration.text().splitlines() if line.startswith("| `routes[].")]
    assert sum(line.startswith("| `routes[].every`") for line in rows) == 1
    assert sum(line.startswith("| `routes[].secret`") for line in rows) == 3
    assert any(line.startswith("| `routes[].to` | one of `alertmanager`, `apprise`, `oci`, ") for line in rows)
    assert any("| oci: the topic's OCID |" in line for line in rows)
    taken = {key.path for key in alert_keys()}
    file = yaml.safe_load((ROOT / "stacks" / "alerts.yaml").read_text(encoding="utf-8"))
    assert {f"routes[].{key}" for route in file["routes"] for key in route} <= taken


def test_every_key_that_a_stack_file_sets_is_in_the_reference() -> None:
    known = {key.path for key in stack_keys()}
    assert {key.removeprefix("stateside:") for key in STACK} <= known
    assert {"serving.ocpus", "access.engagements[].targets", "transfer.inspection.shape"} <= known
    assert not {key for key in known if key.startswith("capacity.")}


@pytest.mark.parametrize("key", [key for key in stack_keys() if key.schema.get("examples")], ids=lambda key: key.path)
def test_an_example_of_the_models_is_a_value_that_a_stack_may_set(key: Key) -> None:
    if key.path.startswith("access.engagements[]"):
        entry = {each.path.rpartition(".")[2]: example_of(each, []) for each in _entries("access.engagements[].")}
        stack = _with("access.engagements", [entry])
    else:
        stack = _with(key.path, example_of(key, []))
    StackConfig.model_validate(stack, context=load_boundary())


def test_a_wrong_example_would_be_noticed() -> None:
    with pytest.raises(ValidationError, match="us-chicago-1 is not one of two regions"):
        StackConfig.model_validate(_with("lost", "us-chicago-1"), context=load_boundary())


def test_a_key_without_an_example_is_named() -> None:
    with pytest.raises(LookupError, match="users has no example; write one into its field"):
        example_of(Key("users", {}, None, required=True), [])


def test_a_row_has_the_type_the_default_the_meaning_and_the_example() -> None:
    rows = configuration.text().splitlines()
    assert (
        "| `access.sessionSeconds` | whole number, 1,800 to 10,800 | `3600` "
        "| how long a session on a bastion lasts at most | `3600` |"
    ) in rows
    assert (
        "| `lanes[].direction` | one of `in`, `out` | required "
        '| which way data goes, as seen from the US environment | `"in"` |'
    ) in rows


def _entries(prefix: str) -> list[Key]:
    return [key for key in stack_keys() if key.path.startswith(prefix)]


def _with(path: str, value: Any) -> dict[str, Any]:
    """Production's configuration with one value more or another."""
    stack = {key.removeprefix("stateside:"): entry for key, entry in STACK.items()}
    *parents, last = path.split(".")
    defaults = {key.path: key.default for key in stack_keys()}
    here = stack
    for depth, name in enumerate(parents, 1):
        here[name] = _given(here.get(name) or defaults[".".join(parents[:depth])] or {})
        here = here[name]
    here[last] = value
    return stack


def _given(value: Any) -> Any:
    """A copy without what is left out, at any depth."""
    if not isinstance(value, dict):
        return value
    return {key: _given(each) for key, each in value.items() if each not in (None, "")}
