"""What a provider does with an argument, as plain values: a tree that follows the objects of a resource type."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from provider_schema.types import Kind

Suppression = Literal["", "case", "tags", "int", "time", "json", "order", "ipv6", "money", "other"]
"""Which differences of a value the provider takes for none; `other` is code of the provider's own."""


@dataclass(frozen=True)
class Validator:
    """What a value must be: one of `values`, a number in a range, or text of a `form`."""

    values: tuple[str, ...] = ()
    minds_case: bool = False
    form: Literal["", "int", "json", "notEmpty"] = ""
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class Argument:
    """One argument, or an attribute inside of one that only the provider fills (`is_output`).

    `kind` is the kind of the value, `element` that of the elements of a list or map. `fields` are what an object, or
    each object of a list, has. A set may be told apart by code of the provider's own (`has_own_hash`). `conflicts` are
    dotted paths from the top of the resource.
    """

    name: str
    kind: Kind
    element: Kind | None = None
    fields: Mapping[str, "Argument"] = field(default_factory=dict, repr=False)
    required: bool = False
    computed: bool = False
    is_output: bool = False
    forces_replacement: bool = False
    sensitive: bool = False
    is_set: bool = False
    has_own_hash: bool = False
    default: Any = None
    autonamed: bool = False
    deprecated: bool = False
    suppression: Suppression = ""
    element_suppression: Suppression = ""
    digest: Literal["", "md5", "sha256"] = ""
    validator: Validator | None = None
    fewest: int = 0
    most: int | None = None
    conflicts: tuple[str, ...] = ()

    @property
    def is_object(self) -> bool:
        """Whether the value is one object with a schema, and no list of them."""
        return self.kind == "object"

    @property
    def holds_objects(self) -> bool:
        """Whether the value is a list or set of objects with a schema."""
        return self.kind == "list" and self.element == "object"

    @property
    def item(self) -> "Argument":
        """An element of a list or map, as an argument of its own."""
        return Argument(
            self.name,
            self.element or "any",
            fields=self.fields,
            forces_replacement=self.forces_replacement,
            sensitive=False,
            suppression=self.element_suppression,
        )


@dataclass(frozen=True)
class Described:
    """A resource type: `arguments` has everything that its state has but `id`; outputs are marked.

    `timeouts` are in seconds, by operation. `is_measured` says that it comes from the provider's own schema.
    """

    token: str
    arguments: Mapping[str, Argument]
    timeouts: Mapping[str, int] = field(default_factory=dict)
    has_no_update: bool = False
    is_measured: bool = True
