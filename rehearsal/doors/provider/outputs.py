"""A resource's state as the provider returns it: every name of its schema, empty by type where Oracle set nothing.

Times are as Go writes them (`2026-11-25 23:12:53 +0000 UTC`), which is how the provider keeps what the API gives it.
Source: `provider_schema/provider-schema.md`; Go, `time.Time.String`, https://pkg.go.dev/time#Time.String
"""

import re
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from provider_schema import Argument
from rehearsal.doors.provider.absent import digested, real_absence
from rehearsal.doors.provider.suppression import moment
from rehearsal.doors.provider.values import Secret

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def shaped(arguments: Mapping[str, Argument], body: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The state of a resource with this body; `given` are its inputs."""
    return _object(arguments, body, given, in_set=False)


def as_go_writes(value: Any) -> Any:
    """A value with every time in it in the provider's form."""
    if isinstance(value, dict):
        return {name: as_go_writes(item) for name, item in value.items()}
    if isinstance(value, list):
        return [as_go_writes(item) for item in value]
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return value
    found = moment(value).astimezone(UTC)
    fraction = f".{found.microsecond:06d}".rstrip("0") if found.microsecond else ""
    return f"{found:%Y-%m-%d %H:%M:%S}{fraction} +0000 UTC"


def _object(arguments: Mapping[str, Argument], body: Any, given: Any, in_set: bool) -> dict[str, Any]:
    known = given if isinstance(given, dict) else {}
    return {
        name: _value(argument, body.get(name), known.get(name), in_set=in_set) for name, argument in arguments.items()
    }


def _value(argument: Argument, value: Any, given: Any, in_set: bool) -> Any:
    if isinstance(value, Secret):
        inner = _value(argument, value.value, given.value if isinstance(given, Secret) else given, in_set)
        return inner if isinstance(inner, Secret) else Secret(inner)
    if value is None:
        return real_absence(argument, in_set)
    found = _opened(argument, value, given, in_set)
    return Secret(found) if argument.sensitive else found


def _opened(argument: Argument, value: Any, given: Any, in_set: bool) -> Any:
    if argument.is_output and not argument.fields:
        return as_go_writes(value)
    if argument.is_object and isinstance(value, dict):
        return _object(argument.fields, value, given, in_set)
    if argument.holds_objects and isinstance(value, list):
        known = given if isinstance(given, list) and len(given) == len(value) else [None] * len(value)
        within = in_set or argument.is_set
        return [_value(argument.item, item, mine, within) for item, mine in zip(value, known, strict=True)]
    if argument.suppression == "time" or given is None:
        return as_go_writes(value)
    return digested(argument, value)
