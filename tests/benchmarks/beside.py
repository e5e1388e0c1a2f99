"""The core, the check command, conftest and Checkov on the same resources, in turns.

A tool counts only if it finds what there is to find: so all of them are known to have looked at every resource.
"""

import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policies.core import Resource
from policies.pack import build_pack
from rehearsal.console import say
from rehearsal.home import CHECKOUT
from tests.benchmarks import others
from tests.benchmarks.measure import processor_seconds
from tests.benchmarks.pack_resources import odd_ones, open_buckets, resources, write_plan, write_state

SIZES = (500, 5_000)
_TIMES = 3


@dataclass(frozen=True)
class Tool:
    """The processor's seconds of a tool, for each size."""

    name: str
    seconds: tuple[float, ...]

    @property
    def each(self) -> float:
        """Milliseconds for one more resource, without the start."""
        return (self.seconds[-1] - self.seconds[0]) / (SIZES[-1] - SIZES[0]) * 1000


# What a tool spends on so many resources, in seconds.
_Cost = Callable[[int], float]


def compare(directory: Path) -> tuple[list[Tool], dict[str, str]]:
    """Every tool, the core first; and of those that can't be installed or run here, why."""
    for size in SIZES:
        write_state(_state(directory, size), size)
        write_plan(_plan(directory, size), size)
    costs: dict[str, _Cost] = {
        "the core, all rules": _core,
        "`python -m policies.check`": lambda size: _check(_state(directory, size)),
    }
    left_out: dict[str, str] = {}
    for name, find, found, there in (
        ("conftest, five such rules", others.conftest, others.conftest_found, odd_ones),
        ("Checkov, as it comes", others.checkov, others.checkov_found, open_buckets),
    ):
        try:
            command = find()
            for size in SIZES:
                printed = others.run(command, _plan(directory, size))
                assert found(printed) == there(size), (name, size, found(printed))
        except others.NotHereError as error:
            say(str(error))
            left_out[name] = str(error)
        else:
            costs[name] = _other(command, directory)
    taken: dict[str, list[list[float]]] = {name: [] for name in costs}
    for turn in range(_TIMES):
        say(f"each tool, {turn + 1} of {_TIMES}")
        for name, cost in costs.items():
            taken[name].append([cost(size) for size in SIZES])
    return [
        Tool(name, tuple(map(statistics.median, zip(*turns, strict=True)))) for name, turns in taken.items()
    ], left_out


def _core(size: int) -> float:
    judge, made = build_pack().judge, _made(size)
    return processor_seconds(lambda: [judge.judge(each) for each in made])


@cache
def _made(size: int) -> list[Resource]:
    return resources(size)


def _check(state: Path) -> float:
    command = [sys.executable, "-m", "policies.check", "--state", str(state)]
    return processor_seconds(lambda: subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=False))


def _other(command: list[str], directory: Path) -> _Cost:
    return lambda size: processor_seconds(lambda: others.run(command, _plan(directory, size)))


def _plan(directory: Path, size: int) -> Path:
    return directory / f"plan-{size}.json"


def _state(directory: Path, size: int) -> Path:
    return directory / f"state-{size}.json"
