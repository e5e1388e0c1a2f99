"""What the policy pack costs: the same preview with and without it, in turns, of a stack that is still to be built."""

from pathlib import Path

from rehearsal.commands.guarded import PACK
from rehearsal.doors.provider.process import close
from tests.benchmarks.measure import Run, measure, median
from tests.benchmarks.page import figures
from tests.support.engine import Engine

_TIMES = 3
_STACKS = ("rehearsal", "us-prod")


def preview_with_and_without_pack(engine: Engine, stack: str) -> tuple[Run, Run]:
    """Medians of previews with the pack and without it."""
    options = engine.session.stack_options(stack)
    with_pack, without = [], []
    for _ in range(_TIMES):
        with_pack.append(_preview(engine, options, "--policy-pack", PACK))
        without.append(_preview(engine, options))
    return median(with_pack), median(without)


def _preview(engine: Engine, options: list[str], *more: str | Path) -> Run:
    return measure(lambda: engine.run("preview", *options, *more, check=True))


def lines(directory: Path) -> list[str]:
    """The page's part about what the pack costs on a preview."""
    engine = Engine.at(directory / "home")
    measured = {stack: preview_with_and_without_pack(engine, stack) for stack in _STACKS}
    close(engine.home)
    return [
        "## The pack on a preview",
        "",
        f"Medians of {_TIMES} previews each, in turns, of stacks that are still to be built. Memory is the peak of all",
        "processes of the run together. As in every rehearsal, the engine keeps no debug log (docs/traps.md).",
        "",
        "| stack | without s | MiB | with s | MiB | ratio |",
        "|---|---:|---:|---:|---:|---:|",
        *(
            f"| {stack} | {figures(without)} | {figures(with_pack)} | {with_pack.seconds / without.seconds:.2f} |"
            for stack, (with_pack, without) in measured.items()
        ),
    ]
