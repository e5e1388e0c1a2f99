"""The words of the program check as typed data: `words.yaml`."""

import re
import sys
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from boundary.load import read_model

_STRICT = ConfigDict(extra="forbid", frozen=True)


class Reference(BaseModel):
    """Names that may not be used, under which rule, and what their use does."""

    model_config = _STRICT

    name: re.Pattern[str]
    rule: str
    says: str


class Words(BaseModel):
    """The whole file."""

    model_config = _STRICT

    packages: frozenset[str]
    denied_modules: frozenset[str]
    data_sources: frozenset[str]
    references: tuple[Reference, ...]
    options: dict[str, str]
    resource_options: dict[str, str]

    def may_import(self, module: str) -> bool:
        """Whether a module may be imported, by the package that it is in."""
        root = module.partition(".")[0]
        return root in self.packages or (root in sys.stdlib_module_names and root not in self.denied_modules)

    def reference(self, name: str) -> Reference | None:
        """What a dotted name is, when it may not be used."""
        return next((each for each in self.references if each.name.fullmatch(name)), None)


@cache
def words() -> Words:
    """The words, read once.

    Raises:
        BoundaryError: `words.yaml` can't be used.
    """
    return read_model(Path(__file__).with_name("words.yaml"), Words)
