"""The flows of small graphs: from each stop to the next, by what takes data there."""

import json

import pytest

from boundary import DataClass
from policies.flow.flows import VERSION, Flow, Flows, as_json, flows_of
from policies.flow.graph import NOTHING, Graph, Node

MODEL, CODE = frozenset({DataClass.MODEL}), frozenset({DataClass.CODE})
USERS = frozenset({DataClass.US_USER})


def stop(words: str, holds: frozenset[DataClass] = NOTHING, admits: frozenset[DataClass] = NOTHING) -> Node:
    return Node(words, holds=holds, admits=admits, stop=True)


def flows(*chains: list[Node]) -> Flows:
    """The flows along these chains; a node is the same wherever it stands."""
    graph = Graph()
    for chain in chains:
        graph.chain(*(graph.node(id(node), node) for node in chain))
    return flows_of(graph)


def of(found: Flows) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(str(each.data_class), each.source, each.target, each.by) for each in found.flows]


LAKE, STORE, END = stop("lake", MODEL), stop("store"), stop("end")


def test_a_flow_leads_from_stop_to_stop_by_the_words_between() -> None:
    found = flows([LAKE, Node("route"), Node(""), Node("gate"), STORE, END])
    assert found.flows == (
        Flow(DataClass.MODEL, "lake", "store", ("route", "gate")),
        Flow(DataClass.MODEL, "store", "end", ()),
    )
    assert found.holds == {each: ("lake",) if each is DataClass.MODEL else () for each in DataClass}
    assert found.ends == dict.fromkeys(DataClass, ())


def test_of_two_ways_the_shorter_is_told() -> None:
    assert of(flows([LAKE, Node("a"), Node("b"), STORE], [LAKE, Node("c"), STORE])) == [
        ("model", "lake", "store", ("c",))
    ]


def test_what_is_named_alike_is_one_and_hands_nothing_to_itself() -> None:
    twin = stop("lake")
    found = flows([LAKE, twin, STORE], [LAKE, Node("route"), STORE])
    assert of(found) == [("model", "lake", "store", ("route",))]
    assert flows([LAKE, STORE], [stop("lake", MODEL), STORE]).holds[DataClass.MODEL] == ("lake",)


# Else a search without an end would take a quarter of an hour to fail.
@pytest.mark.timeout(10)
def test_circles_end() -> None:
    a, b = Node("a"), Node("b")
    assert of(flows([LAKE, a, b, a], [b, STORE, LAKE])) == [
        ("model", "lake", "store", ("a", "b")),
        ("model", "store", "lake", ()),
    ]


def test_a_class_is_followed_no_further_than_where_it_is_let_out_or_becomes_another() -> None:
    gate, outside = stop("gate", admits=MODEL), Node("outside", outside=True, stop=True)
    becomes = Node("", admits=MODEL)
    found = flows([LAKE, gate, STORE, END], [LAKE, becomes, STORE], [LAKE, outside, STORE])
    assert of(found) == [("model", "lake", "gate", ()), ("model", "lake", "outside", ())]
    assert found.ends[DataClass.MODEL] == ("gate", "outside")
    others = flows([stop("repository", CODE), gate, END], [stop("repository", CODE), becomes, STORE])
    assert of(others) == [
        ("code", "gate", "end", ()),
        ("code", "repository", "gate", ()),
        ("code", "repository", "store", ()),
    ]
    assert others.ends[DataClass.CODE] == ()


def test_what_admits_a_class_that_it_holds_hands_it_to_nobody() -> None:
    assert flows([stop("lane", MODEL, MODEL), STORE]).flows == ()


def test_what_is_no_stop_has_no_flow_of_its_own_though_it_holds_data() -> None:
    found = flows([Node("card", holds=MODEL), STORE, END])
    assert of(found) == [("model", "store", "end", ())]
    assert found.holds[DataClass.MODEL] == ("card",)


def test_flows_stand_in_the_order_of_classes_and_then_of_names() -> None:
    b, a, users = stop("b", MODEL | USERS), stop("a", MODEL), stop("z", USERS)
    assert [each[:3] for each in of(flows([b, users, a], [b, a, users]))] == [
        ("us-user", "a", "z"),
        ("us-user", "b", "a"),
        ("us-user", "b", "z"),
        ("us-user", "z", "a"),
        ("model", "a", "z"),
        ("model", "b", "a"),
        ("model", "b", "z"),
        ("model", "z", "a"),
    ]


def test_the_document_has_a_flow_a_line() -> None:
    gate = stop("gate", admits=USERS)
    text = as_json(flows([stop("lake", MODEL | USERS), Node("route"), gate]))
    assert VERSION == 1
    assert json.loads(text) == {
        "version": 1,
        "holds": {str(each): ["lake"] if each in MODEL | USERS else [] for each in DataClass},
        "ends": {str(each): ["gate"] if each in USERS else [] for each in DataClass},
        "flows": [["us-user", "lake", "gate", ["route"]], ["model", "lake", "gate", ["route"]]],
    }
    assert text.splitlines()[-3:] == [
        '["us-user", "lake", "gate", ["route"]],',
        '["model", "lake", "gate", ["route"]]',
        "]}",
    ]
