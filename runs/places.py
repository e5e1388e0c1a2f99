"""Where each resource is declared: file and line of the repository, and the calls that led there.

The engine knows it of every resource (`sourcePosition`, `stackTrace`). Frames outside the program, which are Python's
and the language host's, are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from runs.digest import Digest, State

PROGRAM = "infra/"
_PROJECT = "project:///"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file; `file` is relative to the repository, and lines begin with 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Declared:
    """The line that declares a resource, and the program's calls that led there, the innermost first."""

    place: Place
    trace: tuple[Place, ...]


def place_of(position: str, program: str = PROGRAM) -> Place | None:
    """A place from what the engine writes (`project:///infra/data/bucket.py#65`); None outside the program."""
    file, _, line = position.removeprefix(_PROJECT).partition("#")
    line = line.partition(",")[0]
    inside = position.startswith(_PROJECT) and file.startswith(program)
    return Place(file, int(line)) if inside and line.isdigit() else None


def declared(state: State, program: str = PROGRAM) -> Declared | None:
    """Where a resource is declared; None where the engine doesn't say, as for the stack itself."""
    place = place_of(state.position, program)
    frames = [found for each in state.trace if (found := place_of(each, program))]
    trace = [frame for index, frame in enumerate(frames) if index == 0 or frame != frames[index - 1]]
    place = place or (trace[0] if trace else None)
    return Declared(place, tuple(trace)) if place else None


def places(digest: Digest, program: str = PROGRAM) -> Mapping[str, Declared]:
    """Where the resources of a preview are declared, by URN: what goes, where it stood."""
    found = {}
    for step in digest.steps:
        state = step.new or step.old
        if state and (there := declared(state, program)):
            found[step.urn] = there
    return found
