"""What happens in a run, as typed events: every output is written from these and from nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from policies.core import Finding, RuleInfo
from policies.twin import Difference
from runs.places import Declared


@dataclass(frozen=True, slots=True)
class RunStarted:
    """What is about to be judged, and by what.

    `declared` are the rules that must have a say, `registered` is how many resources there are. `sealed` secret values
    can't be looked into; `secrets_judged` says that the engine's run of the pack did. `missing` says what the source
    lacks, where it can be seen to lack something. `holding` are the types that hold data, with the noun for each;
    `places` says by URN where resources are declared, and `stack` is the stack's name, where there is one.
    """

    source: str
    file: str
    declared: tuple[RuleInfo, ...]
    registered: int
    sealed: int = 0
    secrets_judged: bool = False
    missing: str = ""
    holding: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Declared] = field(default_factory=dict)
    stack: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """One more resource was judged by every rule."""

    urn: str


@dataclass(frozen=True, slots=True)
class Found:
    """A violation."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class CouldNotRun:
    """A rule failed where it should have judged."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class LaneUsed:
    """A lane excepted something on a resource."""

    lane: str
    resource: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What a proposed boundary, which stands in a file, would change. It is told, and fails no run."""

    proposed: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The end, with the rules that had a say."""

    seen: frozenset[str]


Event = RunStarted | Judged | Found | CouldNotRun | LaneUsed | Compared | RunFinished
