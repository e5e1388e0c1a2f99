"""What one look saw: at what it looked, whether it looked at all of that, and what it found.

Only a whole look may resolve an alert, and only one that an earlier look at the same thing raised.
"""

import hashlib
from dataclasses import dataclass

from assurance.alerts.alert import Severity, Subject

_PART = ", the part "


@dataclass(frozen=True, slots=True)
class Look:
    """What was looked at: a stack, by which means, of which line of work if not the main one, and which part of it."""

    stack: str
    source: str
    of: str = ""
    part: str = ""

    def __str__(self) -> str:
        of = f" ({self.of})" if self.of else ""
        part = f"{_PART}{self.part}" if self.part else ""
        return f"{self.stack}: {self.source}{of}{part}"

    def covers(self, other: str) -> bool:
        """Whether another look, as text, looked at nothing more: the whole covers its parts."""
        return other == str(self) or other.startswith(f"{self}{_PART}")


@dataclass(frozen=True, slots=True)
class Stage:
    """Something about a subject that is told once: `key` says what, `says` in words.

    A `quiet` one isn't told where the alert is new: it says what a later one is compared with.
    """

    key: str
    says: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    """A subject that was found, and its stages."""

    subject: Subject
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """One look. `rules` are those that had a say (None: whatever there is); `present` are ids of what is there but is
    told with another alert.
    """

    look: Look
    whole: bool
    found: tuple[Sighting, ...] = ()
    present: frozenset[str] = frozenset()
    rules: frozenset[str] | None = None

    def looked_for(self, rule: str) -> bool:
        """Whether something of this rule would have been found."""
        return self.whole and (self.rules is None or rule in self.rules)


def identity(*parts: str) -> str:
    """An alert's id, from what makes it the same in another run."""
    return hashlib.sha256("|".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def severity_of(word: str | None) -> Severity:
    """The pack's word; what it doesn't grade is high, because nobody has said that it is less."""
    return Severity(word) if word in set(Severity) else Severity.HIGH
