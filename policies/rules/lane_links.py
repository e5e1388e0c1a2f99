"""What a lane excepts is read: its link ends when the lane does, goes its way, and is of a bucket of this stack.

A pre-authenticated request outlives whoever made it, so that its own end counts, and not only the lane's.
Source: Oracle, CreatePreauthenticatedRequestDetails,
https://docs.oracle.com/iaas/api/#/en/objectstorage/20160918/datatypes/CreatePreauthenticatedRequestDetails
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from boundary import Boundary, Direction, Lane
from policies.core.findings import Finding, Problem
from policies.core.lanes import Lanes, short_name
from policies.core.plain import UNKNOWN, Resource, opened
from policies.core.ruleset import RuleInfo, StackRule
from policies.flow.stack import Stack
from policies.flow.table import load_table

LINK = "oci:ObjectStorage/preauthrequest:Preauthrequest"
_BUCKET = "ObjectStorage/bucket"
_ONE_WAY = {
    Direction.IN: frozenset({"AnyObjectWrite", "ObjectWrite"}),
    Direction.OUT: frozenset({"AnyObjectRead", "ObjectRead"}),
}
_LISTS = "ListObjects"


def link_problems(lane: Lane, link: Resource) -> Iterator[Problem]:
    """How a link is more than its lane says, as far as it shows by itself."""
    end = opened(link.properties.get("timeExpires"))
    if not isinstance(end, str) or (moment := _moment(end)) is None:
        yield Problem(f"has no `timeExpires` that can be read as a time, and lane {lane.name} has an end")
    elif moment > lane.expires:
        yield Problem(
            f"is there until {moment:%Y-%m-%d}, and lane {lane.name} until {lane.expires:%Y-%m-%d}",
            instead=f"`timeExpires` {lane.expires:%Y-%m-%dT%H:%M:%SZ} or earlier",
        )
    access = opened(link.properties.get("accessType"))
    lists = opened(link.properties.get("bucketListingAction"))
    allowed = _ONE_WAY[lane.direction]
    if access not in allowed or (lane.direction is Direction.IN and (lists is UNKNOWN or lists == _LISTS)):
        yield Problem(
            f"isn't one way {lane.direction}, as lane {lane.name} is",
            instead=f"`accessType` {' or '.join(sorted(allowed))}"
            + (", and no `bucketListingAction`" if lane.direction is Direction.IN else ""),
        )


def lane_crossing_rule(boundary: Boundary, info: RuleInfo) -> StackRule:
    """Each lane is used by one resource, and its link is of a bucket of this stack that holds the lane's classes."""

    def crossing(resources: Sequence[Resource], _: frozenset[str]) -> Iterator[Finding]:
        named = _named(boundary, resources)
        if not named:
            return
        stack = Stack(resources, load_table())
        for lane, using in named:
            says = _twins(lane, using) if len(using) > 1 else _astray(stack, lane, using[0])
            if says:
                yield Finding(
                    rule=info.id,
                    urn=using[-1].urn,
                    resource=short_name(using[-1]),
                    path="",
                    says=says,
                    lets_through=info.lets_through,
                    instead=info.instead,
                )

    return crossing


def _named(boundary: Boundary, resources: Sequence[Resource]) -> list[tuple[Lane, list[Resource]]]:
    """The lanes that resources of a stack are named by, each with them."""
    lanes = Lanes((), boundary.addresses.environments)
    by_key: dict[str, list[Resource]] = defaultdict(list)
    for each in resources:
        if each.declared:
            by_key[short_name(each)].append(each)
    found = ((lane, by_key.get(f"{lane.resource_type}::{lane.logical_name}", ())) for lane in boundary.lanes)
    named = ((lane, [each for each in using if lanes.names(lane, each)]) for lane, using in found)
    return [(lane, sorted(using, key=lambda each: each.urn)) for lane, using in named if using]


def _twins(lane: Lane, using: Sequence[Resource]) -> str:
    urns = " and ".join(each.urn for each in using)
    return f"is one of {len(using)} resources that lane {lane.name} names; name one of them by its URN there: {urns}"


def _astray(stack: Stack, lane: Lane, link: Resource) -> str:
    """How a link's bucket isn't what the lane is for."""
    if link.type != LINK:
        return ""
    buckets = stack.mentioned(link, _BUCKET)
    if not buckets:
        return f"is a link to a bucket that isn't declared in this stack, which lane {lane.name} is for"
    classes = frozenset(each for bucket in buckets for each in stack.classes(bucket))
    if strays := classes - lane.data_classes:
        held = ", ".join(sorted(strays))
        return f"is a link to {stack.words(buckets[0])}, which may hold {held} data, and lane {lane.name} is not for it"
    return ""


def _moment(text: str) -> datetime | None:
    """A moment with its time zone; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
