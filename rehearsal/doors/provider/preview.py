"""What a creation or an update would return, as far as it can be known before it is done.

Source: `provider_schema/provider-schema.md`, "Create at preview" and "Update at preview". The elements of a set are
left in the program's order: the provider's own, by hash, isn't described.
"""

import json
from collections.abc import Mapping
from typing import Any

from provider_schema import Argument, Described
from rehearsal.doors.provider.absent import digested, is_empty, planned_absence
from rehearsal.doors.provider.diff import matching
from rehearsal.doors.provider.suppression import is_suppressed
from rehearsal.doors.provider.values import UNKNOWN, Secret, Unknown, is_unknown, reveal

_TIMEOUTS = "e2bfb730-ecaa-11e6-8f88-34363bc7c4c0"
_NS_A_SECOND = 10**9


def planned_creation(type: Described, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The outputs of a creation: unknown where the service decides, however deep."""
    fields = _created(type.arguments, inputs, in_set=False)
    return fields | {"id": UNKNOWN, "__meta": notes_on(type, _new_extra_shim={})}


def planned_update(type: Described, prior: Mapping[str, Any], inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The outputs of an update: only what the program changes is another; what it leaves out stays known."""
    return {**prior, **_updated(type.arguments, prior, inputs)}


def notes_on(type: Described, **more: Any) -> str:
    """`__meta`, the provider's notes to itself: JSON with its time-outs in nanoseconds."""
    timeouts = {name: seconds * _NS_A_SECOND for name, seconds in sorted(type.timeouts.items())}
    return json.dumps({**more, _TIMEOUTS: timeouts}, separators=(",", ":"), sort_keys=True)


def _created(arguments: Mapping[str, Argument], values: Mapping[str, Any], in_set: bool) -> dict[str, Any]:
    return {name: _new(argument, values.get(name), in_set) for name, argument in arguments.items()}


def _new(argument: Argument, value: Any, in_set: bool) -> Any:
    if value is None:
        return planned_absence(argument, in_set)
    if isinstance(value, Secret):
        inner = _new(argument, value.value, in_set)
        return inner if isinstance(inner, Secret) else Secret(inner)
    planned = _opened(argument, value, in_set)
    return Secret(planned) if argument.sensitive else planned


def _opened(argument: Argument, value: Any, in_set: bool) -> Any:
    if isinstance(value, Unknown):
        return UNKNOWN
    if argument.is_object and isinstance(value, dict):
        return _created(argument.fields, value, in_set)
    if argument.kind == "list" and isinstance(value, list):
        if argument.holds_objects:
            return [_new(argument.item, item, in_set or argument.is_set) for item in value]
        if is_unknown(value):
            return UNKNOWN
        return list(dict.fromkeys(value)) if argument.is_set and not _has_secrets(value) else value
    return digested(argument, value)


def _has_secrets(values: list[Any]) -> bool:
    return any(isinstance(value, Secret) for value in values)


def _updated(arguments: Mapping[str, Argument], prior: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What an object becomes; a name that neither the state nor the inputs have stays out, unless it has a default."""
    return {
        name: _changed(argument, prior.get(name), values.get(name))
        for name, argument in arguments.items()
        if name in prior or name in values or argument.default not in (None, "")
    }


def _changed(argument: Argument, prior: Any, value: Any) -> Any:
    before, now = reveal(prior), reveal(value)
    if now is None:
        keeps = argument.computed or argument.autonamed or (argument.default is None and is_empty(before))
        return prior if keeps else planned_absence(argument, in_set=False)
    if before is None or (is_unknown(now) and not isinstance(now, list | dict)):
        return _new(argument, value, in_set=False)
    if isinstance(value, Secret) or isinstance(prior, Secret):
        inner = _changed(argument, before, now)
        return inner if isinstance(inner, Secret) else Secret(inner)
    if argument.is_object and isinstance(now, dict) and isinstance(before, dict):
        return _updated(argument.fields, before, now)
    if argument.holds_objects and isinstance(now, list) and isinstance(before, list):
        return [_changed_element(argument, before, index, item) for index, item in enumerate(now)]
    return prior if is_suppressed(argument.suppression, before, now) else _new(argument, value, in_set=False)


def _changed_element(argument: Argument, prior: list[Any], index: int, item: Any) -> Any:
    if argument.is_set:
        same = matching(argument, prior, reveal(item))
        return _new(argument.item, item, in_set=True) if same is None else same
    return _changed(argument.item, prior[index] if index < len(prior) else None, item)
