"""The recorded arguments of classified types, one type a line: `oci:Core/vcn:Vcn: cidrBlock definedTags …`.

What an argument holds stands in braces: `routeRules{destination networkEntityId}`. Lists are not marked, and of a map
only its name is recorded, because its keys are free.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from boundary import BoundaryError
from policies.core.tree import Arguments

ARGUMENTS_FILE = Path(__file__).with_name("arguments.txt")

_PARTS = re.compile(r"[A-Za-z0-9]+|[{}]|\S")
_SEPARATOR = ": "

Nested = dict[str, "Nested"]


def read_arguments(path: Path = ARGUMENTS_FILE) -> dict[str, str]:
    """The recorded line of each type.

    Raises:
        BoundaryError: the file is missing.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        raise BoundaryError(f"{path.name} is missing at {path}; restore it from the repository") from None
    return dict(line.split(_SEPARATOR) for line in lines if _SEPARATOR in line)


def write_arguments(recorded: dict[str, str], path: Path = ARGUMENTS_FILE) -> None:
    """Records the lines of these types and no others."""
    path.write_text("".join(f"{token}{_SEPARATOR}{recorded[token]}\n" for token in sorted(recorded)), encoding="utf-8")


def notation(paths: Iterable[str]) -> str:
    """The notation of dotted paths such as `routeRules` and `routeRules[].destination`."""
    root: Nested = {}
    for path in paths:
        node = root
        for name in path.replace("[]", "").split("."):
            node = node.setdefault(name, {})
    return _write(root)


def parse_notation(text: str) -> Arguments:
    """The nested argument names of a notation.

    Raises:
        BoundaryError: the braces don't match, or there is something else in it than names and braces.
    """
    parts = iter(_PARTS.findall(text))
    return _read(parts, closing=False)


def _write(node: Nested) -> str:
    return " ".join(name + ("{" + _write(below) + "}" if below else "") for name, below in sorted(node.items()))


def _read(parts: Iterator[str], closing: bool) -> Nested:
    node: Nested = {}
    last = ""
    for part in parts:
        if part == "}" and closing:
            return node
        if part == "{" and last:
            node[last] = _read(parts, closing=True)
        elif part.isalnum():
            node[part] = {}
            last = part
        else:
            break
    else:
        if not closing:
            return node
    raise BoundaryError("arguments.txt has braces that don't match; record it anew with `make catalogue`")
