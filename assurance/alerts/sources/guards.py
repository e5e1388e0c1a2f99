"""Guards that are off, as one look: what would stop a crossing, and doesn't stand.

Whoever knows of a guard names it; the look that has its name no more resolves it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assurance.alerts.alert import Kind, Severity, Subject
from assurance.alerts.observation import Look, Observation, Sighting, identity

RULE = "guard"


@dataclass(frozen=True, slots=True)
class Off:
    """A guard that is off: its name, what is wrong, what could pass meanwhile, and how to put it on again."""

    name: str
    says: str
    lets_through: str
    instead: str
    severity: Severity = Severity.HIGH
    system: str = "stack"
    place: str = ""


def guards(look: Look, off: Iterable[Off]) -> Observation:
    """All guards of a look that are off; the others of it are on."""
    # A look for guards is another one than that for violations, though one run does both.
    named = replace(look, source=f"guards of {look.source}")
    return Observation(named, whole=True, found=tuple(Sighting(_subject(named, each)) for each in off))


def _subject(look: Look, off: Off) -> Subject:
    return Subject(
        id=identity(look.stack, RULE, look.source, off.name),
        kind=Kind.GUARD,
        stack=look.stack,
        system=off.system,
        rule=RULE,
        severity=off.severity,
        resource=off.name,
        says=off.says,
        lets_through=off.lets_through,
        instead=off.instead,
        place=off.place,
    )
