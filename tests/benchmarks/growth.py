"""How preview, up and a second up grow with the number of resources, in a program made for it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from rehearsal.console import say
from rehearsal.doors.provider.process import close, door_process
from tests.benchmarks.measure import Run, measure
from tests.benchmarks.page import figures
from tests.support.engine import Engine

# After every step the engine writes the whole state anew, which grows with the square of the resources and would hide
# everything else that is measured here.
_NO_CHECKPOINTS = {"PULUMI_SKIP_CHECKPOINTS": "true", "PULUMI_EXPERIMENTAL": "true"}
_PROGRAM = Path(__file__).parent / "programs" / "many"
_SIZES = (1000, 4000)


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
    now = ("up", "--yes", "--skip-preview", *stack)
    up = measure(lambda: engine.run(*now, cwd=project, check=True, env=_NO_CHECKPOINTS), door)
    again = measure(lambda: engine.run(*now, cwd=project, check=True, env=_NO_CHECKPOINTS), door)
    assert len(engine.made()) == count + 2
    close(engine.home)
    return Growth(count, preview, up, again)


def lines(directory: Path) -> list[str]:
    """The page's part about how runs grow."""
    grown = []
    for size in _SIZES:
        say(f"{size} resources")
        grown.append(grow(directory / str(size), size))
    first, last = grown[0], grown[-1]
    ratios = (
        f"{many.seconds / few.seconds:.1f} times | {many.mebibytes / few.mebibytes:.1f} times"
        for few, many in ((first.preview, last.preview), (first.up, last.up), (first.again, last.again))
    )
    return [
        "## Growth",
        "",
        "A program of buckets and security groups, without the pack; memory with the door's. The engine's checkpoints",
        "are off here: after every step it writes the whole state anew, so that an `up` of 4,000 resources with them",
        "grows with the square of their number (1,279 were made after 350 s on a busy machine).",
        "",
        "| resources | preview s | MiB | up s | MiB | second up s | MiB |",
        "|---:|---:|---:|---:|---:|---:|---:|",
        *(f"| {g.resources:,} | {figures(g.preview)} | {figures(g.up)} | {figures(g.again)} |" for g in grown),
        f"| {last.resources / first.resources:.0f} times | {' | '.join(ratios)} |",
    ]
