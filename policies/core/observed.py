"""What the cloud says of a resource, beside what was declared of it.

Outputs repeat the arguments in the provider's words: sets in another order, letters in another case, what is absent as
"", 0, false, [] or {}, what a service fills in, and in a preview what nobody knows yet. None of that is a decision.
What remains is drift: a value that somebody set elsewhere, found by a refresh.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from policies.core.plain import UNKNOWN, Plain, Resource, Secret, opened

# A plain value that is not there, as the provider writes it: of what was declared, 0 and false are values like any
# other. In an empty list or object there is nothing that could differ.
_ABSENT: tuple[Plain, ...] = ("", UNKNOWN)
# Python's true and false are numbers.
_SCALAR = (int, float, str)


def differing(found: Mapping[str, Plain], declared: Mapping[str, Plain]) -> dict[str, Plain]:
    """What was found and isn't what was declared, in its place; None stands for the elements of a list that are."""
    pairs = ((name, _differing(value, declared.get(name))) for name, value in found.items())
    return {name: value for name, value in pairs if value is not None}


def standing(resource: Resource) -> Resource:
    """A resource with what it is in place of what was declared, as far as that is known.

    What isn't known is as it was declared, a whole list where one element isn't; undeclared, it is the service's to
    fill in, and left out.
    """
    properties = dict(resource.properties)
    for name, found in resource.observed.items():
        value = _standing(found, properties.get(name))
        if value is not None:
            properties[name] = value
    return replace(resource, properties=properties)


def _differing(found: Plain, declared: Plain) -> Plain:
    if isinstance(found, Secret):
        inner = _differing(found.value, declared)
        return None if inner is None else Secret(inner)
    declared = opened(declared)
    if found == declared or found in _ABSENT or (declared is None and not found):
        return None
    if isinstance(found, dict):
        return differing(found, declared if isinstance(declared, dict) else {}) or None
    if isinstance(found, list):
        known = declared if isinstance(declared, list) else [declared]
        each = [_differing(element, _counterpart(element, at, known)) for at, element in enumerate(found)]
        return None if all(value is None for value in each) else each
    return None if _word(found) == _word(declared) else found


def _counterpart(element: Plain, at: int, declared: Sequence[Plain]) -> Plain:
    """The declared element that one of a list is; if it is none, the one in its place."""
    same = declared[at] if at < len(declared) else None
    return next((each for each in (same, *declared) if _agrees(element, each)), same)


def _agrees(found: Plain, declared: Plain) -> bool:
    """Whether an element is what was declared, whatever else it has been given."""
    found, declared = opened(found), opened(declared)
    if isinstance(found, dict) and isinstance(declared, dict):
        return all(_differing(found.get(name), value) is None for name, value in declared.items())
    return _differing(found, declared) is None


def _word(value: Plain) -> Plain:
    """A plain value as it is compared: Oracle's words don't differ by case, nor `true` from true and 5.0 from "5"."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).casefold() if isinstance(value, _SCALAR) else value


def _standing(found: Plain, declared: Plain) -> Plain:
    if not _has_unknown(found):
        return found
    if isinstance(found, Secret):
        inner = _standing(found.value, opened(declared))
        return None if inner is None else Secret(inner)
    if isinstance(found, dict):
        known = opened(declared)
        members = known if isinstance(known, dict) else {}
        pairs = ((name, _standing(value, members.get(name))) for name, value in found.items())
        return {**members, **{name: value for name, value in pairs if value is not None}} or None
    if isinstance(found, list) and declared is None:
        return [value for value in (_standing(each, None) for each in found) if value is not None] or None
    return declared


def _has_unknown(value: Plain) -> bool:
    if isinstance(value, Secret):
        return _has_unknown(value.value)
    if isinstance(value, dict):
        return any(map(_has_unknown, value.values()))
    if isinstance(value, list):
        return any(map(_has_unknown, value))
    return value is UNKNOWN
