"""Puts the report together."""

from dataclasses import dataclass
from datetime import datetime

from assurance.pull_request.comparing.changed import changed, lost, systems
from assurance.pull_request.comparing.flows import Flows, more_in
from assurance.pull_request.comparing.judgement import judgement
from assurance.pull_request.comparing.lanes import extended, lanes
from assurance.pull_request.comparing.lists import listed, name, sentence
from assurance.pull_request.comparing.messages import short
from assurance.pull_request.comparing.results import Results, findings
from assurance.pull_request.report import (
    STATEMENT_LENGTH,
    VERSION,
    FlowChange,
    Judgement,
    Lane,
    Listed,
    Proof,
    Report,
    Statement,
    Verdict,
)
from assurance.pull_request.words import shown
from boundary import Boundary
from runs.changes import changes
from runs.digest import Digest, Operation
from runs.places import places
from runs.statements import Statement as Compared
from runs.statements import compare_statements

_MOST_FINDINGS, _MOST_LANES, _MOST_STATEMENTS, _MOST_REASONS = 300, 100, 500, 20
# What the engine says when a rule was violated, and nothing else went wrong.
_BLOCKED = "preview failed"
_NOTHING_JUDGED = Proof(registered=0, judged=0, rules=0, ran=0)


@dataclass(frozen=True)
class Change:
    """What the two runs of a change left: which stack and commits, and what was read of each.

    `digest` and `results` are missing where the change's program failed before there were any; `failures` says why.
    `unproved` says what else keeps the run from counting as judged.
    """

    stack: str
    base: str
    head: str
    digest: Digest | None
    results: Results | None
    base_results: Results | None = None
    flows: tuple[Flows, Flows] | None = None
    by_base: Results | None = None
    by_boundary: Results | None = None
    by_base_failure: str = ""
    boundaries: tuple[Boundary, Boundary] | None = None
    failures: tuple[str, ...] = ()
    unproved: tuple[str, ...] = ()


def build(change: Change, now: datetime) -> Report:
    """The report of a change, at a moment."""
    errors = change.digest.errors if change.digest else ()
    failures = [*change.failures, *(each for each in errors if each.strip() != _BLOCKED)]
    results = change.results
    found = changes(change.digest) if change.digest else ()
    declared = places(change.digest) if change.digest else {}
    longer = extended(change.stack, *change.boundaries) if change.boundaries else []
    reported = [*longer, *(findings(results, change.base_results, declared) if results else ())]
    verdict, reasons = _verdict(results, failures, change.unproved, bool(longer))
    statements = compare_statements(found)
    # Of a program that failed nobody knows what it would have declared: what isn't there yet doesn't go away.
    before, after = change.flows if change.flows and verdict is not Verdict.FAILED else (None, None)
    return Report(
        version=VERSION,
        stack=change.stack,
        base=change.base,
        head=change.head,
        verdict=verdict,
        reasons=listed([sentence(short(each)) for each in reasons], _MOST_REASONS),
        proof=results.proof if results else _NOTHING_JUDGED,
        unchanged=change.digest.changes.get(Operation.SAME, 0) if change.digest else 0,
        systems=systems(found),
        losses=listed(lost(found, results.holding if results else {})),
        changes=listed(changed(found)),
        findings=listed(reported, _MOST_FINDINGS),
        opened=more_in(after, before) if before and after else FlowChange(),
        closed=more_in(before, after) if before and after else FlowChange(),
        added=_statements(statements.added),
        removed=_statements(statements.removed),
        lanes=_lanes(change, now),
        judgement=_judgement(change, verdict),
    )


def _verdict(
    results: Results | None, failures: list[str], unproved: tuple[str, ...], longer: bool
) -> tuple[Verdict, list[str]]:
    """How it ended. That the program failed outweighs what was found until then, and a finding what wasn't judged."""
    if failures or results is None:
        return Verdict.FAILED, failures or ["the run left no results; look at its log"]
    missing = [each for each in (results.unproved, *unproved) if each]
    if results.findings or longer:
        return Verdict.VIOLATION, missing
    if missing or not results.proof.holds:
        return Verdict.NOT_JUDGED, missing or ["not every rule had its say on every resource; run it again"]
    return Verdict.CLEAN, []


def _judgement(change: Change, verdict: Verdict) -> Judgement:
    if change.results is None or verdict is Verdict.FAILED:
        return Judgement()
    return judgement(change.results, change.by_base, change.by_boundary, change.by_base_failure)


def _statements(found: tuple[Compared, ...]) -> Listed[Statement]:
    rows = [Statement(policy=name(each.policy), text=shown(each.text, STATEMENT_LENGTH)) for each in found]
    return listed(rows, _MOST_STATEMENTS)


def _lanes(change: Change, now: datetime) -> Listed[Lane]:
    if change.boundaries is None:
        return Listed()
    return listed(lanes(change.stack, *change.boundaries, now), _MOST_LANES)
