"""The search: which classes reach the outside, over which path, and what stands in the way; and what a leak says."""

import gc

import pytest

from boundary import DataClass
from policies.core.findings import Step
from policies.flow import Leak, Proof, Prover, prove
from policies.flow.graph import Graph, Node
from policies.flow.proof import search
from tests.policies.builder import NOW, boundary
from tests.policies.flow.kit import Ref, clean, tags

MODEL, CODE = DataClass.MODEL, DataClass.CODE


def holder(words: str, *classes: DataClass) -> Node:
    return Node(words, holds=frozenset(classes))


def gate(words: str, *classes: DataClass) -> Node:
    return Node(words, admits=frozenset(classes))


OUT = Node("out", outside=True)


def searched(nodes: list[Node], *edges: str) -> Proof:
    """What is found in a graph of nodes without equal words; an edge is written `a b`."""
    graph = Graph()
    for node in nodes:
        graph.node(node.words, node)
    for edge in edges:
        numbers = [graph.number(words) for words in edge.split()]
        graph.chain(*(number for number in numbers if number is not None))
    return search(graph)


def paths(proof: Proof) -> list[str]:
    return [f"{leak.data_class}: {leak.path}" for leak in proof.leaks]


def test_a_leak_is_the_shortest_path_of_a_class_to_the_outside() -> None:
    nodes = [holder("far", MODEL), holder("near", MODEL, CODE), Node("a"), Node("b"), OUT]
    proof = searched(nodes, "far a b out", "near b")
    assert paths(proof) == ["code: near → b → out", "model: near → b → out"]
    assert {each: count for each, count in proof.holders.items() if count} == {MODEL: 2, CODE: 1}
    assert not proof.holds
    assert set(proof.trusted.values()) == {()}


@pytest.mark.parametrize("first", [0, 1])
def test_a_shortcut_to_what_is_held_is_taken_whatever_comes_first(first: int) -> None:
    nodes = [holder("lake", MODEL), Node("a"), Node("b"), OUT]
    edges = ["lake a b out", "lake b"]
    assert paths(searched(nodes, edges[first], edges[1 - first])) == ["model: lake → b → out"]


def test_what_leads_nowhere_or_holds_nothing_is_no_leak() -> None:
    proof = searched([holder("lake", MODEL), Node("dead end"), Node("elsewhere"), OUT], "elsewhere out")
    assert (paths(proof), proof.holds) == ([], True)
    assert searched([holder("lake", MODEL), Node("a"), OUT], "out a lake").holds


def test_each_way_to_the_outside_is_one_leak_by_its_words() -> None:
    graph = Graph()
    lake = graph.node("lake", holder("lake", MODEL))
    twins = [graph.node(number, Node("machine")) for number in range(2)]
    other = graph.node("other", Node("other"))
    out, away = graph.outside("out"), graph.outside("away")
    for each in (*twins, other):
        graph.chain(lake, each, out)
    graph.edge(other, away)
    assert sorted(paths(search(graph))) == [
        "model: lake → machine → out",
        "model: lake → other → away",
        "model: lake → other → out",
    ]


def test_a_holder_beside_the_outside_is_a_leak_and_one_outside_is_none() -> None:
    assert paths(searched([holder("lake", MODEL), OUT], "lake out")) == ["model: lake → out"]
    theirs = Node("theirs", holds=frozenset({MODEL}), outside=True)
    assert searched([theirs, OUT, Node("a")], "theirs a out").holds


def test_nothing_is_followed_beyond_the_outside() -> None:
    away = Node("away", outside=True)
    assert paths(searched([holder("lake", MODEL), OUT, Node("a"), away], "lake out a away")) == ["model: lake → out"]


def test_what_admits_a_class_ends_its_path_and_is_trusted() -> None:
    proof = searched([holder("lake", MODEL, CODE), gate("lane", MODEL), OUT], "lake lane out")
    assert paths(proof) == ["code: lake → lane → out"]
    assert {each: named for each, named in proof.trusted.items() if named} == {MODEL: ("lane",)}


