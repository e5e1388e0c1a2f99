"""An empty list where Oracle's API must have one: the provider takes it at a preview and fails when it is to send it.

The provider leaves an empty list of a new resource out of its request, and Oracle's SDK for Go refuses to send a
request that lacks what is mandatory.
Source: oracle/terraform-provider-oci v8.28.0 (each `Create` copies a list only where it has elements);
oracle/oci-go-sdk, common/http.go ("can not omit nil fields"). Seen for compliancePolicies of an authentication factor
setting.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from provider_schema import Argument
from rehearsal.doors.provider.values import reveal
from rehearsal.world import ServiceError


def refuse_empty(arguments: Mapping[str, Argument], inputs: Mapping[str, Any]) -> None:
    """Raises:
    ServiceError: a list that must be sent is empty.
    """
    for path in _empty(arguments, reveal(inputs), ""):
        sentence = f"can not omit nil fields for field: {path}; a list that Oracle must be sent needs an element"
        raise ServiceError(400, "MissingParameter", sentence)


def _empty(arguments: Mapping[str, Argument], values: Mapping[str, Any], path: str) -> Iterator[str]:
    for name, argument in arguments.items():
        value = values.get(name)
        if argument.required and argument.kind == "list" and value == []:
            yield f"{path}{name}"
        if argument.is_object and isinstance(value, dict):
            yield from _empty(argument.fields, value, f"{path}{name}.")
