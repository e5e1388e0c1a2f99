"""Between Pulumi's properties and the API's bodies.

The names are the same. Defined tags are flat (`namespace.key`) here and nested by namespace there. What is secret is
kept out of the world: a fingerprint stands for it there, which is enough to see whether it changed.
"""

import hashlib
from typing import Any

from provider_schema import ResourceType
from rehearsal.doors.provider.values import Secret, reveal
from rehearsal.world.model import Body, Resource

_DEFINED_TAGS = "definedTags"
_FINGERPRINT = "secret:sha256:"


def to_body(inputs: dict[str, Any]) -> Body:
    """Inputs as the API's body."""
    body: Body = _fingerprinted(inputs)
    if isinstance(body.get(_DEFINED_TAGS), dict):
        nested: dict[str, dict[str, Any]] = {}
        for name, value in body[_DEFINED_TAGS].items():
            namespace, _, key = name.partition(".")
            nested.setdefault(namespace, {})[key] = value
        body[_DEFINED_TAGS] = nested
    return body


def to_outputs(resource: Resource, schema: ResourceType, inputs: dict[str, Any]) -> dict[str, Any]:
    """Everything that the provider returns for a resource; what was secret in the inputs is secret again."""
    body = _flat_tags(resource.body) | {"state": resource.state, "lifecycleState": resource.state}
    outputs = {name: body.get(name) for name in schema.outputs}
    for name, value in inputs.items():
        outputs[name] = _restored(outputs.get(name), value)
    for name in schema.secret_outputs:
        if outputs.get(name) is not None and not isinstance(outputs[name], Secret):
            outputs[name] = Secret(outputs[name])
    return outputs


def to_inputs(resource: Resource, schema: ResourceType, known: dict[str, Any]) -> dict[str, Any]:
    """The inputs that would make the resource as it is: those that the engine knew, or those that were asked for."""
    body = _flat_tags(resource.body)
    wanted = known or {name: value for name, value in _flat_tags(resource.asked).items() if name in schema.inputs}
    return {name: _projected(_restored(body.get(name), value), value) for name, value in wanted.items()}


def _flat_tags(body: Body) -> Body:
    nested = body.get(_DEFINED_TAGS)
    if not isinstance(nested, dict):
        return body
    flat = {f"{namespace}.{key}": value for namespace, tags in nested.items() for key, value in tags.items()}
    return body | {_DEFINED_TAGS: flat}


def _fingerprint(secret: Secret) -> str:
    return _FINGERPRINT + hashlib.sha256(repr(reveal(secret)).encode()).hexdigest()


def _fingerprinted(value: Any) -> Any:
    if isinstance(value, Secret):
        return _fingerprint(value)
    if isinstance(value, dict):
        return {name: _fingerprinted(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_fingerprinted(item) for item in value]
    return value


def _restored(value: Any, given: Any) -> Any:
    """Puts a secret back where its fingerprint stands."""
    if isinstance(given, Secret):
        return given if value == _fingerprint(given) else Secret(value)
    if isinstance(given, dict) and isinstance(value, dict):
        return {name: _restored(item, given.get(name)) for name, item in value.items()}
    if isinstance(given, list) and isinstance(value, list) and len(given) == len(value):
        return [_restored(item, mine) for item, mine in zip(value, given, strict=True)]
    return value


def _projected(value: Any, given: Any) -> Any:
    """Leaves out what the services added inside an input, so that it doesn't look like a change."""
    if isinstance(given, dict) and isinstance(value, dict):
        return {name: _projected(value.get(name), item) for name, item in given.items()}
    if isinstance(given, list) and isinstance(value, list) and len(given) == len(value):
        return [_projected(item, mine) for item, mine in zip(value, given, strict=True)]
    return value
