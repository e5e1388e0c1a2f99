"""What the policy pack costs: the same preview with and without it, in turns, of a stack that is still to be built."""

from pathlib import Path

from rehearsal.commands.guarded import PACK
from tests.benchmarks.measure import Run, measure, median
from tests.support.engine import Engine

_TIMES = 5


def preview_with_and_without_pack(engine: Engine, stack: str = "rehearsal") -> tuple[Run, Run]:
    """Medians of previews with the pack and without it."""
    options = engine.session.stack_options(stack)
    with_pack, without = [], []
    for _ in range(_TIMES):
        with_pack.append(_preview(engine, options, "--policy-pack", PACK))
        without.append(_preview(engine, options))
    return median(with_pack), median(without)


def _preview(engine: Engine, options: list[str], *more: str | Path) -> Run:
    return measure(lambda: engine.run("preview", *options, *more, check=True))
