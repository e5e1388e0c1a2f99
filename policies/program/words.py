"""The words of the program check as typed data: `words.yaml`."""

import builtins
import re
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from boundary.load import read_model
from policies.program.names import module_of

PROVIDER = "pulumi_oci"

_STRICT = ConfigDict(extra="forbid", frozen=True)
_PYTHONS_OWN = frozenset(dir(builtins))


class Reference(BaseModel):
    """Names that may not be used, under which rule, and what their use does."""

    model_config = _STRICT

    name: re.Pattern[str]
    rule: str
    says: str


class Words(BaseModel):
    """The whole file."""

    model_config = _STRICT

    own: frozenset[str]
    modules: dict[str, frozenset[str]]
    builtins: frozenset[str]
    special: frozenset[str]
    attributes: dict[str, str]
    data_sources: frozenset[str]
    references: tuple[Reference, ...]
    option_types: frozenset[str]
    options: frozenset[str]
    denied_options: dict[str, str]
    denied_options_by_ordinary_words: dict[str, str]

    def reference(self, name: str) -> Reference | None:
        """What a dotted name does, where it may not be used and more can be said than that."""
        return next((each for each in self.references if each.name.fullmatch(name)), None)

    def option_fault(self, name: str) -> str:
        """What is wrong with an option that may not be set; empty for one that may."""
        if name in self.options:
            return ""
        says = self.denied_options | self.denied_options_by_ordinary_words
        return says.get(name, "sets an option that isn't on the list")

    def may_use(self, name: str) -> bool:
        """Whether a dotted name of somebody else's module is on the list, or that module itself."""
        module = module_of(name, self.modules)
        attribute = name.removeprefix(module).removeprefix(".").partition(".")[0]
        return bool(module) and (not attribute or attribute in self.modules[module])

    def is_denied_builtin(self, name: str) -> bool:
        """Whether a bare name is one of Python's own that isn't on the list."""
        return (name in _PYTHONS_OWN and name not in self.builtins | self.special) or self.is_denied_special(name)

    def is_denied_special(self, name: str) -> bool:
        """Whether a name between double underscores isn't on the list."""
        return name.startswith("__") and name.endswith("__") and name not in self.special


@cache
def words() -> Words:
    """The words, read once.

    Raises:
        BoundaryError: `words.yaml` can't be used.
    """
    return read_model(Path(__file__).with_name("words.yaml"), Words)
