"""The proof: from all that holds a class of data, everything is followed to where it may be.

One breadth-first search a class, from all its holders at once, over a graph that is built once: a leak is the outside
reached, and its path is a shortest one. A lane that is open to the class, and a gate that admits it, is followed no
further.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import rustworkx as rx
from rustworkx.visit import BFSVisitor, PruneSearch

from boundary import Boundary, DataClass
from policies.core.entries import LookUp
from policies.core.findings import Step
from policies.core.plain import Resource
from policies.core.ruleset import Check
from policies.flow.builders.crossings import crossings
from policies.flow.builders.managed import managed
from policies.flow.builders.network import network
from policies.flow.builders.objects import objects
from policies.flow.builders.references import references
from policies.flow.builders.statements import statements
from policies.flow.graph import Graph, Node
from policies.flow.site import Site
from policies.flow.stack import Stack
from policies.flow.table import load_believed, load_table


@dataclass(frozen=True)
class Leak:
    """A class of data that can be where it may not be: the nodes from its holder to the outside.

    `breaks` are the rule that the last step breaks and the resource that a lane would name, where there is such a rule.
    """

    data_class: DataClass
    nodes: tuple[Node, ...]
    breaks: tuple[str, str] | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The path, as far as it has words."""
        return tuple(node.step for node in self.nodes if node.words)

    @property
    def path(self) -> str:
        """The path in words."""
        return " → ".join(step.words for step in self.steps)

    @property
    def way_out(self) -> tuple[Step, ...]:
        """What takes it out: the steps after the last place that it stops at, or that place where there are none."""
        inside = [node for node in self.nodes if not node.outside]
        last = max((number for number, node in enumerate(inside) if node.stop), default=0)
        after = inside[last + 1 :] if any(node.urn for node in inside[last + 1 :]) else inside[last:]
        return tuple(node.step for node in after if node.urn)

    @property
    def last(self) -> str:
        """The URN of the last resource on the path: what has to be changed, as often as not."""
        return next((node.urn for node in reversed(self.nodes) if node.urn), "")


@dataclass(frozen=True)
class Proof:
    """What was looked at and found; `trusted` names the lanes, gates and changes of class that a path ended at."""

    graph: Graph = field(repr=False)
    leaks: tuple[Leak, ...]
    holders: Mapping[DataClass, int]
    trusted: Mapping[DataClass, tuple[str, ...]]

    @property
    def holds(self) -> bool:
        """Whether no class of data can leave but by what is open to it."""
        return not self.leaks


class Prover:
    """Proves stacks inside a boundary, given what the catalogue knows of types."""

    def __init__(self, boundary: Boundary, look_up: LookUp, checks: Mapping[str, Check]) -> None:
        self._boundary, self._look_up, self._checks = boundary, look_up, checks

    def prove(self, resources: Sequence[Resource], now: datetime) -> Proof:
        """The proof for a stack at a moment."""
        with _without_collecting():
            return search(self.graph(resources, now))

    def graph(self, resources: Sequence[Resource], now: datetime) -> Graph:
        """Everything along which data can go in a stack."""
        site = Site(Graph(), Stack(resources, load_table()), self._boundary, load_believed(), now)
        for build in (references, network, statements, objects, managed):
            build(site)
        crossings(site, self._look_up, self._checks)
        return site.graph


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keeps the garbage collector from walking a million objects again and again that all live until the proof ends."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def prove(resources: Sequence[Resource], boundary: Boundary, clock: Callable[[], datetime]) -> Proof:
    """The proof for a stack, by the pack's own catalogue.

    Raises:
        BoundaryError: the catalogue can't be used.
    """
    # The rules import this module; the catalogue and its checks are only needed where nobody hands them in.
    from policies.catalogue import load_catalogue
    from policies.rules.values import checks

    return Prover(boundary, load_catalogue(boundary).look_up, checks(boundary)).prove(resources, clock())


def search(graph: Graph) -> Proof:
    """Follows each class of data through a graph."""
    compiled = graph.compiled()
    # The library takes one start after the other: one node before them all makes it one search, and paths shortest.
    first = compiled.add_node(Node(""))
    # Only what can reach the outside, or a gate before it, is worth following.
    ends = [number for number, node in enumerate(graph.nodes) if node.outside]
    world = compiled.add_node(Node(""))
    compiled.add_edges_from_no_data([(end, world) for end in ends])
    leading_out = rx.ancestors(compiled, world)
    leaks: list[Leak] = []
    holders: dict[DataClass, int] = {}
    trusted: dict[DataClass, tuple[str, ...]] = {}
    for data_class in DataClass:
        held = [number for number, node in enumerate(graph.nodes) if data_class in node.holds]
        holders[data_class] = len(held)
        visitor = _Following(graph, data_class, leading_out | {first})
        compiled.add_edges_from_no_data([(first, start) for start in held])
        rx.digraph_bfs_search(compiled, [first], visitor)
        compiled.remove_edges_from([(first, start) for start in held])
        leaks += [
            Leak(data_class, visitor.path_over(*edge), graph.breaks.get(edge)) for edge in visitor.crossed.values()
        ]
        trusted[data_class] = tuple(sorted(visitor.trusted))
    return Proof(graph, tuple(leaks), holders, trusted)


class _Following(BFSVisitor):
    """Follows one class: how each node was reached first, and each edge over which the outside was."""

    def __init__(self, graph: Graph, data_class: DataClass, leading_out: set[int]) -> None:
        self._graph, self._class, self._leading_out = graph, data_class, leading_out
        self._from: dict[int, int] = {}
        # The first edge for each step to the outside, in words: several machines behind one gateway are one leak.
        self.crossed: dict[tuple[str, str], tuple[int, int]] = {}
        self.trusted: set[str] = set()

    def discover_vertex(self, number: int) -> None:
        if number not in self._leading_out:
            raise PruneSearch
        if number >= len(self._graph.nodes):
            return
        node = self._graph.nodes[number]
        if self._class in node.admits:
            if node.words:
                self.trusted.add(node.words)
            raise PruneSearch
        if node.outside:
            raise PruneSearch

    def tree_edge(self, edge: tuple[int, int, None]) -> None:
        source, target, _ = edge
        if source < len(self._graph.nodes):
            self._from[target] = source
            self._cross(source, target)

    def non_tree_edge(self, edge: tuple[int, int, None]) -> None:
        self._cross(edge[0], edge[1])

    def _cross(self, source: int, target: int) -> None:
        nodes = self._graph.nodes
        if nodes[target].outside:
            self.crossed.setdefault((nodes[source].words, nodes[target].words), (source, target))

    def path_over(self, last: int, end: int) -> tuple[Node, ...]:
        """The nodes from a holder to the outside over one edge."""
        numbers = [end, last]
        while numbers[-1] in self._from:
            numbers.append(self._from[numbers[-1]])
        return tuple(self._graph.nodes[number] for number in reversed(numbers))
