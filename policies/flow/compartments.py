"""Compartments: what lies in which, by the tree that the stack declares."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from iam.statements import Names
from policies.core.plain import Resource
from policies.flow.stack import Stack

_COMPARTMENT = "Identity/compartment"
_TENANCY = "ocid1.tenancy."
# Stands for the compartment of what doesn't say where it lies, or lies where the stack can't see.
SOMEWHERE = ""
# A build stage belongs to a pipeline, that to a project, which names its compartment.
_DEPTH = 3


class Compartments:
    """Where each resource lies. A compartment is its URN, or its OCID where the stack doesn't declare it."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._below: dict[str, list[str]] = defaultdict(list)
        for each in stack.of(_COMPARTMENT):
            name = stack.value(each, "name")
            if isinstance(name, str):
                self._by_name[name.casefold()].append(each.urn)
            for parent in self.of(each):
                self._below[parent].append(each.urn)

    def of(self, resource: Resource, depth: int = _DEPTH) -> tuple[str, ...]:
        """The compartment of a resource; more than one where it may lie in any of them."""
        found = self._stack.refers(resource, "compartmentId", _COMPARTMENT)
        if found.resources:
            return tuple(each.urn for each in found.resources)
        value = self._stack.value(resource, "compartmentId")
        if value is None and depth:
            # What names no compartment lies where what it belongs to lies: a function with its application.
            owners = {each.urn: each for named in self._stack.mentions(resource).values() for each in named}
            places = {place for each in owners.values() for place in self.of(each, depth - 1)} - {SOMEWHERE}
            return tuple(sorted(places)) or (SOMEWHERE,)
        return (value,) if isinstance(value, str) else (SOMEWHERE,)

    def named(self, place: Names) -> frozenset[str] | None:
        """The compartments that a statement's place takes in, and those below them; None for all there are."""
        if place.kind == "tenancy" or not place.values:
            return None
        last = place.values[-1]
        declared = self._stack.resolve_id(last)
        if place.kind == "compartment-id":
            start = [declared.urn] if declared is not None else [last]
        else:
            start = self._by_name.get(last.casefold(), [])
        return self._with_below(start) | self._undeclared(bool(start))

    def surely(self, place: Names) -> frozenset[str] | None:
        """The declared compartments that a statement's place takes in for certain; None for all there are."""
        if place.kind == "tenancy":
            return None
        last = place.values[-1] if place.values else ""
        declared = self._stack.resolve_id(last)
        start = [declared.urn] if declared is not None else self._by_name.get(last.casefold(), [])
        # Of two compartments of one name nobody can say which is meant.
        return self._with_below(start) if len(start) == 1 else frozenset()

    def _with_below(self, start: Iterable[str]) -> frozenset[str]:
        found: set[str] = set()
        pending = list(start)
        while pending:
            urn = pending.pop()
            if urn not in found:
                found.add(urn)
                pending.extend(self._below.get(urn, ()))
        return frozenset(found)

    def _undeclared(self, known: bool) -> frozenset[str]:
        """Compartments that only an identifier is known of: a name that the stack doesn't know may be one's."""
        return frozenset({SOMEWHERE}) if known else self._with_below([SOMEWHERE, *self._roots])

    @cached_property
    def _roots(self) -> list[str]:
        places = {*self._below, *(place for each in self._stack.carriers for place in self.of(each))}
        return [each for each in places if not each.startswith((_TENANCY, "urn:"))]
