"""The flow proof as a rule about a stack: each leak is a finding on the last resource of its path."""

from collections.abc import Iterator, Sequence

from policies.core.findings import Finding
from policies.core.judge import Clock
from policies.core.plain import Resource
from policies.core.ruleset import RuleInfo, StackRule
from policies.flow.proof import Leak, Prover

_STACK = "pulumi:pulumi:Stack"


def flow_rule(prover: Prover, info: RuleInfo, clock: Clock) -> StackRule:
    """The rule, for a prover that knows the boundary and the catalogue."""

    def flow(resources: Sequence[Resource], _: frozenset[str]) -> Iterator[Finding]:
        stack = next((each for each in resources if each.type == _STACK), Resource("", _STACK, "stack", {}))
        by_urn = {each.urn: each for each in resources}
        for leak in prover.prove(resources, clock()).leaks:
            yield _finding(leak, by_urn.get(leak.last, stack), info)

    return flow


def _finding(leak: Leak, resource: Resource, info: RuleInfo) -> Finding:
    return Finding(
        rule=info.id,
        urn=resource.urn,
        resource=f"{resource.type}::{resource.name}",
        path="",
        says=f"data of class {leak.data_class} can leave: {leak.path}",
        lets_through=info.lets_through,
        instead=info.instead,
    )
