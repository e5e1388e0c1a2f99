"""Diff: what changes between a resource as it is and as it is wanted, and what of it forces a replacement.

What is left out is no change where the service fills it in; sets have no order; and some differences count for none.
Source: `provider_schema/provider-schema.md`, "Diff". What a type's own code decides at a diff isn't described there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from provider_schema import Argument, Suppression
from rehearsal.doors.provider.absent import digested, is_empty
from rehearsal.doors.provider.suppression import is_suppressed
from rehearsal.doors.provider.values import DEFAULTS, Unknown, reveal

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Difference:
    """One changed property: its path, `add`, `delete` or `update`, and whether it forces a replacement."""

    path: str
    kind: str
    replaces: bool

    @property
    def top(self) -> str:
        """The name of the argument that it is in."""
        return re.split(r"[.\[]", self.path, maxsplit=1)[0]


@dataclass(frozen=True)
class Comparison:
    """How to compare. `ignored_tags` are those of the provider's `ignoreDefinedTags`.

    In sets nothing is suppressed, but for the form of times where the provider tells the elements apart by code of its
    own: seen with a bucket's retention rules, which don't differ after they are made.
    """

    ignored_tags: frozenset[str] = frozenset()
    suppressed: frozenset[Suppression] | None = None


def differences(
    arguments: Mapping[str, Argument],
    prior: Mapping[str, Any],
    inputs: Mapping[str, Any],
    ignored_tags: frozenset[str] = frozenset(),
) -> list[Difference]:
    """Every difference between a resource's state and the inputs that are wanted now."""
    return list(_fields(arguments, reveal(prior), reveal(inputs), "", Comparison(ignored_tags)))


def stable_names(arguments: Mapping[str, Argument], found: list[Difference]) -> list[str]:
    """The arguments that would force a replacement and don't: whatever is made of them stays."""
    replaced = {difference.top for difference in found if difference.replaces}
    return sorted(name for name, argument in arguments.items() if argument.forces_replacement and name not in replaced)


def has_a_given_name(arguments: Mapping[str, Argument], new: Mapping[str, Any]) -> bool:
    """Whether the program chose the name, so that on a replacement the old must go before the new can come.

    Source: pulumi/pulumi-terraform-bridge, pkg/tfbridge/schema.go, `nameRequiresDeleteBeforeReplace`.
    """
    filled = new.get(DEFAULTS)
    return filled is not None and any(
        argument.autonamed and name in new and name not in filled for name, argument in arguments.items()
    )


def matching(argument: Argument, priors: list[Any], element: Any) -> Any:
    """The element of a set, as it was, that an element wanted now is the same as; None where there is none."""
    how = Comparison(suppressed=frozenset({"time"} if argument.has_own_hash else ()))
    for prior in priors:
        if next(_value(argument.item, prior, element, "", how), None) is None:
            return prior
    return None


def _fields(
    arguments: Mapping[str, Argument], prior: Mapping[str, Any], new: Mapping[str, Any], path: str, how: Comparison
) -> Iterator[Difference]:
    for name in sorted(name for name, argument in arguments.items() if not argument.is_output):
        where = f"{path}.{name}" if path else name
        yield from _value(arguments[name], prior.get(name), new.get(name), where, how)


def _value(argument: Argument, prior: Any, new: Any, path: str, how: Comparison) -> Iterator[Difference]:
    if new is None:
        if argument.computed or argument.autonamed:
            return
        new = argument.default
    if isinstance(new, Unknown):
        yield Difference(path, "add" if prior is None else "update", _replaces(argument, prior))
    elif is_empty(prior) and is_empty(new):
        return
    elif new is None:
        yield Difference(path, "delete", _replaces(argument, prior))
    elif prior is None:
        yield Difference(path, "add", _replaces(argument, new))
    elif argument.is_object and isinstance(prior, dict) and isinstance(new, dict):
        yield from _fields(argument.fields, prior, new, path, how)
    elif argument.kind == "map" and isinstance(prior, dict) and isinstance(new, dict):
        yield from _map(argument, prior, new, path, how)
    elif argument.kind == "list" and isinstance(prior, list) and isinstance(new, list):
        if argument.is_set:
            yield from _set(argument, prior, new, path)
        elif not is_suppressed(argument.suppression, prior, new):
            yield from _list(argument, prior, new, path, how)
    elif not _is_same(argument, prior, new, how):
        yield Difference(path, "update", argument.forces_replacement)


def _is_same(argument: Argument, prior: Any, new: Any, how: Comparison) -> bool:
    if digested(argument, new) == prior:
        return True
    return (how.suppressed is None or argument.suppression in how.suppressed) and is_suppressed(
        argument.suppression, prior, new
    )


def _list(argument: Argument, prior: list[Any], new: list[Any], path: str, how: Comparison) -> Iterator[Difference]:
    for index in range(max(len(prior), len(new))):
        where = f"{path}[{index}]"
        if index >= len(new):
            yield Difference(where, "delete", _replaces(argument, [prior[index]]))
        elif index >= len(prior):
            yield Difference(where, "add", _replaces(argument, [new[index]]))
        else:
            yield from _value(argument.item, prior[index], new[index], where, how)


def _set(argument: Argument, prior: list[Any], new: list[Any], path: str) -> Iterator[Difference]:
    """What left a set and what came, each at its own place; both at one place are an update of it."""
    came = {index: item for index, item in enumerate(new) if matching(argument, prior, item) is None}
    kept = [matching(argument, prior, item) for index, item in enumerate(new) if index not in came]
    left = {index: item for index, item in enumerate(prior) if item not in kept}
    for index in sorted(came.keys() | left.keys()):
        kind = "update" if index in came and index in left else "add" if index in came else "delete"
        changed = [items[index] for items in (came, left) if index in items]
        yield Difference(f"{path}[{index}]", kind, _replaces(argument, changed))


def _map(
    argument: Argument, prior: dict[str, Any], new: dict[str, Any], path: str, how: Comparison
) -> Iterator[Difference]:
    if argument.suppression == "tags":
        prior, new = ({k: v for k, v in tags.items() if k not in how.ignored_tags} for tags in (prior, new))
        known = {name.casefold(): name for name in prior}
        new = {known.get(name.casefold(), name): value for name, value in new.items()}
    for name in sorted(prior.keys() | new.keys()):
        where = f"{path}.{name}" if _PLAIN_KEY.fullmatch(name) else f'{path}["{name}"]'
        if name not in prior:
            yield Difference(where, "add", argument.forces_replacement)
        elif name not in new:
            yield Difference(where, "delete", argument.forces_replacement)
        elif not _is_same(argument, prior[name], new[name], how):
            yield Difference(where, "update", argument.forces_replacement)


def _replaces(argument: Argument, value: Any) -> bool:
    """Whether it forces a replacement that a value comes or goes: itself, or what was given inside it."""
    if argument.forces_replacement:
        return True
    if isinstance(value, list):
        return any(_replaces(argument.item, item) for item in value)
    if isinstance(value, dict):
        inside = ((argument.fields.get(name), item) for name, item in value.items())
        return any(field is not None and not is_empty(item) and _replaces(field, item) for field, item in inside)
    return False
