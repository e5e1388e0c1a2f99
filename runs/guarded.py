"""Runs the engine with the pack: a preview into a directory, and an `up` after it.

One mechanism for the rehearsal and for Oracle. The preview judges; `up` runs only after a preview that was clean, and
is judged itself. The engine runs with `--event-log`, which it has only with PULUMI_DEBUG_COMMANDS.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from boundary import clock
from runs.account import Account, Outcome
from runs.digest import Digest, Operation, Step, read_digest
from runs.engine import Engine, end
from runs.errors import RunError
from runs.events import Event, follow
from runs.excluded import selection
from runs.record import Record
from runs.results import read_results
from runs.urns import is_declared_at_oracle, system_of, type_of

RESULTS = "STATESIDE_RESULTS"
PREVIEW, UP, DESTROY = "preview", "up", "destroy"

_EVENT_LOG = {"PULUMI_DEBUG_COMMANDS": "true"}
_NO_OTHER_PACK = {"PULUMI_OPTION_POLICY_PACK": ""}  # a shell's own would be loaded beside the one that is named
# A preview builds the whole state anew after each step too, and throws it away.
_NO_CHECKPOINTS = {"PULUMI_SKIP_CHECKPOINTS": "true"}


class View(Protocol):
    """Shows a run while it goes on."""

    def watching(
        self, command: str, stack: str, expected: Mapping[str, int]
    ) -> AbstractContextManager[Callable[[Event | None], None]]:
        """Shows one run. What it yields takes each event, and None whenever there is nothing new.

        `expected` is how many resources each system has, where that is known.
        """


@dataclass(frozen=True)
class Request:
    """What is to be run: a stack, the options that select it (and what they `--exclude`), and the pack."""

    stack: str
    options: tuple[str, ...]
    pack: str
    environment: Mapping[str, str] = field(default_factory=dict)
    loud: bool = False
    """Whether the engine's own output goes to the terminal; that of a preview is its digest, which is a file."""


def preview(engine: Engine, request: Request, record: Record, view: View) -> Outcome:
    """Previews a stack with the pack on, into a directory: its events, its digest, what the pack found.

    It writes nothing else, and raises nothing for a violation or a failure: `runs.verdict` says what it came to.
    """
    options = (*request.options, "--json", "--show-sames", "--policy-pack", request.pack)
    outcome = _run(engine, request, record, view, _Call(PREVIEW, options, record.remembered(), _NO_CHECKPOINTS))
    if outcome.digest and outcome.succeeded:
        record.remember(_counts(outcome.digest.steps))
    return outcome


def up(engine: Engine, request: Request, record: Record, view: View, previewed: Outcome) -> Outcome:
    """Deploys what a preview has judged."""
    options = (*request.options, "--yes", "--skip-preview", "--policy-pack", request.pack)
    steps = previewed.digest.steps if previewed.digest else ()
    changing = [step for step in steps if step.operation is not Operation.SAME]
    return _run(engine, request, record, view, _Call(UP, options, _counts(changing)))


def destroy(engine: Engine, request: Request, record: Record, view: View) -> Outcome:
    """Destroys a stack. The engine takes no pack for that."""
    options = (*request.options, "--yes", "--skip-preview")
    return _run(engine, request, record, view, _Call(DESTROY, options, record.remembered()))


@dataclass(frozen=True)
class _Call:
    command: str
    options: tuple[str, ...]
    expected: Mapping[str, int]
    environment: Mapping[str, str] = field(default_factory=dict)


def _run(engine: Engine, request: Request, record: Record, view: View, call: _Call) -> Outcome:
    record.begin()
    ahead = clock.moved()
    record.select((*selection(request.options), *((f"{clock.VARIABLE}={ahead.isoformat()}",) if ahead else ())))
    loud = request.loud and call.command != PREVIEW
    out = record.digest if call.command == PREVIEW else record.output
    environment = {
        **_EVENT_LOG,
        **_NO_OTHER_PACK,
        **call.environment,
        **request.environment,
        RESULTS: str(record.results),
    }
    account = Account()
    started = time.monotonic()
    process = engine.start(
        (call.command, *call.options, "--event-log", str(record.events)),
        out=None if loud else out,
        errors=None if loud else record.errors,
        more=environment,
    )
    with view.watching(call.command, request.stack, call.expected) as show:
        try:
            for event in follow(record.events, lambda: process.poll() is not None):
                if event is not None:
                    account.take(event)
                show(event)
        except KeyboardInterrupt:
            end(process)
            raise
    return Outcome(
        command=call.command,
        stack=request.stack,
        directory=record.path,
        returncode=process.wait(),
        seconds=time.monotonic() - started,
        account=account,
        digest=_digest(record.digest) if call.command == PREVIEW else None,
        results=read_results(record.results),
        complaint=_text(record.errors),
    )


def _digest(path: Path) -> Digest | None:
    """The digest; None where the engine ended before it printed one."""
    try:
        return read_digest(path)
    except RunError:
        return None


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").strip() if path.exists() else ""


def _counts(steps: Iterable[Step]) -> Counter[str]:
    """How many of these resources at Oracle each system has."""
    return Counter(system_of(step.urn) for step in steps if is_declared_at_oracle(type_of(step.urn)))
