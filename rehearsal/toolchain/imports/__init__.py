"""The code that `pulumi import` prints: what the engine imported comes as its own language, and goes as Python."""

from rehearsal.toolchain.imports.code import python_code
from rehearsal.toolchain.imports.definitions import DefinitionError, parse_definitions

__all__ = ["DefinitionError", "parse_definitions", "python_code"]
