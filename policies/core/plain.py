"""A resource as plain data, whatever it was read from: the engine's protocol, a state file, an inventory.

Two markers stand among the plain values: `UNKNOWN` for what isn't known before `up`, and `Secret` around what may not
be shown. Rules see both, so neither can make one skip.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from typing import Final


class Unknown(Enum):
    """The type of `UNKNOWN`."""

    VALUE = auto()


UNKNOWN: Final = Unknown.VALUE


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that is judged like any other and never shown, in whole or in part."""

    value: "Plain"


Plain = None | bool | float | str | Unknown | Secret | Sequence["Plain"] | Mapping[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider that a resource names."""

    type: str
    name: str
    properties: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource. `dependencies` and `property_dependencies` hold URNs and are only filled in a view of a stack.

    One that is `read` is looked at, and isn't declared by the stack. What already exists has the cloud's own `id`, and
    in `observed` what the cloud says of it. Where that isn't what was declared it is judged too, an argument by its
    constraints.
    """

    urn: str
    type: str
    name: str
    properties: Mapping[str, Plain]
    provider: Provider | None = None
    parent: str = ""
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    id: str = ""
    observed: Mapping[str, Plain] = field(default_factory=dict)
    read: bool = False

    @property
    def declared(self) -> bool:
        """Whether this run declares it: what `--target` leaves out comes without a single property.

        So would a resource whose program gives it no argument, for which Oracle's provider has the same answer: every
        type of which the catalogue requires an argument requires one there too, and is refused before anything is made.
        """
        return bool(self.properties or self.observed or self.id) or not self.type.startswith("oci:")

    @property
    def package(self) -> str:
        """The package that the type comes from; for a provider, the one that it provides."""
        return package_of(self.type)

    @property
    def stack(self) -> str:
        """The stack that it belongs to."""
        return self.urn.removeprefix("urn:pulumi:").partition("::")[0]


@lru_cache(maxsize=4096)
def package_of(type: str) -> str:
    """The package that a type comes from; for a provider, the one that it provides."""
    return type.removeprefix("pulumi:providers:").partition(":")[0]


def opened(value: Plain) -> Plain:
    """What is in a secret; anything else as it is."""
    while isinstance(value, Secret):
        value = value.value
    return value


def hides_secret(value: Plain) -> bool:
    """Whether something in a value is a secret."""
    pending = [value]
    while pending:
        each = pending.pop()
        if isinstance(each, Secret):
            return True
        if isinstance(each, dict):
            pending.extend(each.values())
        elif isinstance(each, list):
            pending.extend(each)
    return False
