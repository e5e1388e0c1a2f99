"""What the last run found, as data: for each module, of which mutants it was, and which of them no test killed.

The page is written from it, so that a run may try a few modules; and a module whose code has changed since is told by
its digest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path

import yaml

from tests.mutation.mutants import Mutant

RECORD = Path(__file__).with_name("results.yaml")
_HEAD = "# Written by `make mutation`: of which mutants the result is, and those that no test killed.\n"


@dataclass(frozen=True)
class Result:
    """What became of a module's mutants: `left` are those that lived."""

    digest: str
    left: tuple[str, ...]


def digest(mutants: Iterable[Mutant]) -> str:
    """Stands for these mutants: it changes when the code that they are made of does."""
    return sha256("\n".join(each.name for each in mutants).encode()).hexdigest()[:16]


def recorded(path: Path = RECORD) -> dict[str, Result]:
    """The result of each module; nothing before the first run."""
    written = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {module: Result(each["digest"], tuple(each["left"])) for module, each in written.items()}


def record(results: Mapping[str, Result], path: Path = RECORD) -> None:
    """Writes the results of these modules and of no others."""
    written = {module: asdict(each) | {"left": list(each.left)} for module, each in sorted(results.items())}
    text = yaml.safe_dump(written, sort_keys=False, allow_unicode=True, width=1000)
    path.write_text(_HEAD + text, encoding="utf-8")


def of_modules(mutants: Iterable[Mutant]) -> dict[str, list[Mutant]]:
    """The mutants by module."""
    return {module: list(group) for module, group in groupby(mutants, lambda each: each.module)}


def changed(mutants: Mapping[str, Sequence[Mutant]], results: Mapping[str, Result]) -> list[str]:
    """The modules whose mutants are not those that were tried last."""
    return [module for module, its in mutants.items() if module not in results or results[module].digest != digest(its)]


def left(results: Mapping[str, Result]) -> set[str]:
    """Every mutant that lived."""
    return {name for result in results.values() for name in result.left}
