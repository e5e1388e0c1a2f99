"""The whole declared stack with one violation in it, judged as a state would be, in this process."""

import json
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from boundary import load_boundary
from boundary.clock import real_now
from policies.check.run import run
from policies.core import Provider, Resource
from policies.pack import Pack, build_pack
from policies.reading import Reading
from policies.results import Report, gather
from runs.digest import State
from runs.places import PROGRAM, declared
from runs.places import Declared as Placed
from tests.policies.builder import ORACLE, STACK
from tests.policies.whole_stack_ids import ENVIRONMENT, here
from tests.unit.infra.recording import Declared, computed, fake_id, recorded, run_declaration

_VIOLATIONS = Path(__file__).with_name("violations")
# Where resources are declared: the program's in the program, violations in their own directory.
_PROGRAMS = (PROGRAM, "tests/policies/violations/")

# What the recording engine makes up, and what Oracle would answer in its place.
_ANSWERS = {
    "https://vault.example": "https://ours-management.kms.us-ashburn-1.oraclecloud.com",
    "https://devops.example/": "https://devops.scmservice.us-ashburn-1.oci.oraclecloud.com/namespaces/statesideus/"
    "projects/stateside/repositories/",
    "10.0.0.2": "10.195.0.2",
    "10.0.0.3": "10.195.0.3",
}

NAMES = sorted(each.stem for each in _VIOLATIONS.glob("[a-z]*.py"))


@cache
def judged(name: str = "") -> Report:
    """The report on the stack with a violation, or on the stack as it is."""
    beside = [each for each in _violation(name) if each.type != ORACLE] if name else []
    resources = [each for each in (*recorded(ENVIRONMENT).resources, *beside) if each.custom]
    return gather(run(_pack(), _reading(resources)))


def _violation(name: str) -> list[Declared]:
    return run_declaration(ENVIRONMENT, lambda: module(name).declare(here())).resources


def module(name: str) -> ModuleType:
    """The module that declares a violation."""
    return import_module(f"tests.policies.violations.{name}")


@cache
def _pack() -> Pack:
    boundary = load_boundary()
    return build_pack(boundary, clock=real_now)


def _reading(found: Iterable[Declared]) -> Reading:
    stack = Resource(f"urn:pulumi:{ENVIRONMENT}::stateside::{STACK}::stateside-{ENVIRONMENT}", STACK, "stack", {})
    found = list(found)
    providers = {f"{each.urn}::{fake_id(each.kind, each.name)}": each for each in found if each.type == ORACLE}
    resources = [stack, *(_resource(each, providers.get(each.provider)) for each in found)]
    return Reading("state", "state.json", len(resources), tuple(resources), places=_places(found))


def _resource(each: Declared, provider: Declared | None) -> Resource:
    by = Provider(provider.type, provider.name, provider.inputs) if provider else None
    inputs, outputs = map(_answered, (each.inputs, computed(each.kind, each.name)))
    identifier = fake_id(each.kind, each.name)
    return Resource(each.urn, each.type, each.name, inputs, by, each.parent, id=identifier, observed=outputs)


def _answered(properties: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(properties)
    for made_up, answer in _ANSWERS.items():
        text = text.replace(made_up, answer)
    found: dict[str, Any] = json.loads(text)
    return found


def _places(found: Iterable[Declared]) -> dict[str, Placed]:
    places = ((each.urn, declared(State(each.source), program)) for each in found for program in _PROGRAMS)
    return {urn: there for urn, there in places if there}
