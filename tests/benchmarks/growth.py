"""How preview, up and a second up grow with the number of resources, in a program made for it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from rehearsal.doors.provider.process import close, door_process
from tests.benchmarks.measure import Run, measure
from tests.support.engine import Engine

_PROGRAM = Path(__file__).parent / "programs" / "many"


@dataclass(frozen=True)
class Growth:
    """The figures of one size."""

    resources: int
    preview: Run
    up: Run
    again: Run


def grow(directory: Path, count: int) -> Growth:
    """Measures the program with a number of resources, in a world of its own."""
    engine = Engine.at(directory / "home")
    project = directory / "many"
    shutil.copytree(_PROGRAM, project)
    stack = ("--stack", "bench")
    engine.run("stack", "init", "bench", cwd=project, check=True)
    engine.run("config", "set", "count", str(count), *stack, cwd=project, check=True)
    door = door_process(engine.home)
    assert door is not None
    preview = measure(lambda: engine.run("preview", *stack, cwd=project, check=True), door)
    up = measure(lambda: engine.run("up", "--yes", "--skip-preview", *stack, cwd=project, check=True), door)
    again = measure(lambda: engine.run("up", "--yes", "--skip-preview", *stack, cwd=project, check=True), door)
    assert len(engine.made()) == count + 2
    close(engine.home)
    return Growth(count, preview, up, again)
