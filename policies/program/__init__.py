"""The program check: what a pack can't see, read from the program's own source by its syntax tree.

Reads, references to other stacks, dynamic code, imports of other providers and of whatever reaches a network are no
resources: the engine never shows them to a policy. Nothing of the program is run.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from boundary import Boundary
from policies.core import Finding, RuleInfo
from policies.core.findings import Hit, Problem
from policies.core.ruleset import Sweep
from policies.program.reader import Place, read_source
from policies.program.words import words
from policies.rules.info import rule_infos
from policies.rules.sweeps import Sweeper

_RULES_FILE = Path(__file__).with_name("rules.yaml")
# The one file that may build providers, at the root of the program.
_PROVIDERS = "provider.py"
_UNREADABLE = Hit("program-source", Problem("isn't Python that can be read"))


def program_rules(boundary: Boundary) -> Mapping[str, RuleInfo]:
    """What is said about each rule of the program check.

    Raises:
        BoundaryError: `rules.yaml` can't be used.
    """
    return rule_infos(boundary, _RULES_FILE)


def check_sources(paths: Iterable[Path], boundary: Boundary) -> tuple[Finding, ...]:
    """What is wrong in these Python files, and in all those below these directories.

    A finding's `urn` is `<file>:<line>`, with the file's path as seen from where the directory lies.

    Raises:
        BoundaryError: the rules or the words can't be used.
        OSError: a path can't be read.
    """
    infos = program_rules(boundary)
    sweep = Sweeper(boundary).sweep
    return tuple(
        _finding(infos[place.hit.rule], name, place)
        for path in paths
        for name, file in _files(path)
        for place in _places(file, sweep, builds_providers=file == path / _PROVIDERS)
    )


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    yield from ((file.relative_to(path.parent).as_posix(), file) for file in files)


def _places(file: Path, sweep: Sweep, builds_providers: bool) -> Iterator[Place]:
    try:
        yield from read_source(file.read_text(encoding="utf-8"), words(), sweep, builds_providers)
    except (SyntaxError, ValueError, RecursionError) as error:
        yield Place(getattr(error, "lineno", None) or 1, _UNREADABLE)


def _finding(info: RuleInfo, file: str, place: Place) -> Finding:
    where = f"{file}:{place.line}"
    return Finding(
        rule=info.id,
        urn=where,
        resource=f"program::{where}",
        path="",
        says=place.hit.problem.says,
        lets_through=info.lets_through,
        instead=info.instead,
    )
