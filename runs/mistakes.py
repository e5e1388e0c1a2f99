"""Causes that are one mistake: the same line declares all their resources, with the same value of the same argument."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from runs.places import Declared, Place
from runs.results import Cause, Finding


@dataclass(frozen=True, slots=True)
class Mistake:
    """A cause, and the others that are like it but for the resource."""

    cause: Cause
    alike: tuple[Cause, ...] = ()

    @property
    def causes(self) -> tuple[Cause, ...]:
        """All of them, in their order."""
        return (self.cause, *self.alike)


def mistakes(causes: Iterable[Cause], places: Mapping[str, Declared]) -> tuple[Mistake, ...]:
    """The mistakes, each where its first cause is. What no line declares is alike to nothing."""
    found: dict[object, list[Cause]] = {}
    for cause in causes:
        found.setdefault(_likeness(cause.main, places), []).append(cause)
    return tuple(Mistake(first, tuple(others)) for first, *others in found.values())


def _likeness(finding: Finding, places: Mapping[str, Declared]) -> object:
    there = places.get(finding.urn)
    if there is None:
        return id(finding)
    place: Place = there.place
    keys = ("rule", "type", "path", "says", "value", "statement", "letsThrough", "instead", "hint")
    return (place, *(finding.text(key) for key in keys))
