"""How the flow proof grows with a stack: many systems alike, each with its network, its data and its statements."""

import gc
import time
from dataclasses import dataclass

from policies.core import Resource
from policies.flow import Prover
from tests.policies.builder import NOW, boundary, urn
from tests.policies.flow.kit import clean, prover

SIZES = (1_000, 10_000, 50_000)


@dataclass(frozen=True)
class FlowGrowth:
    """The figures of one size; seconds of one processor, for a whole proof with its graph."""

    resources: int
    nodes: int
    edges: int
    seconds: float
    leaks: int


def grow_flow(sizes: tuple[int, ...] = SIZES) -> list[FlowGrowth]:
    """Proves stacks of these sizes, with a leak in the last of their systems."""
    judge = prover(boundary())
    return [_measured(judge, many(size)) for size in sizes]


def many(size: int) -> list[Resource]:
    """A stack of about so many resources: copies of the tests' clean stack, with machines by the hundred in each."""
    found: list[Resource] = []
    while len(found) < size:
        found += _copy(len(found), min(100, size - len(found)), leaks=len(found) + 150 >= size)
    return found


def _copy(number: int, machines: int, leaks: bool) -> list[Resource]:
    stack = clean()
    for at in range(machines):
        stack.add("Core/instance", f"trainer-{at}", **stack.resources["trainer"].properties)
    stack.change("prod", name=f"prod-{number}")
    for system in ("data", "training"):
        stack.change(f"in-{system}", name=f"prod-{system}-{number}")
    stack.change("trainers", name=f"prod-trainers-{number}")
    texts = stack.resources["trainers-may"].properties["statements"]
    stack.change("trainers-may", statements=[_numbered(text, number) for text in texts])
    stack.change("us-lake", name=f"prod-us-lake-{number}", accessType="ObjectRead" if leaks else "NoPublicAccess")
    return [_renamed(each, f"-{number}") for each in stack.plain(known=False)]


def _numbered(text: str, number: int) -> str:
    return text.replace("prod-trainers", f"prod-trainers-{number}").replace("prod-data", f"prod-data-{number}")


def _renamed(resource: Resource, end: str) -> Resource:
    depends = {name: tuple(each + end for each in urns) for name, urns in resource.property_dependencies.items()}
    name = resource.name + end
    return Resource(urn(resource.type, name), resource.type, name, resource.properties, property_dependencies=depends)


def _measured(judge: Prover, resources: list[Resource]) -> FlowGrowth:
    gc.collect()
    started = time.process_time()
    proof = judge.prove(resources, NOW)
    seconds = time.process_time() - started
    return FlowGrowth(len(resources), len(proof.graph.nodes), len(proof.graph.edges), seconds, len(proof.leaks))
