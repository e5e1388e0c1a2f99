"""Between Pulumi's properties and the API's bodies.

The names are the same. Defined tags are flat (`namespace.key`) here and nested by namespace there. What is secret is
kept out of the world: a fingerprint stands for it there, which is enough to see whether it changed. Secret values
keep their shape: in a secret list each element has a fingerprint.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from boundary.ocid import OCID_PATTERN
from provider_schema import Argument, Described
from rehearsal.doors.provider.defaults import without_defaults, without_empty_defaults
from rehearsal.doors.provider.exceptions import only_sent, unread_arguments
from rehearsal.doors.provider.outputs import shaped
from rehearsal.doors.provider.preview import notes_on
from rehearsal.doors.provider.suppression import is_suppressed
from rehearsal.doors.provider.values import DEFAULTS, Secret
from rehearsal.world.model import FINGERPRINT, Body, Resource, is_fingerprint

_DEFINED_TAGS = "definedTags"
_NO_STATE = Argument("state", "string")


def to_body(inputs: dict[str, Any]) -> Body:
    """Inputs as the API's body."""
    body: Body = _nested_tags(_fingerprinted(without_defaults(inputs)))
    return body


def to_change(inputs: dict[str, Any], type: Described, before: Resource | None) -> Body:
    """Inputs as the body of an update: what a service fills in stays as it was asked for once when it is left out."""
    return _with_what_stays(type.arguments, before.asked if before else {}, to_body(inputs))


def _with_what_stays(arguments: Mapping[str, Argument], asked: Body, body: Body) -> Body:
    changed = dict(body)
    for name, argument in arguments.items():
        mine, theirs = body.get(name), asked.get(name)
        if mine is None and theirs is not None and argument.computed:
            changed[name] = theirs
        elif argument.is_object and isinstance(mine, dict) and isinstance(theirs, dict):
            changed[name] = _with_what_stays(argument.fields, theirs, mine)
    return changed


def to_outputs(resource: Resource, type: Described, inputs: dict[str, Any]) -> dict[str, Any]:
    """Everything that the provider returns for a resource; what was secret in the inputs is secret again."""
    given = without_defaults(inputs)
    body = _flat_tags(resource.body) | {"lifecycleState": resource.state}
    if type.arguments.get("state", _NO_STATE).computed:
        body["state"] = resource.state
    for name in only_sent(type.token):
        body[name] = given.get(name)
    for name, value in given.items():
        body[name] = _restored(body.get(name), value)
    # The real provider's outputs have it too, which is all that a view of the whole stack knows a resource by.
    return shaped(type.arguments, body, given) | {"id": resource.shown_id, "__meta": notes_on(type)}


def as_read(resource: Resource, type: Described) -> Resource:
    """A resource as a refresh finds it: without what the provider never reads back."""
    body = {name: value for name, value in resource.body.items() if name not in unread_arguments(type.token)}
    return replace(resource, body=body)


def to_inputs(resource: Resource, type: Described, known: dict[str, Any]) -> dict[str, Any]:
    """The inputs that would make the resource as it is: those that the engine knew, or those that were asked for.

    What was secret then, only the engine can know: an import leaves it out.
    """
    body = _flat_tags(resource.body)
    taken = {name for name, argument in type.arguments.items() if not argument.is_output}
    asked = _without_fingerprints(_flat_tags(resource.asked))
    wanted = known or {name: value for name, value in asked.items() if name in taken}
    read = {
        name: _projected(type.arguments.get(name), _restored(body.get(name), value), value)
        for name, value in wanted.items()
        if name not in unread_arguments(type.token) and name != DEFAULTS
    }
    noted = {DEFAULTS: wanted[DEFAULTS]} if DEFAULTS in wanted else {}
    inputs: dict[str, Any] = without_empty_defaults(noted | read)
    return inputs


def _nested_tags(value: Any) -> Any:
    """Defined tags by namespace, however deep they are."""
    if isinstance(value, list):
        return [_nested_tags(item) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {name: _nested_tags(item) for name, item in value.items()}
    if isinstance(value.get(_DEFINED_TAGS), dict):
        nested: dict[str, dict[str, Any]] = {}
        for name, tag in value[_DEFINED_TAGS].items():
            namespace, _, key = name.partition(".")
            nested.setdefault(namespace, {})[key] = tag
        changed[_DEFINED_TAGS] = nested
    return changed


def _flat_tags(value: Any) -> Any:
    """Defined tags as `namespace.key`, however deep they are."""
    if isinstance(value, list):
        return [_flat_tags(item) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {name: _flat_tags(item) for name, item in value.items()}
    if isinstance(value.get(_DEFINED_TAGS), dict):
        changed[_DEFINED_TAGS] = {
            f"{namespace}.{key}": tag for namespace, tags in value[_DEFINED_TAGS].items() for key, tag in tags.items()
        }
    return changed


def _fingerprinted(value: Any, secret: bool = False) -> Any:
    """The value with a fingerprint for each secret part; an identifier is no secret to the world, which needs it."""
    if isinstance(value, Secret):
        return _fingerprinted(value.value, secret=True)
    if isinstance(value, dict):
        return {name: _fingerprinted(item, secret) for name, item in value.items()}
    if isinstance(value, list):
        return [_fingerprinted(item, secret) for item in value]
    if not secret or (isinstance(value, str) and OCID_PATTERN.fullmatch(value)):
        return value
    return FINGERPRINT + hashlib.sha256(repr(value).encode()).hexdigest()


def _without_fingerprints(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_fingerprints(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_fingerprints(item) for name, item in value.items() if not _is_all_secret(item)}
    return value


def _is_all_secret(value: Any) -> bool:
    if isinstance(value, list | dict):
        items = value.values() if isinstance(value, dict) else value
        return bool(items) and all(map(_is_all_secret, items))
    return is_fingerprint(value)


def _restored(value: Any, given: Any, secret: bool = False) -> Any:
    """Puts a secret back where its fingerprint stands; what has changed behind it stays secret."""
    if isinstance(given, Secret):
        inner = _restored(value, given.value, secret=True)
        return inner if value is None else Secret(inner)
    if isinstance(given, dict) and isinstance(value, dict):
        return {name: _restored(item, given.get(name), secret) for name, item in value.items()}
    if isinstance(given, list) and isinstance(value, list) and len(given) == len(value):
        return [_restored(item, mine, secret) for item, mine in zip(value, given, strict=True)]
    return given if secret and value == _fingerprinted(given, secret) else value


def _projected(argument: Argument | None, value: Any, given: Any) -> Any:
    """Leaves out what the services added inside an input, and keeps the program's form of what means the same."""
    if isinstance(given, Secret) and isinstance(value, Secret):
        return Secret(_projected(argument, value.value, given.value))
    if isinstance(given, dict) and isinstance(value, dict):
        fields: Mapping[str, Argument] = argument.fields if argument else {}
        return {
            name: item if name == DEFAULTS else _projected(fields.get(name), value.get(name), item)
            for name, item in given.items()
        }
    if isinstance(given, list) and isinstance(value, list) and len(given) == len(value):
        item = argument.item if argument else None
        return [_projected(item, mine, theirs) for mine, theirs in zip(value, given, strict=True)]
    return given if argument and is_suppressed(argument.suppression, value, given) else value
