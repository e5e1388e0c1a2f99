"""A stack with policies under test, and between which of its resources data can go by them."""

from typing import Any

from policies.flow.builders.statements import statements
from tests.policies.builder import OURS
from tests.policies.flow.edges import Built
from tests.policies.flow.kit import Ref, Sample, tags

BUCKET, COMPARTMENT = "ObjectStorage/bucket", "Identity/compartment"
GROUP, POLICY = "Identity/dynamicGroup", "Identity/policy"
TRAINERS = "dynamic-group prod-trainers"
READS, WRITES = f"allow {TRAINERS} to read objects in", f"allow {TRAINERS} to {{OBJECT_CREATE}} in"


def base(*texts: Any, **more: Any) -> Sample:
    """`lake` and `server` in one compartment, `models` and `trainer` in another, and a policy."""
    stack = Sample().add(COMPARTMENT, "prod", name="prod", compartmentId=OURS)
    for name in ("data", "training"):
        stack.add(COMPARTMENT, f"in-{name}", name=f"prod-{name}", compartmentId=Ref("prod"))
    stack.add(BUCKET, "lake", name="prod-lake", compartmentId=Ref("in-data"), definedTags=tags("us-user"))
    stack.add(BUCKET, "models", name="prod-models", compartmentId=Ref("in-training"), definedTags=tags("model"))
    stack.add("Core/instance", "server", compartmentId=Ref("in-data"), definedTags=tags("code"))
    stack.add("Core/instance", "trainer", compartmentId=Ref("in-training"), definedTags=tags("code"))
    rule = "ALL {{instance.compartment.id = '{}'}}"
    stack.add(GROUP, "trainers", name="prod-trainers", matchingRule=Ref("in-training", rule))
    return stack.add(POLICY, "p", compartmentId=Ref("prod"), statements=list(texts), **more)


def flows(stack: Sample, known: bool = True) -> set[str]:
    """Between which resources data can go by statements, and from which to the outside."""
    built = Built(stack, statements, known=known)
    graph = built.graph
    assert graph.compiled().num_nodes() == len(graph.nodes)
    ends = {number: each.name for each in built.resources.values() if (number := graph.number(each.urn)) is not None}
    ends |= {number: node.words for number, node in enumerate(graph.nodes) if node.outside}
    after: dict[int, list[int]] = {}
    for source, target in graph.edges:
        after.setdefault(source, []).append(target)
    found: set[str] = set()
    for start, name in ends.items():
        pending, seen = [start], {start}
        while pending:
            for number in after.get(pending.pop(), ()):
                if number in seen:
                    continue
                seen.add(number)
                if number in ends:
                    found.add(f"{name} → {ends[number]}")
                else:
                    pending.append(number)
    return found
