"""Production's own program: what a preview costs, what of it is importing, and how it grows with the resources.

Growth is measured on a program that declares what `us-prod` declares once, twice and four times over: the same types
with the same inputs, outputs and dependencies, so that the mix stays what it is. It is measured as it is and without
the turn that it gives its calls (docs/decisions/0013-a-turn-of-the-loop.md), alone and in a preview.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from provider_schema import resource_type
from rehearsal.console import say
from rehearsal.doors.provider.process import close
from rehearsal.home import CHECKOUT
from tests.benchmarks.measure import Run, measure
from tests.benchmarks.page import figures
from tests.support.engine import Engine
from tests.unit.infra.recording import REGIONS, belongs_to, recorded

STACK = "us-prod"
TIMES = (1, 2, 4)
_PROGRAM = Path(__file__).parent / "programs" / "replay"
_SELF_TIME = re.compile(r"^import time: +(\d+) \|", re.MULTILINE)
_RUN = f"from tests.unit.infra.recording import run_program; run_program({STACK!r})"
_ALONE = "import sys; from tests.benchmarks.alone import run; run(*sys.argv[1:])"
_TURNS = {"without the turn": "false", "with it": "true"}


@dataclass(frozen=True)
class Growth:
    """The runs of so many resources, by whether the calls have their turn."""

    resources: int
    alone: dict[str, Run]
    preview: dict[str, Run]


def seconds_importing() -> float:
    """What the program spends on importing modules: the sum of the interpreter's own figures for each module, in s."""
    command = [sys.executable, "-X", "importtime", "-c", _RUN]
    printed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stderr
    return sum(map(int, _SELF_TIME.findall(printed))) / 1e6


def program_alone() -> Run:
    """One run of the program on the recording engine, without Pulumi's."""
    return measure(lambda: _python(_RUN))


def _python(code: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-c", code, *arguments], cwd=CHECKOUT, check=True)


def grow(directory: Path) -> list[Growth]:
    """Runs and previews of one, two and four times what production declares."""
    engine = Engine.at(directory / "home")
    project = directory / "replay"
    shutil.copytree(_PROGRAM, project)
    recording = directory / "recording.json"
    resources = _resources()
    recording.write_text(json.dumps(resources), encoding="utf-8")
    stack = ("--stack", "bench")
    engine.run("stack", "init", "bench", cwd=project, check=True)
    engine.run("config", "set", "recording", str(recording), *stack, cwd=project, check=True)

    def preview(times: int, turn: str) -> Run:
        for key, value in (("times", str(times)), ("turn", turn)):
            engine.run("config", "set", key, value, *stack, cwd=project, check=True)
        return measure(lambda: engine.run("preview", *stack, cwd=project, check=True))

    def alone(times: int, turn: str) -> Run:
        return measure(lambda: _python(_ALONE, str(_PROGRAM), str(recording), str(times), turn))

    def by_turn(run: Callable[[int, str], Run], times: int) -> dict[str, Run]:
        return {name: run(times, turn) for name, turn in _TURNS.items()}

    grown = []
    for times in TIMES:
        say(f"{times * len(resources)} resources")
        grown.append(Growth(times * len(resources), by_turn(alone, times), by_turn(preview, times)))
    close(engine.home)
    return grown


def _resources() -> list[dict[str, object]]:
    """What production declares, as plain data, in the order of its registrations."""
    return [
        {
            "type": each.type,
            "name": each.name,
            "urn": each.urn,
            "inputs": each.inputs,
            "outputs": sorted(resource_type(each.type).outputs),
            "dependencies": sorted(each.dependencies),
            "region": _region(each.name),
        }
        for each in recorded(STACK).resources
        if each.custom and each.kind != "oci"
    ]


def _region(name: str) -> str:
    return next((region for key, region in REGIONS.items() if belongs_to(name, key)), REGIONS["iad"])


def lines(directory: Path) -> list[str]:
    """The page's part about production's own program."""
    directory.mkdir()
    grown = grow(directory)
    alone, importing = program_alone(), seconds_importing()
    first, last = grown[0], grown[-1]
    kinds = [(kind, turn) for kind in ("alone", "preview") for turn in _TURNS]
    return [
        "## Production's program",
        "",
        f"What `{STACK}` declares, {first.resources:,} resources with their outputs and dependencies, declared from a",
        "recording once, twice and four times over: by the program alone, on an engine that only answers, and in a",
        "preview of the real one, without the pack. The turn is one of the event loop, which the program gives its",
        "calls before the SDK waits ([decision 13](decisions/0013-a-turn-of-the-loop.md)); without it is how it was",
        "before. Memory is the peak of all processes of a run together.",
        "",
        f"| resources |{''.join(f' {kind} {turn}, s | MiB |' for kind, turn in kinds)}",
        f"|---:|{'---:|---:|' * len(kinds)}",
        *(
            f"| {each.resources:,} | {' | '.join(figures(getattr(each, kind)[turn]) for kind, turn in kinds)} |"
            for each in grown
        ),
        f"| {last.resources / first.resources:.0f} times | "
        + " | ".join(_ratio(getattr(first, kind)[turn], getattr(last, kind)[turn]) for kind, turn in kinds)
        + " |",
        "",
        *(
            f"{each.resources:,} resources: with the turn the program alone is {_saved(each.alone)} times as fast,"
            f" the preview {_saved(each.preview)} times."
            for each in grown
        ),
        "",
        f"The real program alone, on a recording engine, takes {alone.seconds:.1f} s and {alone.mebibytes:.0f} MiB;",
        f"importing modules takes {importing:.1f} s of that, {importing / alone.seconds:.0%}.",
    ]


def _ratio(few: Run, many: Run) -> str:
    return f"{many.seconds / few.seconds:.1f} times | {many.mebibytes / few.mebibytes:.1f} times"


def _saved(runs: dict[str, Run]) -> str:
    without, with_it = (runs[turn].seconds for turn in _TURNS)
    return f"{without / with_it:.1f}"
