"""What happened in one run, gathered from its events while they come."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from runs.digest import Digest, Operation, operation
from runs.events import Ended, Event, Properties, Resource, Said, StepEnded, StepFailed, Violated
from runs.locks import Lock, locks_named_in
from runs.proof import Proof
from runs.results import Results
from runs.urns import ROOT, is_declared_at_oracle

_TOLD = ("error", "warning")


@dataclass
class Account:
    """What the events of a run say. `outputs` are those of the stack and the components, before and after, by URN."""

    proof: Proof = field(default_factory=Proof)
    said: list[Said] = field(default_factory=list)
    violated: list[Violated] = field(default_factory=list)
    failed: list[Resource] = field(default_factory=list)
    done: dict[str, Operation] = field(default_factory=dict)
    outputs: dict[str, tuple[Properties, Properties]] = field(default_factory=dict)
    ended: Ended | None = None

    def take(self, event: Event) -> None:
        """One more event."""
        self.proof.take(event)
        match event:
            case Said() if event.severity in _TOLD:
                self.said.append(event)
            case Violated():
                self.violated.append(event)
            case StepEnded(resource=resource):
                self._take_step(resource)
            case StepFailed(resource=resource):
                self.failed.append(resource)
            case Ended():
                self.ended = event

    @property
    def errors(self) -> tuple[str, ...]:
        """The error messages, each once and whole."""
        found = (each.message.strip() for each in self.said if each.severity == "error")
        return tuple(dict.fromkeys(message for message in found if message))

    @property
    def stack_outputs(self) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """The stack's own outputs before and after; empty where it has none, or the run didn't get so far."""
        roots = (both for urn, both in self.outputs.items() if f"::{ROOT}::" in urn)
        return next(roots, ({}, {}))

    def counts(self) -> Counter[Operation]:
        """How many resources at Oracle were created, updated, replaced and deleted."""
        return Counter(self.done.values())

    def _take_step(self, resource: Resource) -> None:
        word = operation(resource.operation)
        if not is_declared_at_oracle(resource.type):
            old, new = resource.old or {}, resource.new or {}
            self.outputs[resource.urn] = (old.get("outputs") or {}, new.get("outputs") or {})
        elif word is not Operation.SAME or resource.urn not in self.done:
            self.done[resource.urn] = word


@dataclass(frozen=True)
class Outcome:
    """One run of the engine that is over. `directory` has its files; `digest` is None for what is no preview."""

    command: str
    stack: str
    directory: Path
    returncode: int
    seconds: float
    account: Account
    digest: Digest | None
    results: Results | None
    complaint: str
    """What the engine printed on standard error."""

    @property
    def succeeded(self) -> bool:
        """Whether the engine came to its end without an error; the proof is another matter."""
        return self.returncode == 0

    @property
    def locks(self) -> tuple[Lock, ...]:
        """The locks of other processes that kept it from the state."""
        return locks_named_in("\n".join((*self.account.errors, self.complaint)))
