"""What every builder works on: the graph being built, the stack it is built from, and the ways out of the boundary."""

from dataclasses import dataclass, field
from datetime import datetime

from boundary import Boundary, DataClass, Direction
from policies.core.lanes import Lanes, short_name
from policies.core.plain import Resource
from policies.flow.graph import NOTHING, Graph, Node
from policies.flow.stack import Stack
from policies.flow.table import Believed
from policies.flow.values import kind_of


@dataclass(frozen=True)
class Site:
    """A graph under construction."""

    graph: Graph
    stack: Stack
    boundary: Boundary
    believed: Believed
    now: datetime
    _lanes: Lanes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_lanes", Lanes(self.boundary.lanes, self.boundary.addresses.environments))

    def of(self, resource: Resource) -> int:
        """The node of a resource."""
        number = self.graph.number(resource.urn)
        if number is not None:
            return number
        return self.graph.node(
            resource.urn,
            Node(
                self.stack.words(resource),
                holds=self.stack.classes(resource),
                urn=resource.urn,
                system=self.stack.system(resource),
                stop=True,
            ),
        )

    def written(self, resource: Resource) -> int:
        """Where what is written to a resource arrives: before a store stands what a class is believed to become."""
        changes = self._becomes(resource)
        if not changes:
            return self.of(resource)
        number = self.graph.node(("written", resource.urn), Node("", admits=changes, urn=resource.urn))
        self.graph.edge(number, self.of(resource))
        return number

    def leave(self, source: int, resource: Resource, rule: str, words: str) -> None:
        """Data can go from a node to the outside, by what a resource does against a rule; a lane may stand between."""
        breaks = (rule, short_name(resource))
        lane = self._lanes.of(rule, resource)
        outside = self.graph.outside(words)
        if lane is None:
            self.graph.edge(source, outside)
            self.graph.breaks[source, outside] = breaks
            return
        admits = lane.data_classes if lane.is_open(self.now) and lane.direction is Direction.OUT else NOTHING
        system = self.stack.system(resource)
        gate = Node(f"lane {lane.name}", admits=admits, urn=resource.urn, system=system, stop=True)
        number = self.graph.node(("lane", lane.name), gate)
        self.graph.chain(source, number, outside)
        self.graph.breaks[number, outside] = breaks

    def _becomes(self, resource: Resource) -> frozenset[DataClass]:
        kind, table = kind_of(resource), self.stack.table
        held = self.stack.classes(resource) if kind in table.stores else NOTHING
        if kind in table.records:
            held = frozenset({DataClass.OPERATIONAL})
        system = self.stack.system(resource)
        return frozenset(
            source
            for change in self.believed.changes
            if held == {change.target} and change.system in ("", system)
            for source in change.sources - held
        )
