"""Recorded runs of the engine: when each step began and ended, at a preview and at an `up`.

A line has the seconds of both after the program's start, and the resource's URN without its stack:
`<preview began> <preview ended> <up began> <up ended> <URN>`; the first line has the ends of the runs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from runs.events import Ended, Event, Judged, Resource, Started, StepEnded, StepStarted
from runs.urns import type_of

DIRECTORY = Path(__file__).parent / "recordings"
PREVIEW, UP = 0, 2
_TIMES = 4


@dataclass(frozen=True)
class Recording:
    """One stack: the times of each resource, by URN, and when the preview and the `up` ended."""

    stack: str
    times: Mapping[str, tuple[int, ...]]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, stack: str) -> "Recording":
        """The recording of a stack."""
        first, *lines = (DIRECTORY / f"{stack}.txt").read_text(encoding="utf-8").splitlines()
        parts = [line.split(" ", _TIMES) for line in lines]
        times = {f"urn:pulumi:{stack}::stateside::{urn}": tuple(map(int, numbers)) for *numbers, urn in parts}
        return cls(stack, times, tuple(int(number) for number in first.split()[:_TIMES]))

    def events(
        self, run: int, operations: Mapping[str, str], rules: frozenset[str], begins: int
    ) -> Iterator[tuple[int, Event]]:
        """The events of a run that begins at a second, each with its own; what has no operation here stays the same."""
        found: list[tuple[int, int, Event]] = [(begins, 0, Started(begins))]
        for number, (urn, times) in enumerate(self.times.items(), 1):
            resource = Resource(urn, type_of(urn), operations.get(urn, "same"), (), None, None)
            began, ended = begins + times[run], begins + times[run + 1]
            found.append((began, number, StepStarted(began, resource, run == PREVIEW)))
            found.append((began, number, Judged(urn, rules)))
            found.append((ended, number, StepEnded(ended, resource, run == PREVIEW)))
        end = begins + self.ends[run + 1]
        found.append((end, len(found), Judged("", rules)))
        found.append((end, len(found), Ended(run == PREVIEW, self.ends[run + 1], {}, "succeeded")))
        return ((second, event) for second, _, event in sorted(found, key=lambda each: each[:2]))
