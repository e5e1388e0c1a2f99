"""Rules about the lanes themselves: they are judged like everything else.

What can be seen in `boundary.yaml` alone is reported on the stack's own resource, which comes first, so that it
blocks before anything is created; and only on the stack that the lane concerns, so that a lane of one environment holds
up no other. That an open lane is used can only be seen at the end: a preview shows it, and `up` begins with one.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime

from boundary import Boundary, DataClass, Lane
from policies.core.findings import Finding, Problem
from policies.core.judge import Clock
from policies.core.plain import Resource
from policies.core.ruleset import ResourceRule, RuleInfo, StackRule
from policies.flow import egress

STACK = "pulumi:pulumi:Stack"
_WILD = frozenset("*?[]{}")
# Nothing rides along with people's data: who approved the one has not looked at the other.
_OF_USERS = frozenset({DataClass.US_USER, DataClass.NON_US_USER})


def lane_rule(boundary: Boundary, infos: Mapping[str, RuleInfo], clock: Clock) -> ResourceRule:
    """Lanes that are expired, or that except more than one crossing."""

    def lanes(resource: Resource) -> Iterator[Problem]:
        if resource.type != STACK:
            return
        environments = boundary.addresses.environments
        for number, lane in enumerate(boundary.lanes):
            if _concerns(lane, resource.stack, environments):
                says = _fault(lane, infos, clock()) or _width(lane, boundary.lanes[:number], environments)
                if says:
                    yield Problem(f"lane {lane.name} in stacks/boundary.yaml {says}")

    return lanes


def lane_namer(boundary: Boundary) -> Callable[[Resource], str]:
    """What a lane for a resource would name. One whose name no lane may have is told by the name that it needs."""
    environments = boundary.addresses.environments

    def named(resource: Resource) -> str:
        name = "".join(each for each in resource.name if each.isprintable() and each not in _WILD).strip()
        if not any(name.startswith(f"{environment}-") for environment in environments):
            environment = resource.stack if resource.stack in environments else "<environment>"
            name = f"{environment}-{name}"
        return f"{resource.type}::{name}"

    return named


def _width(lane: Lane, before: Sequence[Lane], environments: Collection[str]) -> str:
    """How a lane is wider than one crossing."""
    if not _owners(lane, environments):
        return f"names {lane.resource}, which every environment could have; begin its name with the environment's"
    if len(lane.data_classes) > 1 and lane.data_classes & _OF_USERS:
        classes = ", ".join(sorted(lane.data_classes))
        return f"is for {classes} at once; give what belongs to users a lane of its own"
    twin = next((other for other in before if (other.rule, other.resource) == (lane.rule, lane.resource)), None)
    return f"excepts what lane {twin.name} excepts; keep one of them" if twin else ""


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
        # The flow proof alone knows that a call to the internet would be a leak.
        called = {f"{each.type}::{each.name}" for each in resources if egress.needs_lane(each)}
        # What `--target` leaves out needed no lane in this run.
        left_out = {f"{each.type}::{each.name}" for each in resources if not each.declared}
        for lane in boundary.open_lanes(clock()):
            if (
                lane.name not in used
                and lane.resource not in left_out
                and not (lane.rule == egress.RULE and lane.resource in called)
                and _concerns(lane, stack.stack, boundary.addresses.environments)
            ):
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
    """Whether a lane is for this stack: one without an environment in its name is for every stack."""
    owners = _owners(lane, environments)
    return not owners or stack in owners


def _owners(lane: Lane, environments: Collection[str]) -> list[str]:
    """The environments that the logical name of the lane's resource begins with."""
    name = lane.resource.partition("::")[2]
    return [environment for environment in environments if name.startswith(f"{environment}-")]
