"""What the schema says, as plain values: resource types, functions, their properties and the types of those."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["string", "boolean", "integer", "number", "list", "map", "object", "any"]


@dataclass(frozen=True)
class Type:
    """The type of a value.

    `element` is set for lists and maps, `object_name` for objects. The object itself is read on first use, because
    object types may contain themselves.
    """

    kind: Kind
    element: "Type | None" = None
    object_name: str = ""
    read_object: "Callable[[], ObjectType] | None" = field(default=None, repr=False, compare=False)

    @property
    def object(self) -> "ObjectType | None":
        """The object type; None for every other kind."""
        return self.read_object() if self.read_object else None

    @property
    def innermost(self) -> "Type":
        """What is left once lists and maps are opened."""
        return self.element.innermost if self.element else self


@dataclass(frozen=True)
class Property:
    """One input or output. `name` is the engine's camelCase name; what isn't `updatable` forces replacement."""

    name: str
    type: Type
    required: bool
    updatable: bool
    secret: bool
    deprecated: bool


@dataclass(frozen=True)
class ObjectType:
    """A nested object."""

    name: str
    properties: Mapping[str, Property]


@dataclass(frozen=True)
class ResourceType:
    """A resource type. `outputs` holds everything that the provider returns, inputs included."""

    token: str
    inputs: Mapping[str, Property]
    outputs: Mapping[str, Property]
    secret_outputs: frozenset[str]

    @property
    def computed(self) -> frozenset[str]:
        """The outputs that are not inputs: only the provider can fill them."""
        return frozenset(self.outputs) - frozenset(self.inputs)


@dataclass(frozen=True)
class FunctionType:
    """A data source."""

    token: str
    inputs: Mapping[str, Property]
    outputs: Mapping[str, Property]
