"""Which words of a page are paths, and whether what they name is there.

A path is told by its form: it ends as one of the project's files does, or in a slash. `Core/subnet`, `actions/checkout`
and `10.0.0.0/8` do neither: they are names, and so is a folder without its slash, unless the project has its first
folder. A path on a host begins with a slash, and is nobody's here.
"""

import os
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from tests.documents.document import ROOT

_WORD = re.compile(r"""(?<![^\s"'`(=,])[\w.*-]+(?:/[\w.*-]+)*/?(?![^\s"'`)=,;:])""")

# In no clone: what is installed, what a run writes, and the state in its bucket.
_NOT_CLONED = frozenset({".git", ".pulumi", ".rehearsal", ".runs", ".venv"})
_SHOWN = ".github"
_SCRIPT = re.compile(r"\bsed -i '[^']*'")  # its slashes part no folders


@cache
def files() -> frozenset[PurePosixPath]:
    """Every file of the project, and every folder, from its root."""
    return frozenset(_walked())


def paths_in(text: str) -> Iterator[str]:
    """The words of a text that are paths with a folder."""
    return (word for word in _WORD.findall(_SCRIPT.sub("", text)) if "/" in word and is_path(word))


def is_path(word: str) -> bool:
    """Whether a word is the path of something that a clone has."""
    first = word.partition("/")[0]
    if first in _NOT_CLONED:
        return False
    return word.endswith("/") or PurePosixPath(word).suffix in _endings() or PurePosixPath(first) in files()


def is_there(path: str) -> bool:
    """Whether the project has it, from its root or, below folders that aren't named, somewhere; or a package does."""
    first = path.partition("/")[0]
    if PurePosixPath(first) in files():
        return any(ROOT.glob(path))
    return any(each.match(path) for each in files()) or _in_a_package(first, path)


def _in_a_package(first: str, path: str) -> bool:
    if not first.isidentifier():
        return False
    found = find_spec(first)
    places = (found and found.submodule_search_locations) or ()
    return any((Path(place).parent / path).exists() for place in places)


@cache
def _endings() -> frozenset[str]:
    return frozenset(each.suffix for each in files() if (ROOT / each).is_file()) - {""}


def _walked() -> Iterator[PurePosixPath]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [each for each in folders if each == _SHOWN or not each.startswith((".", "__pycache__"))]
        here = PurePosixPath(Path(folder).relative_to(ROOT).as_posix())
        yield from (here / name for name in (*folders, *names))
