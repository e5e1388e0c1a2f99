"""Rules about the lanes themselves: they are judged like everything else.

What can be seen in `boundary.yaml` alone is reported on the stack's own resource, which comes first, so that it
blocks before anything is created. That an open lane is used can only be seen at the end: a preview shows it, and `up`
begins with one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from boundary import Boundary, Lane
from policies.core.findings import Finding, Problem
from policies.core.judge import Clock
from policies.core.plain import Resource
from policies.core.ruleset import ResourceRule, RuleInfo, StackRule

STACK = "pulumi:pulumi:Stack"
_WILD = frozenset("*?")


def lane_rule(boundary: Boundary, infos: Mapping[str, RuleInfo], clock: Clock) -> ResourceRule:
    """Lanes that are expired, or that except more than one crossing."""

    def lanes(resource: Resource) -> Iterator[Problem]:
        if resource.type == STACK:
            for lane in boundary.lanes:
                says = _fault(lane, infos, clock())
                if says:
                    yield Problem(f"lane {lane.name} in stacks/boundary.yaml {says}")

    return lanes


def _fault(lane: Lane, infos: Mapping[str, RuleInfo], now: datetime) -> str:
    if lane.rule not in infos:
        return f"names the rule {lane.rule}, which doesn't exist"
    if not infos[lane.rule].lane:
        return f"names the rule {lane.rule}, from which nothing may be excepted"
    if _WILD.intersection(lane.resource):
        return f"names {lane.resource}, which isn't one resource"
    if lane.expires <= now:
        return f"expired on {lane.expires:%Y-%m-%d}"
    return ""


def unused_lane_rule(boundary: Boundary, info: RuleInfo, clock: Clock) -> StackRule:
    """Open lanes that no resource of the stack used."""

    def unused(resources: Sequence[Resource], used: frozenset[str]) -> Iterator[Finding]:
        stack = next((resource for resource in resources if resource.type == STACK), None)
        if stack is None:
            return
        for lane in boundary.open_lanes(clock()):
            if lane.name not in used and _concerns(lane, stack.stack, boundary.addresses.environments):
                yield Finding(
                    rule=info.id,
                    urn=stack.urn,
                    resource=f"{stack.type}::{stack.name}",
                    path="",
                    says=f"lane {lane.name} is open for {lane.resource}, and nothing in this stack needs it",
                    lets_through=info.lets_through,
                    instead=info.instead,
                )

    return unused


def _concerns(lane: Lane, stack: str, environments: Collection[str]) -> bool:
    """Whether a lane is for this stack: logical names begin with the environment, where they name one."""
    name = lane.resource.partition("::")[2]
    owners = [environment for environment in environments if name.startswith(f"{environment}-")]
    return not owners or stack in owners
