"""A run as a whole, gathered from its events; and whether it proves that it ran.

A run that found nothing says something only when every resource was judged by every rule. Otherwise it counts as
failed, with one sentence that says what was left out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from policies.core import Finding, RuleInfo
from policies.results.causes import Cause, causes
from policies.results.events import Compared, CouldNotRun, Event, Found, Judged, LaneUsed, RunFinished, RunStarted
from runs.places import Declared

# What XML 1.0 can't hold, escaped or not (https://www.w3.org/TR/xml/#charsets), UTF-8 can't or a terminal obeys: a name
# may hold anything.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Report:
    """What a run found, and what it judged. `seen` is None for a run that did not come to its end."""

    started: RunStarted
    findings: tuple[Finding, ...]
    could_not_run: tuple[Finding, ...]
    lanes: tuple[LaneUsed, ...]
    analysed: int
    seen: frozenset[str] | None
    compared: Compared | None = None

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """The findings by their cause, each in one."""
        return causes(self.findings)

    def declared(self, finding: Finding) -> Declared | None:
        """Where the resource of a finding is declared, if that is known."""
        return self.started.places.get(finding.urn)

    def also(self, cause: Cause) -> list[Finding]:
        """What else was found of a cause, beside its main finding."""
        return [self.findings[number] for number in cause.also]

    @property
    def rules(self) -> dict[str, RuleInfo]:
        """The declared rules by id, in their order."""
        return {info.id: info for info in self.started.declared}

    @property
    def unproved(self) -> str:
        """What keeps the run from counting, as a sentence; empty for a run that proves that it ran."""
        if self.seen is None:
            return "the run did not come to its end; run it again"
        if self.started.missing:
            return self.started.missing
        if self.could_not_run:
            failed = self.could_not_run[0]
            return f"rule {failed.rule} could not run on {failed.resource}; repair what it says, and run it again"
        if self.analysed != self.started.registered:
            return f"{self.analysed} of {self.started.registered} resources were judged; run it again"
        if self.started.sealed and not self.started.secrets_judged:
            return _unseen(self.started.sealed)
        silent = self.rules.keys() - self.seen
        if silent:
            return f"rule {min(silent)} is declared in rules.yaml, and nothing judges by it; write it or remove it"
        return ""


def _unseen(number: int) -> str:
    values = "1 secret value is" if number == 1 else f"{number} secret values are"
    return f"{values} encrypted or left out, and nobody judged what is in there; export the state with --show-secrets"


def gather(events: Iterable[Event]) -> Report:
    """The report of a run.

    Raises:
        ValueError: the first event isn't that the run started.
    """
    stream = iter(events)
    started = next(stream, None)
    if not isinstance(started, RunStarted):
        raise ValueError("a run begins with its start")
    findings: list[Finding] = []
    could_not_run: list[Finding] = []
    lanes: dict[LaneUsed, None] = {}
    analysed = 0
    seen: frozenset[str] | None = None
    compared: Compared | None = None
    for event in stream:
        match event:
            case Judged():
                analysed += 1
            case Found(finding):
                findings.append(_writable(finding))
            case CouldNotRun(finding):
                could_not_run.append(_writable(finding))
            case LaneUsed():
                lanes[event] = None
            case Compared():
                compared = event
            case RunFinished():
                seen = event.seen
            case RunStarted():
                raise ValueError("a run starts once")
    return Report(started, tuple(findings), tuple(could_not_run), tuple(lanes), analysed, seen, compared)


def _writable(finding: Finding) -> Finding:
    texts = ((each.name, getattr(finding, each.name)) for each in fields(finding))
    odd: dict[str, Any] = {
        name: _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
        for name, text in texts
        if isinstance(text, str) and _UNWRITABLE.search(text)
    }
    return replace(finding, **odd) if odd else finding
