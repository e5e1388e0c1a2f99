"""What the result screen says, as data: it is gathered by whoever ran, and written by `runs.screen.result`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from runs.account import Outcome
from runs.changes import Change, Loss, changes, losses
from runs.digest import Operation
from runs.lanes import LaneChange
from runs.locks import locks_named_in
from runs.places import Declared, places
from runs.proof import Proof
from runs.results import Cause, Results
from runs.statements import StatementChange, compare_statements
from runs.verdict import Verdict, disk_is_full

_DONE = {
    Operation.CREATE: "created",
    Operation.UPDATE: "updated",
    Operation.REPLACE: "replaced",
    Operation.DELETE: "deleted",
    Operation.IMPORT: "imported",
}
_NO_STATEMENTS = StatementChange((), ())
_NO_LANES = LaneChange((), (), ())


@dataclass(frozen=True)
class Facts:
    """One run of a stack. `done` says it in one sentence; `hosts` and `look` are lines as they are shown.

    `violated` are the messages of a pack that left no results. `errors` are whole, each once. `locks` says
    of each who holds it and what to do. `stopped` is what an `up` that did not end well had done by then. `at` is the
    day of a what-if run.
    """

    done: str
    verdict: Verdict
    seconds: float
    changes: tuple[Change, ...] = ()
    losses: tuple[Loss, ...] = ()
    statements: StatementChange = _NO_STATEMENTS
    lanes: LaneChange = _NO_LANES
    causes: tuple[Cause, ...] = ()
    violated: tuple[str, ...] = ()
    places: Mapping[str, Declared] = field(default_factory=dict)
    errors: tuple[str, ...] = ()
    locks: tuple[tuple[str, str], ...] = ()
    proof: Proof | None = None
    stopped: str = ""
    hosts: tuple[str, ...] = ()
    look: tuple[str, ...] = ()
    at: datetime | None = None


def facts_of(
    done: str,
    verdict: Verdict,
    previewed: Outcome,
    last: Outcome,
    *,
    holding: Mapping[str, str],
    lanes: LaneChange,
    seconds: float,
    refused: tuple[Change, ...] = (),
    hosts: tuple[str, ...] = (),
    look: tuple[str, ...] = (),
    at: datetime | None = None,
) -> Facts:
    """The facts of a preview, or of an `up` (`last`) after its preview: what changes is as the preview tells it."""
    digest = previewed.digest
    found = changes(digest) if digest else ()
    results = last.results or previewed.results
    return Facts(
        done=done,
        verdict=verdict,
        seconds=seconds,
        changes=found,
        losses=losses((*found, *refused), holding),
        statements=compare_statements(found),
        lanes=lanes,
        causes=results.causes if results else (),
        violated=_messages(last, results),
        places=places(digest) if digest else {},
        errors=_errors(last),
        locks=tuple((lock.holder, lock.advice(last.stack)) for lock in last.locks),
        proof=last.account.proof,
        stopped="" if verdict.is_clean or last is previewed else done_so_far(last),
        hosts=hosts,
        look=look,
        at=at,
    )


def done_so_far(outcome: Outcome) -> str:
    """What a run did at Oracle, in words: `3 created, 1 replaced`; `nothing` where it did nothing."""
    counts = outcome.account.counts()
    parts = [f"{counts[operation]:,} {word}" for operation, word in _DONE.items() if counts[operation]]
    return ", ".join(parts) or "nothing"


def planned(outcome: Outcome) -> str:
    """What a preview would do, in words: `create 3, replace 1`; empty where it would do nothing."""
    counts = outcome.account.counts()
    return ", ".join(f"{operation} {counts[operation]:,}" for operation in _DONE if counts[operation])


def _messages(outcome: Outcome, results: Results | None) -> tuple[str, ...]:
    if results and results.causes:
        return ()
    return tuple(dict.fromkeys(each.message for each in outcome.account.violated if each.level == "mandatory"))


def _errors(outcome: Outcome) -> tuple[str, ...]:
    """What the engine says went wrong. That it failed, without a word of why, is no news beside what it says else.

    On a full disk every part fails in its own way; the verdict says why, and that is enough.
    """
    if outcome.succeeded or disk_is_full(outcome.directory):
        return ()
    said = [message for message in outcome.account.errors if message not in _EMPTY_WORDS]
    complaint = outcome.complaint.removeprefix("error: ").strip()
    if complaint and not any(complaint in message or message in complaint for message in said):
        said.append(complaint)
    return tuple(message for message in said if not locks_named_in(message))


_EMPTY_WORDS = frozenset({"preview failed", "update failed", "destroy failed"})
