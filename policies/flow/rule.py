"""The flow proof as a rule about a stack: each way out is a finding on the last resource of its path.

Every class that can go out by one way is in one finding, which shows the shortest of their paths.
"""

from collections.abc import Iterator, Sequence

from boundary import DataClass
from policies.core.findings import Finding
from policies.core.judge import Clock
from policies.core.plain import Resource
from policies.core.ruleset import RuleInfo, StackRule
from policies.flow import egress
from policies.flow.proof import Leak, Prover

_STACK = "pulumi:pulumi:Stack"
_OF_USERS = (DataClass.US_USER, DataClass.NON_US_USER)
_ENDS = 2


def flow_rule(prover: Prover, info: RuleInfo, clock: Clock) -> StackRule:
    """The rule, for a prover that knows the boundary and the catalogue."""

    def flow(resources: Sequence[Resource], _: frozenset[str]) -> Iterator[Finding]:
        stack = next((each for each in resources if each.type == _STACK), Resource("", _STACK, "stack", {}))
        by_urn = {each.urn: each for each in resources}
        ways: dict[tuple[str, ...], list[Leak]] = {}
        for leak in prover.prove(resources, clock()).leaks:
            ways.setdefault((leak.last, *(step.words for step in leak.steps[-_ENDS:])), []).append(leak)
        for leaks in ways.values():
            yield _finding(leaks, by_urn.get(leaks[0].last, stack), info)

    return flow


def _finding(leaks: list[Leak], resource: Resource, info: RuleInfo) -> Finding:
    shortest = min(leaks, key=lambda leak: len(leak.steps))
    return Finding(
        rule=info.id,
        urn=resource.urn,
        resource=f"{resource.type}::{resource.name}",
        path="",
        says=f"{_classes(leaks)} can leave: {shortest.path}{_joining(leaks, shortest)}",
        lets_through=info.lets_through,
        instead=info.instead,
        hint=_lane(leaks, shortest),
        statement="; ".join(dict.fromkeys(" ".join(node.text.split()) for node in shortest.nodes if node.text)),
        flow=shortest.steps,
        through=shortest.way_out,
    )


def _classes(leaks: list[Leak]) -> str:
    if len(leaks) == len(DataClass):
        return "data of every class"
    return f"data of class{'es' * (len(leaks) > 1)} {_listed(leak.data_class for leak in leaks)}"


def _joining(leaks: list[Leak], shortest: Leak) -> str:
    """Where the classes are from that don't begin where the path does."""
    starts: dict[str, list[str]] = {}
    for leak in leaks:
        if leak.steps[0] != shortest.steps[0]:
            starts.setdefault(leak.steps[0].words, []).append(leak.data_class)
    joining = "; ".join(f"{_listed(classes)} from {start}" for start, classes in starts.items())
    return f" ({joining})" if joining else ""


def _lane(leaks: list[Leak], shortest: Leak) -> str:
    """What a lane would have to be to let this through."""
    if shortest.breaks is None:
        return ""
    rule, resource = shortest.breaks
    classes = [leak.data_class for leak in leaks]
    if len(classes) > 1 and any(each in _OF_USERS for each in classes):
        return (
            f"a lane for what breaks rule {rule} here can't be open to all of these at once; first let "
            f"nothing but what belongs to users get here, or nothing of theirs"
        )
    called = rule == egress.RULE
    what = f"a lane for {resource}, rule {rule}," if called else f"the lane for what breaks rule {rule} here"
    return f"{what} is open to this with `direction: out` and `data_classes: [{', '.join(classes)}]`"


def _listed(words: "Iterator[str] | list[str]") -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
