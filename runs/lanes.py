"""The lanes of a stack: which a run opened or closed, and which end soon.

A run's lanes stand in the outputs of the stack, by region; their dates in stacks/boundary.yaml.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from boundary import Boundary, Lane, clock

NEAR_DAYS = 14


@dataclass(frozen=True, slots=True)
class LaneDays:
    """A lane as it is at a moment."""

    lane: Lane
    at: datetime

    @property
    def days(self) -> int:
        """The whole days until it ends; negative where it has ended."""
        return (self.lane.expires - self.at) // timedelta(days=1)

    @property
    def near(self) -> bool:
        """Whether it is open and ends soon."""
        return self.lane.is_open(self.at) and self.days <= NEAR_DAYS

    @property
    def ended(self) -> bool:
        """Whether it has ended."""
        return self.lane.expires <= self.at

    @property
    def sentence(self) -> str:
        """When it opens or ends, in words."""
        lane = self.lane
        if lane.is_open(self.at):
            left = "today" if self.days == 0 else f"in {self.days} day{'s' if self.days != 1 else ''}"
            return f"ends {left} ({lane.expires:%Y-%m-%d})"
        if self.ended:
            return f"ended on {lane.expires:%Y-%m-%d}"
        return f"opens on {lane.opens:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class LaneChange:
    """What a run did to a stack's lanes, by name; `near` are those that end soon, `ended` those that have."""

    opened: tuple[str, ...]
    closed: tuple[str, ...]
    near: tuple[LaneDays, ...]
    ended: tuple[LaneDays, ...] = ()


def dated(lanes: Iterable[Lane], now: datetime | None = None) -> tuple[LaneDays, ...]:
    """Lanes with the days that they have left, the one that ends first on top."""
    moment = now or clock.now()
    found = (LaneDays(lane, moment) for lane in lanes)
    return tuple(sorted(found, key=lambda each: (each.lane.expires, each.lane.name)))


def lanes_of(stack: str, boundary: Boundary, now: datetime | None = None) -> tuple[LaneDays, ...]:
    """The lanes of one stack that count, by when they end."""
    return dated((lane for lane in boundary.lanes if lane.is_of(stack)), now)


def lane_change(
    stack: str, boundary: Boundary, outputs: tuple[Mapping[str, Any], Mapping[str, Any]], now: datetime | None = None
) -> LaneChange:
    """What changes from the stack's outputs before to those after."""
    before, after = (frozenset(_named(each)) for each in outputs)
    lanes = lanes_of(stack, boundary, now)
    near = tuple(each for each in lanes if each.near)
    ended = tuple(each for each in lanes if each.ended)
    return LaneChange(tuple(sorted(after - before)), tuple(sorted(before - after)), near, ended)


def _named(outputs: Mapping[str, Any]) -> Iterator[str]:
    for region in outputs.values():
        lanes: Iterable[Any] = (region.get("lanes") or ()) if isinstance(region, dict) else ()
        if isinstance(lanes, list):
            yield from (str(lane) for lane in lanes)
