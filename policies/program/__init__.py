"""The program check: what a pack can't see, read from the program's own source by its syntax tree.

Reads, references to other stacks, dynamic code, imports of other providers and of whatever reaches a network are no
resources: the engine never shows them to a policy. Nothing of the program is run. What such a reading can't hold, and
what does hold it then, is in docs/program-check.md.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from boundary import Boundary
from policies.core import Finding, RuleInfo
from policies.core.findings import Hit, Problem
from policies.program.names import Names, Program, names_of
from policies.program.reader import Module, Place, read_module
from policies.program.sources import Source, sources_of
from policies.program.words import words
from policies.rules.info import rule_infos
from policies.rules.sweeps import Sweeper

_RULES_FILE = Path(__file__).with_name("rules.yaml")
# The one file that may build providers, at the root of the program.
_PROVIDERS = "provider.py"
_UNREADABLE = "isn't Python that can be read"


def program_rules(boundary: Boundary) -> Mapping[str, RuleInfo]:
    """What is said about each rule of the program check.

    Raises:
        BoundaryError: `rules.yaml` can't be used.
    """
    return rule_infos(boundary, _RULES_FILE)


def check_sources(paths: Iterable[Path], boundary: Boundary) -> tuple[Finding, ...]:
    """What is wrong in these Python files, in all those below these directories, and in our own packages beside them.

    A finding's `urn` is `<file>:<line>`, with the file's path as seen from where the directory lies.

    Raises:
        BoundaryError: the rules or the words can't be used.
        OSError: a path can't be read.
    """
    infos = program_rules(boundary)
    paths = list(paths)
    providers = {path / _PROVIDERS for path in paths}
    sources = [source for path in _with_own_packages(paths) for source in sources_of(path)]
    return tuple(
        _finding(infos[place.hit.rule], source.name, place)
        for source, place in _places(sources, Sweeper(boundary), providers)
    )


def _with_own_packages(paths: Iterable[Path]) -> Iterator[Path]:
    """The paths, and the packages that a program imports from beside itself."""
    seen: set[Path] = set()
    for path in paths:
        beside = (path.parent / name for name in sorted(words().own)) if path.is_dir() else ()
        for each in (path, *beside):
            if each.resolve() not in seen and (each == path or each.is_dir()):
                seen.add(each.resolve())
                yield each


def _places(sources: Iterable[Source], sweeper: Sweeper, providers: set[Path]) -> Iterator[tuple[Source, Place]]:
    read: dict[Source, Module] = {}
    names: dict[str, Names] = {}
    for source in sources:
        if source.fault:
            yield source, _unreadable(1, source.fault)
            continue
        try:
            tree = ast.parse(source.file.read_text(encoding="utf-8"))
            names[source.module] = names_of(tree, source.package)
        except (SyntaxError, ValueError, RecursionError) as error:
            yield source, _unreadable(getattr(error, "lineno", None) or 1, _UNREADABLE)
        else:
            read[source] = Module(tree, source.package, source.file in providers)
    program = Program(names)
    for source, module in read.items():
        try:
            yield from ((source, place) for place in read_module(module, program, words(), sweeper.sweep))
        except RecursionError:
            yield source, _unreadable(1, _UNREADABLE)


def _unreadable(line: int, says: str) -> Place:
    return Place(line, Hit("program-source", Problem(says)))


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
