"""Whether a preview shows that an `up` would have nothing to write, so that the program need not run again.

No step is enough: the state keeps more than what Oracle has. It is compared here as the engine compares it before it
writes (pulumi/pulumi, pkg/engine/journal_snapshot.go, mustWrite), and with the places in the source, which others read
from the state. What can't be compared counts as changed. Whether a secret argument of a resource at Oracle differs, the
engine tells by the clear values; of outputs of the stack and its components it doesn't, so a secret one is a change.
"""

from collections.abc import Mapping
from typing import Any

from runs.account import Outcome
from runs.digest import SECRET, Operation, Step
from runs.places import declared
from runs.urns import name_of

# Of a step that is the same, the engine fills these in when the preview has told of it; places are compared apart.
_FILLED_IN = frozenset({"id", "outputs", "created", "modified", "sourcePosition", "stackTrace"})
_SETS = frozenset({"dependencies"})
_SETS_BY_KEY = "propertyDependencies"


def to_write(previewed: Outcome) -> str:
    """Why an `up` is needed, as a clause; empty where it would write nothing."""
    digest = previewed.digest
    if digest is None or set(digest.changes) - {Operation.SAME}:
        return "resources change"
    for step in digest.steps:
        if reason := _differs(step):
            return f"{reason} of {name_of(step.urn)} changes in the state"
    for urn, (old, new) in previewed.account.outputs.items():
        if old != new or _has_secret(new):
            return f"outputs of {name_of(urn)} change"
    return "" if digest.steps else "nothing is there yet"


def _differs(step: Step) -> str:
    if step.operation is not Operation.SAME or step.old is None or step.new is None:
        return "existence"
    old, new = step.old.raw, step.new.raw
    for key in sorted((old.keys() | new.keys()) - _FILLED_IN):
        if _comparable(key, old.get(key)) != _comparable(key, new.get(key)):
            return key
    return "the place" if declared(step.old) != declared(step.new) else ""


def _comparable(key: str, value: Any) -> Any:
    if key in _SETS:
        return set(value or ())
    if key == _SETS_BY_KEY:
        return {name: set(urns or ()) for name, urns in (value or {}).items()}
    return value or None


def _has_secret(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_has_secret(each) for each in value.values())
    if isinstance(value, list):
        return any(_has_secret(each) for each in value)
    return bool(value == SECRET)
