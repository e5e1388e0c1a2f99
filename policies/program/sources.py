"""The files of a program that Python can import: its source, and what may not be there because it can't be read.

A compiled module, a library of machine code and a link are imported like a file of source. What Python itself keeps in
`__pycache__` has to be what the source beside it gives; otherwise Python would run something that nobody reads.
"""

import importlib.util
import marshal
import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.machinery import BYTECODE_SUFFIXES, EXTENSION_SUFFIXES
from pathlib import Path

_CACHE = "__pycache__"
_HEADER = 16  # bytes before the code (PEP 552)
_COMPILED = (*BYTECODE_SUFFIXES, ".pyo")
# Also of other systems and versions: a name tells what it is.
_MACHINE_CODE = (*EXTENSION_SUFFIXES, ".so", ".pyd", ".dll", ".dylib")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that Python can import, its name as people see it, and what is wrong with it as a file."""

    file: Path
    name: str
    fault: str = ""

    @property
    def module(self) -> str:
        """The dotted name that it is imported by: `infra.network.drg`."""
        parts = Path(self.name).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def package(self) -> str:
        """The dotted name of the package that it stands in."""
        return ".".join(Path(self.name).parent.parts)


def sources_of(path: Path) -> Iterator[Source]:
    """The file itself, or every file below a directory that can be imported, in the order of their names.

    Raises:
        OSError: the path can't be read.
    """
    if path.is_dir():
        yield from _below(path, path.parent)
    else:
        yield Source(path, path.name)


def _below(directory: Path, root: Path) -> Iterator[Source]:
    with os.scandir(directory) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        path = Path(entry.path)
        name = path.relative_to(root).as_posix()
        if entry.is_symlink():
            if entry.is_dir() or path.suffix in (".py", *_COMPILED, *_MACHINE_CODE):
                yield Source(path, name, "is a link, which can lead to other code at any time")
        elif entry.is_dir():
            yield from _cached(path, root) if entry.name == _CACHE else _below(path, root)
        elif path.suffix == ".py":
            yield Source(path, name)
        elif entry.name.endswith(_COMPILED):
            yield Source(path, name, "is compiled, and Python runs it without a source")
        elif entry.name.endswith(_MACHINE_CODE):
            yield Source(path, name, "is machine code")


def _cached(directory: Path, root: Path) -> Iterator[Source]:
    for path in sorted(directory.glob("*.pyc")):
        if not _is_what_its_source_gives(path):
            yield Source(path, path.relative_to(root).as_posix(), "isn't what the source beside it gives; remove it")


def _is_what_its_source_gives(path: Path) -> bool:
    """Whether code that Python has kept is its source's. That of another version of Python can't be told, and isn't."""
    try:
        source = Path(importlib.util.source_from_cache(str(path)))
        data = path.read_bytes()
        if data[:4] != importlib.util.MAGIC_NUMBER or path.is_symlink():
            return False
        level = path.stem.rpartition(".opt-")[2]
        optimize = int(level) if level in ("1", "2") else 0
        given = compile(source.read_bytes(), str(source), "exec", dont_inherit=True, optimize=optimize)
        return bool(marshal.loads(data[_HEADER:]) == given)  # noqa: S302 - nothing of it is run
    except (OSError, ValueError, EOFError, TypeError, SyntaxError):
        return False
