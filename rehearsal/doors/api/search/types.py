"""The types that Search indexes: `types.yaml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from boundary.load import read_model
from rehearsal.doors.api.search.tokens import cannot_parse

Text = Annotated[str, Field(min_length=1)]
_PROVIDER = "oci:"


class SearchType(BaseModel):
    """One type by the name that Search has for it; what each field means is said in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Text
    of: tuple[Text, ...] = ()
    inside: str = ""
    identifier: str = ""
    named: str = ""
    renamed: Mapping[str, str] = Field(default_factory=dict)

    @property
    def tokens(self) -> tuple[str, ...]:
        """The world's types."""
        return tuple(_PROVIDER + each for each in self.of)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    types: tuple[SearchType, ...]


@cache
def search_types() -> tuple[SearchType, ...]:
    """Every type, by name."""
    return read_model(Path(__file__).with_name("types.yaml"), _File).types


def type_called(name: str) -> SearchType | None:
    """The type of a name, in any case."""
    return _by_name().get(name.lower())


def types_called(names: tuple[str, ...]) -> tuple[SearchType, ...]:
    """The types of a query, each once; all of them where it names none.

    Raises:
        ServiceError: 400, Search has no such type.
    """
    found: dict[str, SearchType] = {}
    for name in names:
        type = type_called(name)
        if type is None:
            raise cannot_parse(f"Unknown resource type '{name}'")
        found[type.name] = type
    return tuple(found.values()) if names else search_types()


@cache
def _by_name() -> Mapping[str, SearchType]:
    return {type.name.lower(): type for type in search_types()}
