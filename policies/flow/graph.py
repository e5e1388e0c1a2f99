"""The graph: nodes with what the proof must know of them, and edges along which data can go.

It is filled by the builders and handed to rustworkx once. A node with a key is made once, whoever asks for it.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import rustworkx as rx

from boundary import DataClass
from policies.core.findings import Step

NOTHING: Final[frozenset[DataClass]] = frozenset()
EVERYTHING: Final[frozenset[DataClass]] = frozenset(DataClass)


@dataclass(frozen=True, slots=True)
class Node:
    """One place that data can be in or pass through.

    `holds` are the classes that it holds by itself, `admits` those that may pass it and are followed no further (an
    open lane, a gate, a change of class). An `outside` node is where no data may be. A node without words isn't shown.
    `urn` is the resource that it stands for or belongs to, `system` that resource's; `path` is the argument that it is,
    and `text` a statement's. A `stop` is what data is said to be in, or who is said to have it; between two stops is
    only what takes it there.
    """

    words: str
    holds: frozenset[DataClass] = NOTHING
    admits: frozenset[DataClass] = NOTHING
    outside: bool = False
    urn: str = ""
    system: str = ""
    stop: bool = False
    path: str = ""
    text: str = ""

    @property
    def step(self) -> Step:
        """The node as a step of a path."""
        return Step(self.words, self.urn, self.path)


class Graph:
    """Nodes by number, and the edges between them."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._numbers: dict[Hashable, int] = {}
        self._edges: dict[tuple[int, int], None] = {}
        # By edge to the outside: the rule that it breaks and the resource, from which a lane could except it.
        self.breaks: dict[tuple[int, int], tuple[str, str]] = {}

    def node(self, key: Hashable, node: Node) -> int:
        """The number of the node with a key, which is this one unless there is one already."""
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.nodes)
            self.nodes.append(node)
        return number

    def number(self, key: Hashable) -> int | None:
        """The number of the node with a key, if there is one."""
        return self._numbers.get(key)

    def outside(self, words: str) -> int:
        """A place outside the boundary."""
        return self.node(("outside", words), Node(words, outside=True, stop=True))

    def edge(self, source: int, target: int) -> None:
        """Data can go from one to the other."""
        if source != target:
            self._edges[source, target] = None

    def chain(self, *numbers: int) -> None:
        """Data can go from each to the next."""
        for source, target in pairwise(numbers):
            self.edge(source, target)

    @property
    def edges(self) -> list[tuple[int, int]]:
        """Every edge, in the order in which they were found."""
        return list(self._edges)

    def compiled(self) -> "rx.PyDiGraph[Node, None]":
        """The same for the library; a node's index there is its number here."""
        graph: rx.PyDiGraph[Node, None] = rx.PyDiGraph()
        graph.add_nodes_from(self.nodes)
        graph.add_edges_from_no_data(self.edges)
        return graph
