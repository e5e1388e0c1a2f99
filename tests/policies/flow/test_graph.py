"""The graph: what has a key is in it once, and so is each edge."""

from boundary import DataClass
from policies.core.findings import Step
from policies.flow.graph import EVERYTHING, NOTHING, Graph, Node


def test_a_node_with_a_key_is_made_once() -> None:
    graph = Graph()
    assert graph.number("a") is None
    assert [graph.node("a", Node("one")), graph.node("b", Node("two")), graph.node("a", Node("three"))] == [0, 1, 0]
    assert (graph.number("a"), graph.number("b"), graph.number("c")) == (0, 1, None)
    assert [node.words for node in graph.nodes] == ["one", "two"]


def test_a_node_holds_nothing_and_lets_everything_pass_unless_it_says_so() -> None:
    node = Node("a bucket")
    assert (node.holds, node.admits) == (NOTHING, NOTHING) == (frozenset(), frozenset())
    assert not node.outside
    assert not node.stop
    assert frozenset(DataClass) == EVERYTHING


def test_a_node_is_a_step_of_its_resource_and_argument() -> None:
    assert Node("a route", urn="urn:table", path="routeRules[0]").step == Step("a route", "urn:table", "routeRules[0]")


def test_the_outside_is_one_place_for_each_word_of_it_where_data_stops() -> None:
    graph = Graph()
    internet, abroad = graph.outside("internet"), graph.outside("region eu-frankfurt-1")
    assert internet != abroad
    assert graph.outside("internet") == internet == graph.number(("outside", "internet"))
    assert graph.nodes[internet] == Node("internet", outside=True, stop=True)


def test_an_edge_is_there_once_in_the_order_of_finding_and_none_leads_from_a_node_to_itself() -> None:
    graph = Graph()
    numbers = [graph.node(key, Node(key)) for key in "abc"]
    graph.edge(2, 1)
    graph.chain(*numbers)
    graph.edge(2, 1)
    graph.edge(1, 1)
    assert graph.edges == [(2, 1), (0, 1), (1, 2)]


def test_the_library_gets_each_node_under_its_number_and_each_edge() -> None:
    graph = Graph()
    graph.chain(*(graph.node(key, Node(key)) for key in "ab"))
    compiled = graph.compiled()
    assert compiled.nodes() == graph.nodes
    assert list(compiled.edge_list()) == [(0, 1)]
