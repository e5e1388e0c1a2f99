"""What the pack costs by itself: the core and the flow proof as they grow, and the core beside other tools."""

import gc
from pathlib import Path

from policies.pack import build_pack
from rehearsal.console import say
from tests.benchmarks.beside import SIZES as COMPARED
from tests.benchmarks.beside import compare
from tests.benchmarks.flow import FlowGrowth, grow_flow
from tests.benchmarks.measure import processor_seconds
from tests.benchmarks.pack_resources import odd_ones, resources

SIZES = (1_000, 10_000, 50_000)


def grow_core(size: int) -> float:
    """Seconds for all rules on so many resources. They must find what there is to find."""
    say(f"the rules on {size:,} resources")
    made = resources(size)
    judge = build_pack().judge
    found: list[bool] = []
    gc.collect()
    seconds = processor_seconds(lambda: found.extend(bool(judge.judge(each).findings) for each in made))
    assert sum(found) == odd_ones(size), (sum(found), odd_ones(size))
    return seconds


def lines(directory: Path) -> list[str]:
    """The page's parts about the pack by itself, and beside other tools."""
    directory.mkdir()
    return [*_alone(), "", *_beside(directory), ""]


def _alone() -> list[str]:
    core = [grow_core(size) for size in SIZES]
    flow: list[FlowGrowth] = []
    for size in SIZES:
        say(f"the flow proof of {size:,} resources")
        flow += grow_flow((size,))
    assert all(each.leaks == 1 for each in flow), flow
    few, many = flow[0], flow[-1]
    return [
        "## The pack by itself",
        "",
        "Seconds are the processor's, which a busy machine disturbs least.",
        "",
        "All rules on a plain estate (networks, subnets, buckets, instances with user data, security rules), every",
        "value its own. Each hundredth bucket and instance violates something, and is found.",
        "",
        "| resources | s | ms each |",
        "|---:|---:|---:|",
        *(f"| {size:,} | {took:.2f} | {took / size * 1000:.3f} |" for size, took in zip(SIZES, core, strict=True)),
        f"| {SIZES[-1] / SIZES[0]:.0f} times | {core[-1] / core[0]:.0f} times | |",
        "",
        "The flow proof on stacks of whole systems (networks, statements, data, machines by the hundred), its graph",
        "included. The last system leaks, and its path is found.",
        "",
        "| resources | nodes | edges | s | ms each |",
        "|---:|---:|---:|---:|---:|",
        *(
            f"| {each.resources:,} | {each.nodes:,} | {each.edges:,} | {each.seconds:.2f} "
            f"| {each.seconds / each.resources * 1000:.3f} |"
            for each in flow
        ),
        f"| {many.resources / few.resources:.0f} times | | | {many.seconds / few.seconds:.0f} times | |",
    ]


def _beside(directory: Path) -> list[str]:
    measured, left_out = compare(directory)
    core = measured[0]
    return [
        "## Beside other tools",
        "",
        f"The same resources, {COMPARED[0]:,} and {COMPARED[-1]:,} of them, by each tool in turn, three times: medians",
        "of the processor's seconds, for the whole command where it is one. Others get the resources as a Terraform",
        "plan. The last columns are the cost of one more resource, without the start, and how many times that of the",
        "core it is. The core judges by all of its rules, conftest by five of them and Checkov by its own, of which",
        "one (public buckets) is among ours; each must find exactly what is there to find.",
        "",
        f"| tool | {COMPARED[0]:,} s | {COMPARED[-1]:,} s | ms each | against the core |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {tool.name} | {' | '.join(f'{each:.2f}' for each in tool.seconds)} | {tool.each:.3f} "
            f"| {tool.each / core.each:.1f} |"
            for tool in measured
        ),
        *(f"| {name} | {reason} | | | |" for name, reason in left_out.items()),
    ]
