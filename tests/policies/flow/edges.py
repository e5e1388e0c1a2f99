"""What one part of the proof makes of a stack under test, as edges in words."""

from collections.abc import Callable

from policies.flow.graph import Graph, Node
from policies.flow.site import Site
from policies.flow.stack import Stack
from policies.flow.table import load_believed, load_table
from tests.policies.builder import NOW
from tests.policies.flow.kit import Sample


class Built:
    """A graph under construction for a stack, and its edges in words."""

    def __init__(self, stack: Sample, *builders: Callable[[Site], object], known: bool = True) -> None:
        resources = stack.plain(known)
        self.site = Site(Graph(), Stack(resources, load_table()), stack.boundary, load_believed(), NOW)
        self.resources = {each.name: self.site.stack.by_urn[each.urn] for each in resources}
        for build in builders:
            build(self.site)

    @property
    def graph(self) -> Graph:
        """The graph."""
        return self.site.graph

    @property
    def edges(self) -> set[str]:
        """Every edge: `bucket lake → request link`."""
        return {f"{called(self.graph.nodes[a])} → {called(self.graph.nodes[b])}" for a, b in self.graph.edges}

    def node(self, words: str) -> Node:
        """The one node that is called so."""
        (found,) = (each for each in self.graph.nodes if called(each) == words)
        return found

    @property
    def breaks(self) -> dict[str, tuple[str, str]]:
        """The rule and the resource, by the edge that breaks it."""
        nodes = self.graph.nodes
        return {f"{called(nodes[a])} → {called(nodes[b])}": found for (a, b), found in self.graph.breaks.items()}


def called(node: Node) -> str:
    """A node's words; where it has none, its resource's name in brackets."""
    return node.words or f"({node.urn.rpartition('::')[2]})"
