"""Measures everything and writes docs/benchmarks.md."""

import platform
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import psutil

from rehearsal.console import say
from rehearsal.doors.provider.process import close
from rehearsal.home import CHECKOUT
from rehearsal.toolchain.engine import version_of
from tests.benchmarks.door import operations_per_second
from tests.benchmarks.growth import grow
from tests.benchmarks.measure import Run
from tests.benchmarks.pack import costs, tools
from tests.benchmarks.pack import lines as pack_lines
from tests.benchmarks.previews import preview_with_and_without_pack
from tests.support.engine import Engine

_SIZES = (1000, 4000)
_STACKS = ("rehearsal", "us-prod")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="stateside-bench-") as directory:
        engine = Engine.at(Path(directory) / "home")
        say("preview with and without the pack")
        on_stacks = {stack: preview_with_and_without_pack(engine, stack) for stack in _STACKS}
        say("provider door")
        rates = operations_per_second(engine)
        version = ".".join(map(str, version_of(engine.home.bin / "pulumi")))
        close(engine.home)
        say("the pack by itself, and other tools")
        of_pack = pack_lines(costs(), tools(Path(directory)))
        grown = []
        for size in _SIZES:
            say(f"{size} resources")
            grown.append(grow(Path(directory) / str(size), size))
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {_machine()}, Pulumi {version}.",
        "Compare ratios, not seconds: another machine has others.",
        "",
        "## The pack on a preview",
        "",
        "Medians of five previews each, in turns. Memory is the peak of all processes of the run together.",
        "",
        "| stack | without s | MiB | with s | MiB | ratio |",
        "|---|---:|---:|---:|---:|---:|",
        *(
            f"| {stack} | {_figures(without)} | {_figures(with_pack)} | {with_pack.seconds / without.seconds:.2f} |"
            for stack, (with_pack, without) in on_stacks.items()
        ),
        "",
        *of_pack,
        "## The provider door",
        "",
        "Calls a second through gRPC on loopback, one after the other, 500 buckets.",
        "",
        "| call | a second |",
        "|---|---:|",
        *(f"| {name} | {rate:,.0f} |" for name, rate in rates.items()),
        "",
        "## Growth",
        "",
        "A program of buckets and security groups, without the pack; memory with the door's. The engine's checkpoints",
        "are off here: after every step it writes the whole state anew, so that an `up` of 4,000 resources with them",
        "grows with the square of their number (1,279 were made after 350 s on a busy machine).",
        "",
        "| resources | preview s | MiB | up s | MiB | second up s | MiB |",
        "|---:|---:|---:|---:|---:|---:|---:|",
        *(f"| {g.resources:,} | {_figures(g.preview)} | {_figures(g.up)} | {_figures(g.again)} |" for g in grown),
        f"| {grown[-1].resources / grown[0].resources:.0f} times | "
        + " | ".join(
            f"{b.seconds / a.seconds:.1f} times | {b.mebibytes / a.mebibytes:.1f} times"
            for a, b in zip(
                (grown[0].preview, grown[0].up, grown[0].again),
                (grown[-1].preview, grown[-1].up, grown[-1].again),
                strict=True,
            )
        )
        + " |",
        "",
    ]
    (CHECKOUT / "docs" / "benchmarks.md").write_text("\n".join(lines), encoding="utf-8")
    say("docs/benchmarks.md is written")


def _machine() -> str:
    memory = psutil.virtual_memory().total // 2**30
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    return (
        f"{platform.machine()}, {psutil.cpu_count()} cores, {memory} GiB, {system}, Python {platform.python_version()}"
    )


def _figures(run: Run) -> str:
    return f"{run.seconds:.1f} | {run.mebibytes:.0f}"


main()
