"""One run of the core over what an adapter has read, and of the program check, as one stream of events."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from policies.core import Finding
from policies.pack import Pack
from policies.program import check_sources, program_rules
from policies.reading import Reading
from policies.results import CouldNotRun, Event, Found, Judged, LaneUsed, RunFinished, RunStarted

_NO_STACK = (
    "an event log doesn't say what arguments depend on, so that its stack as a whole could not be judged; judge what "
    "`pulumi preview --json --show-sames` prints, or the state"
)


def run(pack: Pack, reading: Reading, program: Path | None = None, *, secrets_judged: bool = False) -> Iterator[Event]:
    """Judges each resource, then the whole of them, and then the program's own source.

    With `secrets_judged` the secret values that the reading leaves out were judged by the pack in the engine's run.
    """
    sources = program_rules(pack.boundary) if program else {}
    declared = (*pack.rules.info.values(), *sources.values())
    yield RunStarted(
        reading.source,
        reading.file,
        declared,
        reading.registered,
        sealed=reading.sealed,
        secrets_judged=secrets_judged,
        missing=reading.missing or ("" if reading.whole else _NO_STACK),
        holding=pack.holding,
        places=reading.places,
        stack=reading.stack,
    )
    used: set[str] = set()
    for unread in reading.unread:
        yield CouldNotRun(pack.judge.unreadable(unread.urn, unread.type, unread.name, unread.why))
    for resource in reading.resources:
        verdict = pack.judge.judge(resource)
        used |= verdict.lanes
        yield from _events(verdict.findings)
        yield from (LaneUsed(lane, f"{resource.type}::{resource.name}") for lane in sorted(verdict.lanes))
        yield Judged(resource.urn)
    if reading.whole:
        yield from _events(pack.judge.judge_stack(reading.resources, frozenset(used)))
    if program:
        yield from _events(check_sources([program], pack.boundary))
    of_stack = frozenset() if reading.whole else pack.rules.stack.keys()
    yield RunFinished((pack.in_force - of_stack) | sources.keys())


def _events(findings: Iterable[Finding]) -> Iterator[Event]:
    return (CouldNotRun(each) if each.could_not_run else Found(each) for each in findings)
