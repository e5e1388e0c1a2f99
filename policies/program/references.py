"""What may be said against the use of a dotted name: whole, and as it is where it comes from."""

from dataclasses import dataclass

from policies.program.names import NOWHERE, Program
from policies.program.words import PROVIDER, Words

_PROVIDER_RULE = "program-provider"


@dataclass(frozen=True, slots=True)
class Fault:
    """The rule that a use breaks, and what it does."""

    rule: str
    says: str


@dataclass(frozen=True, slots=True)
class References:
    """Judges the names that one program uses."""

    words: Words
    program: Program

    def of_import(self, module: str) -> Fault | None:
        """What is said against the import of a module."""
        if self._is_own(module):
            return None
        if reference := self.words.reference(module):
            return Fault(reference.rule, f"{reference.says} ({module})")
        if module.partition(".")[0] == PROVIDER:
            return self._of_the_provider(module)
        return None if module in self.words.modules else Fault("program-import", f"imports {module}")

    def of_name(self, written: str, may_build_providers: bool) -> Fault | None:
        """What is said against the use of a name."""
        name = self.program.resolved(written)
        if name == NOWHERE:
            return Fault("program-import", f"uses {written}, which leads to itself")
        if reference := self.words.reference(name):
            fine = may_build_providers and reference.rule == _PROVIDER_RULE
            return None if fine else Fault(reference.rule, f"{reference.says} ({name})")
        if name.partition(".")[0] == PROVIDER:
            return self._of_the_provider(name)
        if self._is_own(name) or self.words.may_use(name):
            return None
        return Fault("program-import", f"uses {name}, which isn't on the list")

    def is_module(self, name: str) -> bool:
        """Whether a name is a module: what it holds can be reached by whoever has it."""
        if name.partition(".")[0] == PROVIDER:
            return name.rpartition(".")[2].islower() and not is_data_source(name)
        return name in self.words.modules or self.program.is_module(name)

    def may_only_be_called(self, name: str) -> bool:
        """Whether a name makes resources or sets options."""
        made = name.startswith(f"{PROVIDER}.") and not name.endswith("Args")
        return made or name in self.words.option_types

    def _of_the_provider(self, name: str) -> Fault | None:
        """`pulumi_oci`, a service of it, a class or a data source of that service, and an attribute of those."""
        _, _, kind = (*name.split("."), "", "")[:3]
        if "._" in name or (kind[:1].islower() and not is_data_source(name)):
            return Fault("program-import", f"uses {name}, which is neither a resource nor a data source")
        if is_data_source(name):
            if name.removesuffix("_output") in self.words.data_sources:
                return None
            return Fault("program-read", f"reads {name}, a data source that isn't on the short list")
        return None

    def _is_own(self, name: str) -> bool:
        return self.program.is_own(name) or name.partition(".")[0] in self.words.own


def is_data_source(name: str) -> bool:
    """Whether a dotted name is one of the provider's data sources."""
    return name.startswith(f"{PROVIDER}.") and name.rpartition(".")[2].startswith("get_")
