"""Lanes of a stack that a change opens, changes or closes, and those whose end is near or past."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from assurance.pull_request.comparing.lists import name
from assurance.pull_request.report import Found, Lane, LaneNews
from boundary import Boundary
from boundary import Lane as Declared

NEAR = timedelta(days=14)


def lanes(stack: str, base: Boundary, head: Boundary, now: datetime) -> list[Lane]:
    """What there is to say of the lanes of a stack, in the order in which they are declared."""
    before, after = _of(stack, base), _of(stack, head)
    return [
        *(_lane(each, news, now) for each in after.values() if (news := _news(each, before.get(each.name), now))),
        *(_lane(each, LaneNews.CLOSED, now) for key, each in before.items() if key not in after),
    ]


def extended(stack: str, base: Boundary, head: Boundary) -> list[Found]:
    """The lanes that a change leaves open for longer than was approved: ticket and approver are those of before.

    The file alone can't tell: what was approved stands in the base.
    """
    before = _of(stack, base)
    pairs = ((each, before[each.name]) for each in _named(stack, head) if each.name in before)
    return [
        Found(
            rule="lane",
            severity="high",
            type=name(lane.resource_type),
            name=name(lane.logical_name),
            path="expires",
            says=f"lane {lane.name} is to be open until {lane.expires:%Y-%m-%d} instead of {was.expires:%Y-%m-%d}, and "
            f"{was.ticket} approved the shorter time",
            lets_through="a crossing for longer than somebody approved",
            instead="the ticket of a new approval",
        )
        for lane, was in pairs
        if lane.expires > was.expires and lane.ticket == was.ticket
    ]


def _of(stack: str, boundary: Boundary) -> dict[str, Declared]:
    return {each.name: each for each in _named(stack, boundary)}


def _named(stack: str, boundary: Boundary) -> Iterator[Declared]:
    """A lane is for the environment that the name of its resource begins with."""
    return (each for each in boundary.lanes if each.is_of(stack))


def _news(lane: Declared, before: Declared | None, now: datetime) -> LaneNews | None:
    if lane.expires <= now:
        return LaneNews.ENDED
    if before is None:
        return LaneNews.OPENED
    if before != lane:
        return LaneNews.CHANGED
    return LaneNews.ENDING if lane.expires - now <= NEAR else None


def _lane(lane: Declared, news: LaneNews, now: datetime) -> Lane:
    return Lane(
        name=name(lane.name),
        news=news,
        direction=lane.direction,
        classes=tuple(sorted(lane.data_classes)),
        owner=name(lane.owner),
        approver=name(lane.approver),
        expires=f"{lane.expires:%Y-%m-%d}",
        days=(lane.expires - now).days,
    )
