"""The catalogue's files as typed data: one file a service, a verdict for each type.

- `inside`: can't cross by its arguments; every string in it is swept all the same.
- `constrained`: these argument paths are under these rules.
- `denied`: whatever its arguments are, and why.

Which arguments each type has was recorded when it was classified (`arguments.txt`): one that isn't recorded has been
judged by nobody.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from policies.core.constraints import Constraint

_STRICT = ConfigDict(extra="forbid", frozen=True)

Token = Annotated[str, Field(pattern=r"^[a-z]+:[A-Za-z]+(/[A-Za-z0-9]+)?:[A-Za-z0-9]+$")]

# As in a constraint: lists are transparent, and a map's key is a name like any other.
ArgumentPath = Annotated[str, Field(pattern=r"^\w+(\.\w+)*$")]


class DeniedTypes(BaseModel):
    """Types that are denied for one reason. The rule's own words are used where none are given."""

    model_config = _STRICT

    rule: str
    lets_through: str = ""
    instead: str = ""
    types: Annotated[tuple[Token, ...], Field(min_length=1)]


class ServiceFile(BaseModel):
    """The verdicts on the types of one service."""

    model_config = _STRICT

    service: str
    inside: tuple[Token, ...] = ()
    constrained: dict[Token, Annotated[tuple[Constraint, ...], Field(min_length=1)]] = {}
    denied: tuple[DeniedTypes, ...] = ()
    # Arguments whose values are texts in base64, which are opened; and keys and digests, which hold no text.
    encoded: dict[Token, tuple[ArgumentPath, ...]] = {}
    keys: dict[Token, tuple[ArgumentPath, ...]] = {}
    # Arguments of types that the provider's package doesn't register, in the notation of `arguments.txt`.
    arguments: dict[Token, str] = {}

    def types(self) -> list[str]:
        """Every type that it has a verdict for, in order, repeated where it is named twice."""
        return [*self.inside, *self.constrained, *(token for group in self.denied for token in group.types)]
