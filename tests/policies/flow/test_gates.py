"""What is a gate: the edge's own balancer, in a compartment of the edge, by a component of the edge."""

from dataclasses import replace
from typing import Any

import pytest

from policies.core import UNKNOWN, Plain, Resource
from policies.flow.gates import Gates
from policies.flow.stack import Stack
from policies.flow.table import load_table
from tests.policies.builder import OURS
from tests.policies.flow.kit import Ref, Sample, tags

IN_EDGE, IN_SERVING = "ocid1.compartment.oc1.iad.in-edge", "ocid1.compartment.oc1.iad.in-serving"
EDGE, SERVING, OTHERS = "stateside:edge:Edge", "stateside:serving:Serving", "elses:edge:Edge"


def stack(**front: Any) -> Sample:
    """A balancer of the edge in the edge's compartment, beside that of serving."""
    sample = Sample()
    for system in ("Edge", "serving"):
        sample.add("Identity/compartment", f"in-{system.lower()}", compartmentId=OURS, name=f"prod-{system}")
    sample.add("LoadBalancer/loadBalancer", "front", compartmentId=Ref("in-edge"), definedTags=tags("public", "edge"))
    return sample.change("front", **front)


def gate(sample: Sample, *, below: str = "", beside: str = "") -> str:
    """The gate that `front` is, declared below components of these types, with the first compartment below others."""
    resources = [
        _below(each, {"front": below, "in-edge": beside}.get(each.name, "")) for each in sample.plain(known=True)
    ]
    front = next(each for each in resources if each.name == "front")
    found = Gates(Stack(resources, load_table())).of(front)
    return found.name if found else ""


def _below(resource: Resource, types: str) -> Resource:
    return replace(resource, urn=resource.urn.replace("oci:", f"{types}$oci:", 1)) if types else resource


def test_the_edges_balancer_in_its_compartment_is_the_gate_where_the_stack_has_no_components() -> None:
    assert gate(stack()) == "edge"
    assert gate(stack(), below=OTHERS) == "edge"
    sample = stack()
    sample.resources["front"].kind = "NetworkLoadBalancer/networkLoadBalancer"
    assert gate(sample) == "edge"


@pytest.mark.parametrize("system", ["serving", "edges", ""])
def test_a_balancer_of_another_system_is_none(system: str) -> None:
    assert gate(stack(definedTags=tags("public", system))) == ""


def test_what_is_no_balancer_is_none() -> None:
    sample = stack()
    sample.resources["front"].kind = "Core/instance"
    assert gate(sample) == ""


@pytest.mark.parametrize(
    "compartment", [IN_SERVING, "ocid1.compartment.oc1..undeclared", UNKNOWN, [IN_EDGE, IN_SERVING]]
)
def test_one_that_may_lie_outside_the_edges_compartment_is_none(compartment: Plain) -> None:
    assert gate(stack(compartmentId=compartment)) == ""


@pytest.mark.parametrize("name", ["edge-prod", "prod-edges", "prod-knowledge", UNKNOWN])
def test_a_compartment_is_the_edges_by_the_end_of_its_name(name: Plain) -> None:
    sample = stack()
    sample.change("in-edge", name=name)
    assert gate(sample) == ""


def test_where_the_stack_has_components_one_of_the_edge_must_declare_it() -> None:
    assert gate(stack(), below=EDGE) == gate(stack(), below=EDGE, beside=SERVING) == "edge"
    assert gate(stack(), beside=SERVING) == gate(stack(), below=OTHERS, beside=SERVING) == ""
    assert gate(stack(), below=SERVING) == gate(stack(), below="stateside:edges:Edges") == ""
    assert gate(stack(), below=f"{OTHERS}${EDGE}", beside=EDGE) == ""
