"""The flow proof's data as types: what is in `table.yaml` and `believed.yaml`."""

import re
from collections.abc import Callable
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from boundary import DataClass
from boundary.load import read_model

_STRICT = ConfigDict(extra="forbid", frozen=True)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")

Kind = Annotated[str, Field(pattern=r"^[A-Za-z*]+/[A-Za-z0-9*]+$")]
Way = Literal["in", "out", "none"]


class Managed(BaseModel):
    """Machines in a network that isn't ours: of a type, when arguments have these values, unless one is set."""

    model_config = _STRICT

    type: Kind
    words: str
    when: dict[str, tuple[str, ...]] = {}
    unless: str = ""


class Grants(BaseModel):
    """What IAM's names of resource types and permissions give."""

    model_config = _STRICT

    gives: dict[str, tuple[Kind, ...]]
    gives_nothing: frozenset[str]
    permissions: dict[str, tuple[Kind, ...]]
    not_reading: tuple[str, ...]
    not_writing: tuple[str, ...]


class Gate(BaseModel):
    """A way out that is the product itself."""

    model_config = _STRICT

    name: str
    words: str
    types: frozenset[Kind]
    system: str
    classes: frozenset[DataClass]


class Change(BaseModel):
    """Classes of data that are believed to become another by being written to a store of it."""

    model_config = _STRICT

    sources: Annotated[frozenset[DataClass], Field(alias="from", min_length=1)]
    target: Annotated[DataClass, Field(alias="to")]
    system: str = ""
    why: str


class Believed(BaseModel):
    """What the proof takes on trust."""

    model_config = _STRICT

    gates: tuple[Gate, ...]
    changes: tuple[Change, ...]


class Table(BaseModel):
    """Along what data can flow. A kind is the middle of a type token: `Core/instance`."""

    model_config = _STRICT

    inert: tuple[Kind, ...]
    network: frozenset[Kind]
    machines: frozenset[Kind]
    passing: frozenset[Kind]
    stores: frozenset[Kind]
    records: frozenset[Kind]
    references: dict[Kind, dict[str, Way]]
    managed: tuple[Managed, ...]
    leads_to: dict[str, str]
    understood: frozenset[Kind]
    words: dict[Kind, str]
    statements: Grants
    resource_types: dict[str, tuple[Kind, ...]]

    @cached_property
    def _carries(self) -> Callable[[str], bool]:
        return cache(lambda kind: bool(kind) and kind not in self.network and self._inert.fullmatch(kind) is None)

    @cached_property
    def _inert(self) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(kind).replace(r"\*", "[^/]*") for kind in self.inert))

    def carries(self, kind: str) -> bool:
        """Whether something of a kind can hold data or pass it on, as a node of its own."""
        return self._carries(kind)

    def holds_data(self, kind: str) -> bool:
        """Whether something of a kind keeps data, which is lost when it is deleted."""
        return kind in self.stores or kind in self.records

    def noun(self, kind: str) -> str:
        """What people call a kind."""
        return self.words.get(kind) or _noun(kind)


@lru_cache(maxsize=2048)
def _noun(kind: str) -> str:
    return " ".join(_WORD.findall(kind.rpartition("/")[2])).lower()


@lru_cache(maxsize=1)
def load_table() -> Table:
    """The table.

    Raises:
        BoundaryError: the file can't be used.
    """
    return read_model(Path(__file__).with_name("table.yaml"), Table)


@lru_cache(maxsize=1)
def load_believed() -> Believed:
    """What is believed.

    Raises:
        BoundaryError: the file can't be used.
    """
    return read_model(Path(__file__).with_name("believed.yaml"), Believed)
