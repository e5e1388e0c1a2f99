"""What the engine refuses to replace or delete because it is protected: its messages name it, and no step tells of it.

Source: pulumi/pulumi, pkg/resource/deploy/step_generator.go and step.go.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from runs.changes import Change, change_of
from runs.digest import Operation, State, Step

_MESSAGES = {
    Operation.REPLACE: re.compile(r'unable to replace resource "([^"]+)"[^"]*(?:"[^"]+" )?as it is currently marked'),
    Operation.DELETE: re.compile(r'resource "([^"]+)" cannot be deleted\s+because it is protected'),
}


def refused(errors: Iterable[str]) -> dict[str, Operation]:
    """What was refused of which resource, by URN."""
    return {
        urn: operation
        for message in errors
        for operation, pattern in _MESSAGES.items()
        for urn in pattern.findall(message)
    }


def refused_changes(found: Mapping[str, Operation], deployment: Mapping[str, Any]) -> tuple[Change, ...]:
    """The changes that were refused, from the state as `pulumi stack export` has it."""
    states = {each["urn"]: State(each) for each in deployment.get("resources") or ()}
    return tuple(change_of(Step(urn, operation, states.get(urn), None)) for urn, operation in found.items())
