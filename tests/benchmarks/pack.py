"""What the pack costs by itself: the core, the flow proof, the check command; and other tools on the same resources."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from boundary import load_boundary
from boundary.clock import now
from policies.flow import prove
from policies.pack import build_pack
from rehearsal.console import say
from rehearsal.home import CHECKOUT
from tests.benchmarks import others
from tests.benchmarks.pack_resources import odd_ones, resources, write_plan, write_state

SIZES = (1_000, 10_000, 50_000)
_COMPARED = (500, 5_000)


@dataclass(frozen=True)
class Cost:
    """Seconds for a number of resources."""

    resources: int
    core: float
    flow: float


@dataclass(frozen=True)
class Tool:
    """Seconds of a tool as a person runs it, for each size that is compared; or why it was left out."""

    name: str
    seconds: tuple[float, ...] = ()
    left_out: str = ""

    @property
    def each(self) -> float:
        """Milliseconds for one more resource, without the start."""
        return (self.seconds[-1] - self.seconds[0]) / (_COMPARED[-1] - _COMPARED[0]) * 1000


def costs() -> list[Cost]:
    """The core and the flow proof, at each size. The core must find what there is to find."""
    return [_cost(size) for size in SIZES]


def _cost(size: int) -> Cost:
    say(f"the rules and the flow proof on {size:,} resources")
    made = resources(size)
    judge = build_pack().judge
    found: list[bool] = []
    core = _timed(lambda: found.extend(bool(judge.judge(each).findings) for each in made))
    assert sum(found) == odd_ones(size), (sum(found), odd_ones(size))
    return Cost(size, core, _timed(lambda: prove(made, load_boundary(), now)))


def tools(directory: Path) -> list[Tool]:
    """Our command with all its rules, conftest with five of them, Checkov as it comes; one after the other."""
    states, plans = {}, {}
    for size in _COMPARED:
        states[size], plans[size] = directory / f"state-{size}.json", directory / f"plan-{size}.json"
        write_state(states[size], size)
        write_plan(plans[size], size)
    return [
        Tool("the core alone", tuple(_core_alone(size) for size in _COMPARED)),
        Tool("`python -m policies.check`", tuple(_timed(lambda size=size: _check(states[size])) for size in _COMPARED)),
        _other("conftest, five such rules", others.conftest, plans, others.conftest_found),
        _other("Checkov, as it comes", others.checkov, plans, None),
    ]


def _core_alone(size: int) -> float:
    made = resources(size)
    judge = build_pack().judge
    return _timed(lambda: [judge.judge(each) for each in made])


def _check(state: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "policies.check", "--state", str(state)], cwd=CHECKOUT, capture_output=True, check=False
    )


def _other(
    name: str, find: Callable[[], list[str]], plans: dict[int, Path], found: Callable[[str], int] | None
) -> Tool:
    say(name)
    try:
        command = find()
        for size, plan in plans.items():
            output = others.run(command, plan)
            assert found is None or found(output) == odd_ones(size), (name, size)
        return Tool(name, tuple(_timed(lambda plan=plan: others.run(command, plan)) for plan in plans.values()))
    except others.NotHereError as error:
        say(str(error))
        return Tool(name, left_out=str(error))


def _timed(work: Callable[[], object]) -> float:
    """The processor's seconds, of this process and of those that it starts."""
    started = _spent()
    work()
    return _spent() - started


def _spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def lines(directory: Path) -> list[str]:
    """The page's parts about the pack by itself, and beside other tools."""
    directory.mkdir()
    measured, compared = costs(), tools(directory)
    first, last = measured[0], measured[-1]
    ours = compared[0]
    text = [
        "## The pack by itself",
        "",
        "All rules on a plain estate (networks, subnets, buckets, instances with user data, security rules), every",
        "value its own; then the flow proof on the whole. Each hundredth bucket and instance violates something, and",
        "is found. Seconds are the processor's, which a busy machine disturbs least.",
        "",
        "| resources | rules s | ms each | flow proof s | ms each |",
        "|---:|---:|---:|---:|---:|",
    ]
    for each in measured:
        text.append(
            f"| {each.resources:,} | {each.core:.2f} | {each.core / each.resources * 1000:.3f} "
            f"| {each.flow:.2f} | {each.flow / each.resources * 1000:.3f} |"
        )
    text += [
        f"| {last.resources / first.resources:.0f} times | {last.core / first.core:.1f} times | "
        f"| {last.flow / first.flow:.1f} times | |",
        "",
        "## Beside other tools",
        "",
        f"The same resources, {_COMPARED[0]:,} and {_COMPARED[-1]:,} of them, one tool after the other in one run;",
        "others get them as a Terraform plan. Seconds are the processor's, of the whole command. The last columns are",
        "the cost of one more resource, without the start, and how many times that of the core, with all its rules, it",
        "is. Checkov has no rule for most of what the pack is about.",
        "",
        f"| tool | {_COMPARED[0]:,} s | {_COMPARED[-1]:,} s | ms each | against the core |",
        "|---|---:|---:|---:|---:|",
    ]
    for tool in compared:
        if tool.left_out:
            text.append(f"| {tool.name} | {tool.left_out} | | | |")
        else:
            seconds = " | ".join(f"{each:.2f}" for each in tool.seconds)
            text.append(f"| {tool.name} | {seconds} | {tool.each:.3f} | {tool.each / ours.each:.1f} |")
    return [*text, ""]
