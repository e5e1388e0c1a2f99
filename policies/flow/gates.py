"""Which resources are a gate of `believed.yaml`: the product's own way out.

A tag may be written by anybody, so that it isn't enough. A gate is declared by a component of its system, in a
compartment of its system. A stack that has no components of this project (a state that somebody else's program wrote)
is judged by the compartment alone.
"""

from policies.core.plain import Resource
from policies.flow.compartments import Compartments
from policies.flow.stack import Stack
from policies.flow.table import Gate, load_believed
from policies.flow.values import kind_of

_COMPONENTS = "stateside:"


class Gates:
    """The gates of a stack."""

    def __init__(self, stack: Stack) -> None:
        self._stack, self._compartments = stack, Compartments(stack)
        self._has_components = any(_parents(each).startswith(_COMPONENTS) for each in stack.resources)

    def of(self, resource: Resource) -> Gate | None:
        """The gate that a resource is, if it is one."""
        return next((gate for gate in load_believed().gates if self._is(resource, gate)), None)

    def _is(self, resource: Resource, gate: Gate) -> bool:
        if kind_of(resource) not in gate.types or self._stack.system(resource) != gate.system:
            return False
        if self._has_components and not _parents(resource).startswith(f"{_COMPONENTS}{gate.system}:"):
            return False
        return all(self._is_of_system(place, gate.system) for place in self._compartments.of(resource))

    def _is_of_system(self, compartment: str, system: str) -> bool:
        declared = self._stack.by_urn.get(compartment)
        name = self._stack.value(declared, "name") if declared is not None else None
        return isinstance(name, str) and name.casefold().endswith(f"-{system}")


def _parents(resource: Resource) -> str:
    """The types of what a resource is declared below, the outermost first; its own and its name come last.

    A URN is `urn:pulumi:<stack>::<project>::<types>::<name>`.
    """
    return resource.urn.split("::", 2)[-1]
