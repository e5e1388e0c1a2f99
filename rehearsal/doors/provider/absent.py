"""What stands in a state or a preview where nothing was given.

Source: `provider_schema/provider-schema.md`, "Create at preview"; in a state, what Oracle didn't set is empty by type.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from provider_schema import Argument, Kind
from rehearsal.doors.provider.values import UNKNOWN, Secret

_DIGESTS = {"md5": hashlib.md5, "sha256": hashlib.sha256}
_ZEROS: Mapping[Kind, Any] = {"string": "", "boolean": False, "integer": 0, "number": 0}


def planned_absence(argument: Argument, in_set: bool) -> Any:
    """What a preview has for an argument that isn't given: unknown where the service decides."""
    if argument.computed:
        return _as_declared(argument, UNKNOWN)
    return _as_declared(argument, _declared(argument, in_set))


def real_absence(argument: Argument, in_set: bool) -> Any:
    """What a state has for an argument or output that Oracle didn't set."""
    if argument.computed:
        empty: Any = [] if argument.kind == "list" else {} if argument.kind == "map" else _ZEROS.get(argument.kind)
        return _as_declared(argument, empty)
    return _as_declared(argument, _declared(argument, in_set))


def is_empty(value: Any) -> bool:
    """Whether a value is none at all to the provider: null, empty, zero and false are the same to it."""
    return value is None or value in ("", 0, [], {})


def digested(argument: Argument, value: Any) -> Any:
    """What a state keeps of a value: for some contents only a digest."""
    if argument.digest and isinstance(value, str):
        return _DIGESTS[argument.digest](value.encode()).hexdigest()
    return value


def _declared(argument: Argument, in_set: bool) -> Any:
    """What the schema has for an argument that isn't given and that no service fills in."""
    if argument.default not in (None, ""):
        return argument.default
    if argument.holds_objects:
        return []
    return _ZEROS.get(argument.kind) if in_set else None


def _as_declared(argument: Argument, value: Any) -> Any:
    return Secret(value) if argument.sensitive else value
