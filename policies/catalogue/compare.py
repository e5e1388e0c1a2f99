"""Compares what is recorded of each type's arguments with what the installed provider has.

Pure: the installed arguments are given, so that this package never loads the provider's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policies.catalogue.arguments import notation
from policies.catalogue.load import Catalogue


@dataclass(frozen=True)
class Comparison:
    """Types, sorted: without a verdict; with one, but gone from the provider; with other arguments than recorded."""

    unclassified: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]


def compare(catalogue: Catalogue, installed: Mapping[str, Iterable[str]]) -> Comparison:
    """What differs, given the argument paths of every installed type."""
    classified = {token for token in catalogue.types if token.startswith("oci:")}
    found = record(catalogue, installed)
    changed = (token for token, line in found.items() if catalogue.recorded(token) != line)
    return Comparison(
        unclassified=tuple(sorted(installed.keys() - classified)),
        gone=tuple(sorted(classified - installed.keys())),
        changed=tuple(sorted(changed)),
    )


def record(catalogue: Catalogue, installed: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The lines of `arguments.txt`: for every classified type that isn't denied, whatever its arguments are."""
    judged = catalogue.inside | catalogue.constrained.keys()
    return {token: notation(installed[token]) for token in judged & installed.keys()}
