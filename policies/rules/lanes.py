"""Rules about the lanes themselves: they are judged like everything else.

What can be seen in `boundary.yaml` alone is reported on the stack's own resource, which comes first, so that it
blocks before anything is created; and only on the stack that the lane concerns, so that a lane of one environment holds
up no other. That one has ended is no fault of the file: it excepts nothing any more, so that what is left of it is
found. That an open lane is used can only be seen at the end: a preview shows it, and `up` begins with one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from boundary import Boundary, DataClass, Lane
from policies.core.findings import Finding, Problem
from policies.core.judge import Clock
from policies.core.lanes import Lanes
from policies.core.plain import Resource
from policies.core.ruleset import ResourceRule, RuleInfo, StackRule
from policies.flow import egress
from policies.rules.lane_links import LINK, link_problems

STACK = "pulumi:pulumi:Stack"
_WILD = frozenset("*?[]{}")
# Nothing rides along with people's data: who approved the one has not looked at the other.
_OF_USERS = frozenset({DataClass.US_USER, DataClass.NON_US_USER})


def lane_rule(boundary: Boundary, infos: Mapping[str, RuleInfo]) -> ResourceRule:
    """Lanes that are no exception of one crossing; and a link that is more than its lane says."""

    lanes = Lanes((), boundary.addresses.environments)

    def judge(resource: Resource) -> Iterator[Problem]:
        if resource.type == LINK:
            for lane in boundary.lanes:
                if lanes.names(lane, resource):
                    yield from link_problems(lane, resource)
        if resource.type != STACK:
            return
        for number, lane in enumerate(boundary.lanes):
            if lanes.concern(lane, resource.stack):
                says = _fault(lane, infos) or _width(lane, boundary.lanes[:number], lanes.owners(lane))
                if says:
                    yield Problem(f"lane {lane.name} in stacks/boundary.yaml {says}")

    return judge


def lane_namer(boundary: Boundary) -> Callable[[Resource], str]:
    """What a lane for a resource would name. One whose name no lane may have is told by the name that it needs.

    Nothing for a resource of a stack that is no environment: no lane is for it.
    """
    environments = boundary.addresses.environments

    def named(resource: Resource) -> str:
        if resource.stack not in environments:
            return ""
        name = "".join(each for each in resource.name if each.isprintable() and each not in _WILD).strip()
        own = f"{resource.stack}-"
        return f"{resource.type}::{name if name.startswith(own) else own + name}"

    return named


def _width(lane: Lane, before: Sequence[Lane], owners: Sequence[str]) -> str:
    """How a lane is wider than one crossing."""
    if not owners:
        return f"names {lane.resource}, which every environment could have; begin its name with the environment's"
    if len(owners) > 1:
        return f"names {lane.resource}, which {' and '.join(owners)} could have; name it by its URN"
    if len(lane.data_classes) > 1 and lane.data_classes & _OF_USERS:
        classes = ", ".join(sorted(lane.data_classes))
        return f"is for {classes} at once; give what belongs to users a lane of its own"
    twin = next((other for other in before if (other.rule, other.resource) == (lane.rule, lane.resource)), None)
    return f"excepts what lane {twin.name} excepts; keep one of them" if twin else ""


def _fault(lane: Lane, infos: Mapping[str, RuleInfo]) -> str:
    if lane.rule not in infos:
        return f"names the rule {lane.rule}, which doesn't exist"
    if not infos[lane.rule].lane:
        return f"names the rule {lane.rule}, from which nothing may be excepted"
    if _WILD.intersection(lane.resource):
        return f"names {lane.resource}, which isn't one resource"
    return ""


def unused_lane_rule(boundary: Boundary, info: RuleInfo, clock: Clock) -> StackRule:
    """Open lanes that no resource of the stack used."""
    lanes = Lanes((), boundary.addresses.environments)

    def unused(resources: Sequence[Resource], used: frozenset[str]) -> Iterator[Finding]:
        stack = next((resource for resource in resources if resource.type == STACK), None)
        if stack is None:
            return
        # The flow proof alone knows that a call to the internet would be a leak.
        called = [each for each in resources if egress.needs_lane(each)]
        # What `--target` leaves out needed no lane in this run.
        left_out = [each for each in resources if not each.declared]
        for lane in boundary.open_lanes(clock()):
            if (
                lane.name not in used
                and not any(lanes.names(lane, each) for each in left_out)
                and not (lane.rule == egress.RULE and any(lanes.names(lane, each) for each in called))
                and lanes.concern(lane, stack.stack)
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
