"""What the proof saw, drawn: a leak from its holder to the outside, and who hands data to whom by system."""

from boundary import DataClass
from policies.flow import Leak
from policies.flow.graph import Graph, Node
from policies.flow.picture import picture_of_leak, picture_of_systems


def drawn(nodes: dict[str, Node], *edges: str) -> list[str]:
    """The picture of a graph; an edge is written `a b`."""
    graph = Graph()
    for name, node in nodes.items():
        graph.node(name, node)
    numbers = {name: number for number, name in enumerate(nodes)}
    for edge in edges:
        graph.chain(*(numbers[name] for name in edge.split()))
    return picture_of_systems(graph).splitlines()


def of(system: str) -> Node:
    return Node(f"something of {system}", system=system)


BETWEEN = Node("between")
INTERNET = Node("internet", outside=True)


def test_a_leak_is_drawn_without_what_has_no_words_and_its_end_is_marked() -> None:
    nodes = (Node('a "b"'), Node(""), Node("c"), Node('the "internet"', outside=True))
    assert picture_of_leak(Leak(DataClass.MODEL, nodes)).splitlines() == [
        "flowchart LR",
        "  n0[\"a 'b'\"]",
        '  n1["c"]',
        "  n2((\"the 'internet'\"))",
        "  n0 --> n1",
        "  n1 --> n2",
        "  style n2 stroke:#c00,stroke-width:3px",
    ]


def test_systems_are_joined_over_what_belongs_to_none() -> None:
    # A node's words may be those of a system.
    nodes = {"a": of("data"), "x": BETWEEN, "y": Node("data"), "b": of("serving"), "out": INTERNET}
    assert drawn(nodes, "a x y b", "b out") == [
        "flowchart LR",
        '  s0["data"]',
        '  s1(("internet"))',
        '  s2["serving"]',
        "  s0 -- 1 --> s2",
        "  s2 -- 1 --> s1",
    ]


def test_an_arrow_has_the_number_of_ends_that_it_leads_to() -> None:
    nodes = {"a": of("data"), "a2": of("data"), "x": BETWEEN, "b": of("serving"), "b2": of("serving")}
    # However many ways there are to one end, it counts once; and what one system hands to itself isn't drawn.
    edges = ("a b", "a x b", "a2 x b2", "a2 b", "a a2")
    assert drawn(nodes, *edges)[-1] == "  s0 -- 2 --> s1"
    assert len(drawn(nodes, *edges)) == 4


def test_nothing_is_followed_beyond_the_next_system_or_the_outside() -> None:
    nodes = {"a": of("data"), "b": of("serving"), "c": of("edge"), "out": INTERNET, "d": of("training")}
    assert drawn(nodes, "a b c", "a out d") == [
        "flowchart LR",
        '  s0["data"]',
        '  s1["edge"]',
        '  s2(("internet"))',
        '  s3["serving"]',
        "  s0 -- 1 --> s2",
        "  s0 -- 1 --> s3",
        "  s3 -- 1 --> s1",
    ]


def test_a_circle_of_what_belongs_to_no_system_ends() -> None:
    nodes = {"a": of("data"), "x": BETWEEN, "y": BETWEEN, "b": of("serving")}
    assert drawn(nodes, "a x y x", "y b")[-1] == "  s0 -- 1 --> s1"


def test_a_stack_without_systems_is_an_empty_picture() -> None:
    assert drawn({"x": BETWEEN, "out": INTERNET}, "x out") == ["flowchart LR"]
