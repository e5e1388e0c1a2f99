"""Reads the catalogue and answers for one type at a time.

The files are validated at the start, so that a slip in one stops the run with a sentence. The tree of a type is
compiled when the type is first met, because there are a thousand and a stack has a few dozen: a slip that shows only
then blocks the resource with a sentence, and a test looks at all of them.
"""

from collections.abc import Collection
from pathlib import Path

from boundary import Boundary, BoundaryError
from boundary.load import read_model
from policies.catalogue.arguments import parse_notation, read_arguments
from policies.catalogue.model import DeniedTypes, ServiceFile
from policies.core.constraints import Constraint
from policies.core.entries import Denial, Entry
from policies.core.tree import compile_tree
from policies.wording import fill

DIRECTORY = Path(__file__).parent


class Catalogue:
    """The verdict on every classified type."""

    def __init__(self, services: Collection[ServiceFile], arguments: dict[str, str], boundary: Boundary) -> None:
        self._boundary = boundary
        self._arguments = arguments | {token: line for each in services for token, line in each.arguments.items()}
        self.inside = frozenset(token for each in services for token in each.inside)
        self.constrained = {token: paths for each in services for token, paths in each.constrained.items()}
        self.denied = {token: group for each in services for group in each.denied for token in group.types}
        self.encoded = {token: paths for each in services for token, paths in each.encoded.items()}
        self.keys = {token: paths for each in services for token, paths in each.keys.items()}
        self._entries: dict[str, Entry | None] = {}

    @property
    def types(self) -> frozenset[str]:
        """Every type with a verdict."""
        return self.inside | self.constrained.keys() | self.denied.keys()

    def look_up(self, token: str) -> Entry | None:
        """The entry of a type; None for one that nobody has classified."""
        if token not in self._entries:
            self._entries[token] = self._entry(token)
        return self._entries[token]

    def recorded(self, token: str) -> str | None:
        """The recorded arguments of a type, in the notation of `arguments.txt`."""
        return self._arguments.get(token)

    def check_against(self, rules: Collection[str], checks: Collection[str]) -> None:
        """Checks that every rule and check that the catalogue names exists.

        Raises:
            BoundaryError: it names one that doesn't.
        """
        for token, group in self.denied.items():
            _must_exist(token, "rule", group.rule, rules)
        for token, paths in self.constrained.items():
            for constraint in paths:
                _must_exist(token, "rule", constraint.rule, rules)
                _must_exist(token, "check", constraint.check, checks)

    def faults(self) -> list[str]:
        """What is wrong with the entries of all types, sorted."""
        entries = ((token, self.look_up(token)) for token in sorted(self.types))
        return [f"{token} {entry.fault}" for token, entry in entries if entry is not None and entry.fault]

    def _entry(self, token: str) -> Entry | None:
        if token in self.denied:
            return Entry(denial=_denial(self.denied[token], self._boundary))
        if token not in self.inside and token not in self.constrained:
            return None
        if token not in self._arguments:
            return Entry(fault="has no arguments recorded in the catalogue; record them: `make catalogue RECORD=1`")
        constraints = [_filled(each, self._boundary) for each in self.constrained.get(token, ())]
        try:
            tree = compile_tree(parse_notation(self._arguments[token]), constraints)
            return Entry(tree, frozenset(tuple(path.split(".")) for path in self.encoded.get(token, ())))
        except KeyError as error:
            return Entry(fault=f"has no argument {error.args[0]}, which the catalogue constrains; correct the path")
        except BoundaryError as error:
            return Entry(fault=str(error))


def load_catalogue(boundary: Boundary, directory: Path = DIRECTORY) -> Catalogue:
    """The catalogue of a directory: its YAML files and `arguments.txt`.

    Raises:
        BoundaryError: a file can't be used, or a type has two verdicts.
    """
    services = [read_model(path, ServiceFile) for path in sorted(directory.glob("*.yaml"))]
    seen: set[str] = set()
    for token in (token for each in services for token in each.types()):
        if token in seen:
            raise BoundaryError(f"the catalogue has two verdicts for {token}; remove one")
        seen.add(token)
    return Catalogue(services, read_arguments(directory / "arguments.txt"), boundary)


def _denial(group: DeniedTypes, boundary: Boundary) -> Denial:
    return Denial(group.rule, fill(group.lets_through, boundary), fill(group.instead, boundary))


def _filled(constraint: Constraint, boundary: Boundary) -> Constraint:
    texts = {"lets_through": fill(constraint.lets_through, boundary), "instead": fill(constraint.instead, boundary)}
    return constraint.model_copy(update=texts)


def _must_exist(token: str, kind: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise BoundaryError(f"the catalogue names the {kind} {name} for {token}, which doesn't exist; correct it")