def test_what_leads_to_no_outside_is_not_leaned_on_and_what_has_no_words_is_not_named() -> None:
    assert set(searched([holder("lake", MODEL), gate("lane", MODEL)], "lake lane").trusted.values()) == {()}
    graph = Graph()
    change = graph.node("change", Node("", admits=frozenset({MODEL})))
    graph.chain(graph.node("lake", holder("lake", MODEL)), change, graph.outside("out"))
    proof = search(graph)
    assert (proof.holds, set(proof.trusted.values())) == (True, {()})


def test_a_leak_knows_the_rule_that_its_last_step_breaks() -> None:
    graph = Graph()
    lake, out = graph.node("lake", holder("lake", MODEL)), graph.outside("out")
    graph.edge(lake, out)
    assert [leak.breaks for leak in search(graph).leaks] == [None]
    graph.breaks[lake, out] = ("exposure", "it")
    assert [leak.breaks for leak in search(graph).leaks] == [("exposure", "it")]


def leak(*nodes: Node) -> Leak:
    return Leak(MODEL, (*nodes, OUT))


def test_a_path_is_of_what_has_words() -> None:
    found = leak(
        Node("lake", urn="urn:lake"), Node("", urn="urn:no"), Node("s", urn="urn:policy", path="statements[0]")
    )
    assert found.path == "lake → s → out"
    assert found.steps == (Step("lake", "urn:lake"), Step("s", "urn:policy", "statements[0]"), Step("out"))


def test_the_last_resource_of_a_path_is_the_one_nearest_to_its_end() -> None:
    assert leak(Node("a", urn="urn:a"), Node("b", urn="urn:b"), Node("c")).last == "urn:b"
    assert leak(Node("c")).last == ""


@pytest.mark.parametrize(
    ("nodes", "way"),
    [
        # A capital is a stop, a letter in brackets has no resource.
        ("A b c", "b c"),
        ("A B c d", "c d"),
        ("A b (c)", "b"),
        # After the last stop comes nothing, or nothing with a resource.
        ("a B", "B"),
        ("A b C", "C"),
        ("A B (c)", "B"),
        # Without a stop, all but the first.
        ("a b c", "b c"),
        ("a", "a"),
    ],
)
def test_the_way_out_is_what_comes_after_the_last_stop_or_that_stop(nodes: str, way: str) -> None:
    shown = [
        Node(word.strip("()"), urn="" if word.startswith("(") else word, stop=word.isupper()) for word in nodes.split()
    ]
    beyond = Node("beyond", outside=True, stop=True, urn="urn:beyond")
    assert " ".join(step.words for step in Leak(MODEL, (*shown, beyond)).way_out) == way


def test_a_proof_is_shown_without_its_graph() -> None:
    assert "graph" not in repr(searched([OUT]))


@pytest.mark.parametrize(
    "words",
    [
        "thing referring → bucket models",
        "subnet edge → security rule viewers-in",
        "dynamic group prod-trainers → instance trainer",
        "pre-authenticated request link → whoever has the address",
        "default networking of the session → internet",
        "argument accessType → whoever has the address",
    ],
)
def test_every_part_of_the_graph_is_built(words: str) -> None:
    stack = clean()
    stack.add("Any/thing", "referring", bucket=Ref("models"))
    stack.add("ObjectStorage/preauthrequest", "link", bucket=Ref("models"), accessType="ObjectRead")
    stack.add("DataScience/notebookSession", "session", definedTags=tags("code"))
    stack.change("models", accessType="ObjectRead")
    graph = stack.prove().graph
    assert words in {f"{graph.nodes[a].words} → {graph.nodes[b].words}" for a, b in graph.edges}


def test_a_proof_by_the_packs_own_catalogue_is_the_same() -> None:
    stack = clean().add("ObjectStorage/preauthrequest", "link", bucket=Ref("us-lake"), accessType="ObjectRead")
    own = prove(stack.plain(known=True), stack.boundary, lambda: NOW)
    assert paths(own) == stack.leaks() != []


def test_the_garbage_collector_rests_during_a_proof_and_is_as_it_was_after_it() -> None:
    seen: list[bool] = []

    def look_up(_: str) -> None:
        seen.append(gc.isenabled())

    for was_on in (True, False):
        (gc.enable if was_on else gc.disable)()
        try:
            Prover(boundary(), look_up, {}).prove(clean().plain(known=True), NOW)
            assert gc.isenabled() is was_on
        finally:
            gc.enable()
    assert set(seen) == {False}
