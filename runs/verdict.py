"""What a run came to, as one sentence and an exit code. The engine's own exit code doesn't decide it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from runs.account import Outcome
from runs.errors import Exit
from runs.excluded import is_excluded, patterns
from runs.guarded import PREVIEW, Request
from runs.refused import refused

_LEAST_FREE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a run ended, and why in words; `why` is empty for one that is clean."""

    code: Exit
    why: str = ""

    @property
    def is_clean(self) -> bool:
        """Whether all went well."""
        return self.code is Exit.CLEAN


def judge(outcome: Outcome, request: Request) -> Verdict:
    """Whether a run counts: a violation first, then a failure, then what the proof lacks."""
    if outcome.account.proof.violations:
        return Verdict(Exit.VIOLATION, _blocked(outcome))
    missing = _missing(outcome, request)
    if not outcome.succeeded or (missing and disk_is_full(outcome.directory)):
        return Verdict(Exit.FAILED, _failed(outcome))
    if missing:
        sentence = f"the engine let {outcome.stack} through, but {missing}; the run counts as failed"
        return Verdict(Exit.NOT_JUDGED, sentence)
    return Verdict(Exit.CLEAN)


def disk_is_full(directory: Path) -> bool:
    """Whether nothing more can be written where a run leaves its files: then what went wrong may not be told there."""
    return directory.exists() and shutil.disk_usage(directory).free < _LEAST_FREE


def counted(number: int, noun: str) -> str:
    """A number and its noun: `1 violation`, `2,000 violations`."""
    plural = noun if number == 1 else f"{noun}es" if noun.endswith(("s", "x")) else f"{noun}s"
    return f"{number:,} {plural}"


def _blocked(outcome: Outcome) -> str:
    found = len(outcome.account.proof.violations)
    causes = len(outcome.results.causes) if outcome.results else 0
    grouped = f", from {counted(causes, 'cause')}" if 0 < causes < found else ""
    return f"{outcome.stack} is blocked by {counted(found, 'violation')}{grouped}"


def _failed(outcome: Outcome) -> str:
    if disk_is_full(outcome.directory):
        return (
            f"{outcome.command} of {outcome.stack} failed: the disk of {outcome.directory} is full; "
            "free some of it, and run it again"
        )
    if refused(outcome.account.errors):
        return f"{outcome.command} of {outcome.stack} is refused: it would replace or delete what is protected"
    if outcome.locks:
        return f"{outcome.command} of {outcome.stack} did not begin: another process has locked its state"
    failed = outcome.account.failed
    at = f" at {counted(len(failed), 'resource')}" if failed else ""
    return f"{outcome.command} of {outcome.stack} failed{at}; mend what is said here, and run it again"


def _missing(outcome: Outcome, request: Request) -> str:
    """What keeps a run from proving that every rule had its say; what was left alone must be what nobody touched."""
    proof = outcome.account.proof
    if not proof.judged:
        return "the engine left no events that show what the policies did"
    if outcome.account.ended is None or (outcome.command == PREVIEW and outcome.digest is None):
        return "what it left of the run has no end"
    if proof.could_not_run:
        return f"a policy could not run: {proof.could_not_run[0]}"
    excluded = patterns(request.options)
    unseen = {urn for urn in proof.unseen if not (urn in proof.unchanged and is_excluded(urn, excluded))}
    if unseen:
        return f"no policy saw {min(unseen)}"
    silent = outcome.results.rules.keys() - proof.rules if outcome.results else set()
    return f"rule {min(silent)} had no say" if silent else ""
