"""Whether a run proves that every rule had its say on every resource.

The engine's exit code says only that something failed. Its events say which resources were registered and which rules
looked at them; a run in which one is missing counts as failed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from runs.events import CutShort, Event, Judged, StepStarted, Violated

_COULD_NOT_RUN = "can't run policy"
_MANDATORY = "mandatory"
_NOT_REGISTERED = ("delete", "delete-replaced", "discard", "read", "refresh")


@dataclass
class Proof:
    """What the policies did in one run. `registered` and `judged` are URNs; `rules` are those that ran."""

    violations: list[str] = field(default_factory=list)
    could_not_run: list[str] = field(default_factory=list)
    judged: set[str] = field(default_factory=set)
    registered: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)

    def take(self, event: Event) -> None:
        """One more event of the run."""
        match event:
            case Violated():
                about = f"{event.urn}: {event.message}"
                if _COULD_NOT_RUN in event.message:
                    self.could_not_run.append(about)
                elif event.level == _MANDATORY:
                    self.violations.append(about)
            case Judged():
                self.rules |= event.rules
                if event.urn:
                    self.judged.add(event.urn)
            case StepStarted(resource=resource) if resource.operation not in _NOT_REGISTERED:
                self.registered.add(resource.urn)
                if resource.operation == "same":
                    self.unchanged.add(resource.urn)
            case CutShort():
                self.could_not_run.append("the engine's event log is cut short")

    @property
    def unseen(self) -> set[str]:
        """Resources that no policy looked at."""
        return self.registered - self.judged

    @property
    def sentence(self) -> str:
        """The proof as it is printed."""
        return f"{len(self.registered):,} registered, {len(self.judged):,} judged, {len(self.rules):,} rules ran"


def proof_of(events: Iterable[Event]) -> Proof:
    """The proof of a run that is over."""
    proof = Proof()
    for event in events:
        proof.take(event)
    return proof
