"""Production's own program: what a preview costs, what of it is importing, and how it grows with the resources.

Growth is measured on a program that declares what `us-prod` declares once, twice and four times over: the same types
with the same inputs, so that the mix stays what it is.
"""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from rehearsal.doors.provider.process import close
from rehearsal.home import CHECKOUT
from tests.benchmarks.measure import Run, measure, median
from tests.benchmarks.page import figures
from tests.support.engine import Engine
from tests.unit.infra.recording import REGIONS, belongs_to, recorded

STACK = "us-prod"
TIMES = (1, 2, 4)
_PROGRAM = Path(__file__).parent / "programs" / "replay"
_SELF_TIME = re.compile(r"^import time: +(\d+) \|", re.MULTILINE)
_RUNS = 1
_RUN = f"from tests.unit.infra.recording import run_program; run_program({STACK!r})"


@dataclass(frozen=True)
class Growth:
    """A preview of so many resources."""

    resources: int
    preview: Run


def seconds_importing() -> float:
    """What the program spends on importing modules: the sum of the interpreter's own figures for each module, in s."""
    command = [sys.executable, "-X", "importtime", "-c", _RUN]
    printed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stderr
    return sum(map(int, _SELF_TIME.findall(printed))) / 1e6


def program_alone() -> Run:
    """One run of the program on the recording engine, without Pulumi's."""
    return median([measure(_run_program) for _ in range(_RUNS)])


def _run_program() -> None:
    subprocess.run([sys.executable, "-c", _RUN], cwd=CHECKOUT, check=True)


def grow(directory: Path) -> list[Growth]:
    """Previews of one, two and four times what production declares."""
    engine = Engine.at(directory / "home")
    project = directory / "replay"
    shutil.copytree(_PROGRAM, project)
    recording = directory / "recording.json"
    resources = [
        {"type": each.type, "name": each.name, "inputs": each.inputs, "region": _region(each.name)}
        for each in recorded(STACK).resources
        if each.custom and each.kind != "oci"
    ]
    recording.write_text(json.dumps(resources), encoding="utf-8")
    stack = ("--stack", "bench")
    engine.run("stack", "init", "bench", cwd=project, check=True)
    engine.run("config", "set", "recording", str(recording), *stack, cwd=project, check=True)
    grown = []
    for times in TIMES:
        engine.run("config", "set", "times", str(times), *stack, cwd=project, check=True)
        runs = [measure(lambda: engine.run("preview", *stack, cwd=project, check=True)) for _ in range(_RUNS)]
        grown.append(Growth(times * len(resources), median(runs)))
    close(engine.home)
    return grown


def _region(name: str) -> str:
    return next((region for key, region in REGIONS.items() if belongs_to(name, key)), REGIONS["iad"])


def lines(directory: Path) -> list[str]:
    """The page's part about production's own program."""
    directory.mkdir()
    grown = grow(directory)
    alone, importing = program_alone(), seconds_importing()
    first, last = grown[0], grown[-1]
    return [
        "## Production's program",
        "",
        f"What `{STACK}` declares, {first.resources:,} resources, declared from a recording once, twice and four times",
        "over: one preview each, without the pack. The cost of the program itself is below the table; previews of it,",
        "with the pack and without, are a part of their own. Memory is the peak of all processes of a run together.",
        "",
        "| resources | preview s | MiB |",
        "|---:|---:|---:|",
        *(f"| {each.resources:,} | {figures(each.preview)} |" for each in grown),
        f"| {last.resources / first.resources:.0f} times | {last.preview.seconds / first.preview.seconds:.1f} times "
        f"| {last.preview.mebibytes / first.preview.mebibytes:.1f} times |",
        "",
        f"The program alone, on a recording engine, takes {alone.seconds:.1f} s and {alone.mebibytes:.0f} MiB;",
        f"importing modules takes {importing:.1f} s of that, {importing / alone.seconds:.0%}.",
    ]
