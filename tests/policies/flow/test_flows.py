"""What can flow, as data: what a change to the stack opens and closes, and nothing else."""

import json

import pytest

from boundary import DataClass
from policies.flow.flows import Flow, as_json, flows_of
from tests.policies.builder import NOW
from tests.policies.flow.kit import Ref, Sample, clean, prover

READS = "allow dynamic-group prod-trainers to read objects in compartment prod-departure"


def found(stack: Sample, known: bool = True) -> set[Flow]:
    return set(flows_of(prover(stack.boundary).graph(stack.plain(known), NOW)).flows)


def ends(flows: set[Flow]) -> set[tuple[str, str, str]]:
    return {(str(each.data_class), each.source, each.target) for each in flows}


@pytest.mark.parametrize("known", [True, False])
def test_of_the_clean_stack_each_class_goes_where_it_is_meant_to_and_no_further(known: bool) -> None:
    trainers, edge = "dynamic group prod-trainers", "load balancer front"
    assert ends(found(clean(), known)) == {
        ("us-user", "bucket us-lake", trainers),
        ("us-user", trainers, "instance trainer"),
        ("us-user", "instance trainer", trainers),
        ("us-user", "instance server", edge),
        ("us-user", edge, "instance server"),
        ("us-user", edge, "gate edge"),
        ("model", "instance trainer", trainers),
        ("model", trainers, "bucket models"),
        ("public", edge, "instance server"),
        ("public", "instance server", edge),
        ("public", edge, "gate edge"),
    }


def test_a_statement_opens_the_flow_that_it_gives_and_what_follows_from_it() -> None:
    stack = clean()
    before = found(stack)
    stack.change("trainers-may", statements=[*stack.resources["trainers-may"].properties["statements"], READS])
    opened = found(stack) - before
    reads = Flow(
        DataClass.NON_US_USER,
        "bucket holding",
        "dynamic group prod-trainers",
        ("statements[3] of policy trainers-may",),
    )
    assert reads in opened
    assert {each.data_class for each in opened} == {DataClass.NON_US_USER}
    assert not before - found(stack)


def test_what_is_taken_away_closes_its_flows() -> None:
    stack = clean()
    before = found(stack)
    stack.change("trainers-may", statements=[])
    assert ends(before - found(stack)) == {
        ("us-user", "bucket us-lake", "dynamic group prod-trainers"),
        ("us-user", "dynamic group prod-trainers", "instance trainer"),
        ("us-user", "instance trainer", "dynamic group prod-trainers"),
        ("model", "instance trainer", "dynamic group prod-trainers"),
        ("model", "dynamic group prod-trainers", "bucket models"),
    }


def test_a_flow_ends_at_the_outside_and_says_by_what() -> None:
    stack = clean().add("ObjectStorage/preauthrequest", "link", bucket=Ref("us-lake"), accessType="AnyObjectRead")
    assert Flow(DataClass.US_USER, "pre-authenticated request link", "whoever has the address", ()) in found(stack)


def test_the_document_has_each_flow_and_holder_once_and_is_the_same_each_time() -> None:
    stack = clean()
    text = as_json(flows_of(prover(stack.boundary).graph(stack.plain(True), NOW)))
    document = json.loads(text)
    assert document["version"] == 1
    assert document["holds"]["us-user"] == ["bucket us-lake", "instance server"]
    assert (document["ends"]["us-user"], document["ends"]["model"]) == (["gate edge"], [])
    assert {tuple(each[:3]) for each in document["flows"]} == ends(found(stack))
    assert text == as_json(flows_of(prover(stack.boundary).graph(stack.plain(True), NOW)))
