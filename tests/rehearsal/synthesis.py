"""Inputs for any resource type, made up from its schema, and proper ones where the services look closer."""

import re
from collections.abc import Mapping
from typing import Any

from provider_schema import Property, ResourceType, Type, described
from provider_schema.limits import breaches
from tests.rehearsal import fitting
from tests.rehearsal.proper_inputs import FIXED, NEEDED, PROPER
from tests.rehearsal.surroundings import NAMESPACE, TAG_KEY, Surroundings
from tests.support.limit_examples import fitted
from tests.unit.world.small import OURS

Inputs = dict[str, Any]


def inputs_of(schema: ResourceType, around: Surroundings, *, everything: bool) -> Inputs:
    """The required inputs of a type, or all of them."""
    made = _object(schema.inputs, everything, ())
    if "compartmentId" in made:
        made["compartmentId"] = OURS
    proper = PROPER[schema.token](around) if schema.token in PROPER else {}
    wanted = made | {name: value for name, value in proper.items() if everything or name in made or name in NEEDED}
    given = {name: value for name, value in wanted.items() if value is not None}
    given = fitting.fitted(described(schema.token).arguments, given)
    made = fitted(schema.token, given, lambda path: _top(path) not in {"compartmentId", *proper})
    return made | ({"compartmentId": OURS} if "compartmentId" in made else {})


def changed(schema: ResourceType, inputs: Inputs) -> Inputs:
    """The inputs that can be changed in place and are plain enough to be, with other values."""
    plain = {
        name: _other(value)
        for name, value in inputs.items()
        if schema.inputs[name].updatable and isinstance(value, str | bool | int | float) and name not in FIXED
    }
    new = fitted(schema.token, inputs | plain, lambda path: path in plain)
    kept: Inputs = {}
    for name in plain:
        # A kind that is changed wants other arguments beside it.
        if new[name] != inputs[name] and not breaches(schema.token, inputs | kept | {name: new[name]}):
            kept[name] = new[name]
    return kept


def _top(path: str) -> str:
    return re.split(r"[.\[]", path)[0]


def _other(value: str | bool | int | float) -> str | bool | int | float:
    if isinstance(value, bool):
        return not value
    return f"{value}-changed" if isinstance(value, str) else value + 1


def _object(properties: Mapping[str, Property], everything: bool, within: tuple[str, ...]) -> Inputs:
    return {
        name: _value(found.type, name, everything, within)
        for name, found in properties.items()
        if everything or found.required
    }


def _value(type: Type, name: str, everything: bool, within: tuple[str, ...]) -> Any:
    match type.kind:
        case "boolean":
            return True
        case "integer":
            return 7
        case "number":
            return 2.5
        case "list" if type.element:
            return [_value(type.element, name, everything, within)]
        case "map" if name == "definedTags":
            return {f"{NAMESPACE}.{TAG_KEY}": "x"}
        case "map" if type.element:
            return {"key": _value(type.element, name, everything, within)}
        case "object" if type.object:
            if type.object.name in within:  # an object that contains itself is followed once
                return {}
            return _object(type.object.properties, everything, (*within, type.object.name))
    return f"a-{name}"
