"""How far a run has come, from its events: what is done of all by system, and what is under way since when."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from runs.digest import Operation, operation
from runs.events import Event, Judged, Resource, Started, StepEnded, StepFailed, StepStarted
from runs.urns import is_declared_at_oracle, kind_of, name_of, system_of

_DOING = {
    Operation.CREATE: "creates",
    Operation.UPDATE: "updates",
    Operation.REPLACE: "replaces",
    Operation.DELETE: "deletes",
    Operation.READ: "reads",
    Operation.IMPORT: "imports",
    Operation.REFRESH: "looks at",
    Operation.SAME: "keeps",
}


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A step that has begun and not ended; `since` is in seconds since 1970."""

    resource: Resource
    since: int

    @property
    def words(self) -> str:
        """What is done to what: `creates DbSystem profiles-iad`."""
        doing = _DOING[operation(self.resource.operation)]
        return f"{doing} {kind_of(self.resource.type)} {name_of(self.resource.urn)}"


@dataclass(frozen=True, slots=True)
class Line:
    """One system: how many are done, and of how many where that is known (else None)."""

    system: str
    done: int
    of: int | None


class Progress:
    """One run. `changes_only` counts what changes and not what stays, as at an `up`."""

    def __init__(self, expected: Mapping[str, int], changes_only: bool) -> None:
        self._expected = expected
        self._changes_only = changes_only
        self._done: dict[str, str] = {}
        self._under_way: dict[str, UnderWay] = {}
        self.phase = "starting the engine"
        self.at = 0

    def take(self, event: Event) -> None:
        """One more event."""
        match event:
            case Started(at=at):
                self.at, self.phase = at, "running the program"
            case StepStarted(at=at, resource=resource) if self._counts(resource):
                self.at = at
                self._under_way[resource.urn] = UnderWay(resource, at)
            case StepEnded(at=at, resource=resource) | StepFailed(at=at, resource=resource) if self._counts(resource):
                self.at = at
                self._under_way.pop(resource.urn, None)
                self._done[resource.urn] = system_of(resource.urn)
            case Judged(urn=""):
                self.phase = "finishing"

    @property
    def done(self) -> int:
        """How many resources are done."""
        return len(self._done)

    @property
    def of(self) -> int | None:
        """Of how many; None where it isn't known."""
        return max(sum(self._expected.values()), self.done) if self._expected else None

    def lines(self) -> list[Line]:
        """The systems by name."""
        done = Counter(self._done.values())
        known = bool(self._expected)
        systems = sorted(done.keys() | self._expected.keys())
        return [
            Line(name, done[name], max(self._expected.get(name, 0), done[name]) if known else None) for name in systems
        ]

    def under_way(self) -> list[UnderWay]:
        """What has begun and not ended, the longest first."""
        return sorted(self._under_way.values(), key=lambda each: (each.since, each.resource.urn))

    def _counts(self, resource: Resource) -> bool:
        changes = operation(resource.operation) is not Operation.SAME
        return is_declared_at_oracle(resource.type) and (changes or not self._changes_only)
