"""The lanes of a stack, as one look: what opens, changes, is used, ends soon, or still stands after its end.

A lane is one alert from the day that it opens to the day that it is gone. What happens to it meanwhile are stages, each
told once; a lane with other terms has its ends told anew.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from assurance.alerts.alert import Kind, Severity, Subject
from assurance.alerts.observation import Look, Observation, Sighting, Stage, identity
from boundary import Boundary, Lane

RULE = "lane"
SOURCE = "lanes of the boundary"
FILE = "stacks/boundary.yaml"
# So many days before a lane's end it is told, and how urgent it is then; the nearest counts.
WARNINGS = ((1, Severity.HIGH), (7, Severity.MEDIUM), (14, Severity.LOW))


def lanes(
    look: Look, boundary: Boundary, now: datetime, used: frozenset[str], deployed: frozenset[str] | None
) -> Observation:
    """All lanes of the stack of a look.

    `used` are those that a run's rules needed, `deployed` the resources that are there, as type and name (None: nobody
    looked, so that a lane that has ended stays what it was).
    """
    stack = look.stack
    own = [each for each in boundary.lanes if each.is_of(stack)]
    found = tuple(each for lane in own for each in _sighting(stack, lane, now, lane.name in used, deployed))
    unseen = [each for each in own if each.expires <= now] if deployed is None else []
    return Observation(
        replace(look, source=SOURCE), whole=True, found=found, present=frozenset(_id(stack, each) for each in unseen)
    )


def _sighting(stack: str, lane: Lane, now: datetime, used: bool, deployed: frozenset[str] | None) -> Iterator[Sighting]:
    if lane.expires <= now:
        if deployed is not None and lane.resource in deployed:
            yield Sighting(_subject(stack, lane, Severity.CRITICAL, _STANDS), (_stands(lane),))
    elif lane.opens <= now:
        warning, severity = _warning(lane, now)
        stages = (*_life(lane), *((_use(lane),) if used else ()), *warning)
        yield Sighting(_subject(stack, lane, severity, _KEEP), stages)


_KEEP = "let it end; who needs it longer asks for another approval and changes its end"
_STANDS = "deploy the stack, which takes its resource away; then take the lane out of the file"


def _life(lane: Lane) -> tuple[Stage, ...]:
    what = f"lane {lane.name}: {', '.join(sorted(lane.data_classes))} {_WAY[lane.direction]} until {_day(lane)}"
    fields = {key: sorted(map(str, value)) if isinstance(value, set | frozenset) else str(value) for key, value in lane}
    terms = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:8]
    people = f"owner {lane.owner}, approved by {lane.approver} ({lane.ticket})"
    return (
        Stage(f"opened@{lane.opens:%Y-%m-%dT%H:%M}", f"{what} is open; {people}"),
        Stage(f"terms@{terms}", f"{what} has other terms now; {people}", quiet=True),
    )


_WAY = {"in": "may come in", "out": "may go out"}


def _use(lane: Lane) -> Stage:
    return Stage(f"used@{lane.opens:%Y-%m-%dT%H:%M}", f"lane {lane.name} is used: a run needed it for {lane.resource}")


def _warning(lane: Lane, now: datetime) -> tuple[tuple[Stage, ...], Severity]:
    left = lane.expires - now
    for days, severity in WARNINGS:
        if left <= timedelta(days=days):
            word = "day" if days == 1 else "days"
            says = f"lane {lane.name} ends within {days} {word}, on {_day(lane)}"
            return (Stage(f"ends-{days}@{_day(lane)}", says),), severity
    return (), Severity.INFO


def _stands(lane: Lane) -> Stage:
    says = f"lane {lane.name} ended on {_day(lane)}, and {lane.resource} is still there"
    return Stage(f"stands@{_day(lane)}", says)


def _day(lane: Lane) -> str:
    return f"{lane.expires:%Y-%m-%d}"


def _id(stack: str, lane: Lane) -> str:
    return identity(stack, RULE, lane.name)


def _subject(stack: str, lane: Lane, severity: Severity, instead: str) -> Subject:
    ended = severity is Severity.CRITICAL
    says = f"lane {lane.name} {'ended' if ended else 'is open until'} {_day(lane)}"
    classes = ", ".join(sorted(lane.data_classes))
    return Subject(
        id=_id(stack, lane),
        kind=Kind.LANE,
        stack=stack,
        system="transfer",
        rule=RULE,
        severity=severity,
        resource=lane.resource,
        says=says,
        lets_through=f"{classes} {_WAY[lane.direction]}",
        instead=instead,
        place=FILE,
    )
