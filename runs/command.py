"""A guarded run as a person sees it: the live view, the result screen, and an error for what isn't clean.

`preview` judges what would be. `up` judges, ends there when there is nothing to write, and deploys otherwise. Both say
what the run came to (`runs.verdict`), and raise for every end but a clean one.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console

from boundary import Boundary, clock
from runs.account import Outcome
from runs.changes import Change
from runs.engine import Engine
from runs.errors import RunEndedError
from runs.guarded import Request, destroy, preview, up
from runs.lanes import lane_change
from runs.record import Record
from runs.refused import refused, refused_changes
from runs.replay import replay
from runs.screen import Facts, show
from runs.screen.facts import done_so_far, facts_of, planned
from runs.unchanged import to_write
from runs.verdict import Verdict, counted, judge
from runs.views import view_for

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Command:
    """One stack, and how its runs are shown. `detail` adds the engine's diff, `verbose` its own output."""

    engine: Engine
    request: Request
    record: Record
    boundary: Boundary
    console: Console
    look: Lines = ()
    detail: bool = False
    verbose: bool = False
    started: float = field(default_factory=time.monotonic)

    def preview(self) -> None:
        """Shows what an `up` would change.

        Raises:
            RunEndedError: the run was not clean; the screen says why.
        """
        previewed, verdict = self._judged()
        self._show(would(previewed), verdict, previewed, previewed, ())
        _require_clean(verdict)

    def up(self, afterwards: Callable[[], Lines] = lambda: (), confirmed: Callable[[], bool] | None = None) -> None:
        """Deploys the stack; `afterwards` does what is left to do then, and returns lines about hosts.

        Where there is something to write and `confirmed` is given, what it would be is shown, and that is asked first.

        Raises:
            RunEndedError: the run was not clean; the screen says why.
        """
        last, verdict = self._judged()
        previewed = last
        reason = (to_write(previewed) or self._pending()) if verdict.is_clean else ""
        if reason and confirmed:
            self._show(would(previewed), verdict, previewed, previewed, ())
            if not confirmed():
                self.console.print("nothing was deployed")
                return
        if reason:
            last = up(self.engine, self.request, self.record.up, view_for(self.console), previewed)
            verdict = judge(last, self.request)
        hosts = afterwards() if verdict.is_clean else ()
        self._show(did(last, deployed=bool(reason)), verdict, previewed, last, hosts)
        _require_clean(verdict)

    def destroy(self) -> Outcome:
        """Destroys the stack; no rule judges that.

        Raises:
            RunEndedError: something could not be destroyed; the screen says what.
        """
        outcome = destroy(self.engine, self.request, self.record.up, view_for(self.console))
        if not outcome.succeeded:
            verdict = judge(outcome, self.request)
            self._show("", verdict, outcome, outcome, ())
            _require_clean(verdict)
        return outcome

    def _judged(self) -> tuple[Outcome, Verdict]:
        outcome = preview(self.engine, self.request, self.record, view_for(self.console))
        if self.detail or self.verbose:
            options = ("--diff", "--suppress-outputs") if self.detail else ()
            replay(self.engine, self.record, outcome, *options)
        return outcome, judge(outcome, self.request)

    def _pending(self) -> str:
        """Whether a killed run left something half-done, which only an `up` settles; a preview doesn't tell."""
        deployment = self._deployment()
        if deployment is None:
            return "the state can't be read"
        return "operations are pending" if deployment.get("pending_operations") else ""

    def _deployment(self) -> dict[str, Any] | None:
        """The state, with its secrets encrypted; None where it can't be read."""
        exported = self.engine.ask("stack", "export", *self.request.options[:2])
        try:
            deployment = json.loads(exported.stdout)["deployment"]
        except (ValueError, KeyError, TypeError):
            return None
        return deployment if isinstance(deployment, dict) else None

    def _refused(self, last: Outcome) -> tuple[Change, ...]:
        """What the engine would not replace or delete, as changes; it is read from the state, for no step tells."""
        found = refused(last.account.errors)
        return refused_changes(found, self._deployment() or {}) if found else ()

    def _show(self, done: str, verdict: Verdict, previewed: Outcome, last: Outcome, hosts: Lines) -> None:
        # What a run that was stopped says of outputs isn't what will be.
        outputs = last.account.stack_outputs if verdict.is_clean else ({}, {})
        facts: Facts = facts_of(
            done,
            verdict,
            previewed,
            last,
            holding=previewed.results.holding if previewed.results else {},
            lanes=lane_change(self.request.stack, self.boundary, outputs),
            refused=self._refused(last),
            seconds=time.monotonic() - self.started,
            hosts=hosts,
            look=self.look,
            at=clock.moved(),
        )
        show(facts, self.console)


def would(previewed: Outcome) -> str:
    """What an `up` would do, in one sentence."""
    stack, changes = previewed.stack, planned(previewed)
    if changes:
        return f"{stack} would change: {changes}"
    reason = to_write(previewed)
    kept = counted(len(previewed.account.proof.registered), "resource")
    return f"{stack} would not change{f', but {reason}' if reason else ''}: {kept}"


def did(last: Outcome, *, deployed: bool) -> str:
    """What an `up` did, in one sentence; `last` is its preview where there was nothing to deploy."""
    stack, done = last.stack, done_so_far(last)
    if deployed and done != "nothing":
        return f"{stack} is up: {done}"
    return f"{stack} is up, and nothing changed: {counted(len(last.account.proof.registered), 'resource')}"


def _require_clean(verdict: Verdict) -> None:
    if not verdict.is_clean:
        raise RunEndedError(verdict.why, verdict.code)
