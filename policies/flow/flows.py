"""What can flow, as data: each class of data, from one stop to the next, and by what.

A stop is what holds data or passes it on (a bucket, a machine), who may have it (a group), or an end of the proof (a
lane, a gate, the outside). Two exports are compared flow by flow: that is what a change opens and what it closes.
"""

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from boundary import DataClass
from policies.flow.graph import Graph

VERSION = 1


@dataclass(frozen=True, slots=True)
class Flow:
    """Data of a class that can be at one stop can go to the next; `by` is what takes it there, on a shortest way."""

    data_class: DataClass
    source: str
    target: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Flows:
    """Every flow of a stack; what holds each class from the start, and where it is followed no further."""

    holds: Mapping[DataClass, tuple[str, ...]]
    ends: Mapping[DataClass, tuple[str, ...]]
    flows: tuple[Flow, ...]


def flows_of(graph: Graph) -> Flows:
    """Every flow in a graph, the classes in their order and the rest by name. What is named alike counts as one."""
    after: dict[int, list[int]] = defaultdict(list)
    for source, target in graph.edges:
        after[source].append(target)
    holds: dict[DataClass, tuple[str, ...]] = {}
    ends: dict[DataClass, tuple[str, ...]] = {}
    found: dict[tuple[DataClass, str, str], Flow] = {}
    for data_class in DataClass:
        holders = [number for number, node in enumerate(graph.nodes) if data_class in node.holds]
        reached = _reached(graph, after, holders, data_class)
        holds[data_class] = _words(graph, holders)
        ends[data_class] = _words(graph, (each for each in reached if _ends(graph, each, data_class)))
        for number in reached:
            for flow in _onward(graph, after, number, data_class):
                if flow.source != flow.target:
                    found.setdefault((data_class, flow.source, flow.target), flow)
    order = list(DataClass)
    return Flows(
        holds, ends, tuple(found[key] for key in sorted(found, key=lambda key: (order.index(key[0]), *key[1:])))
    )


def as_json(flows: Flows) -> str:
    """The flows as one JSON document, a flow a line."""
    rows = [[str(each.data_class), each.source, each.target, list(each.by)] for each in flows.flows]
    lines = ",\n".join(json.dumps(row) for row in rows)
    holds, ends = (
        json.dumps({str(data_class): stops for data_class, stops in each.items()}) for each in (flows.holds, flows.ends)
    )
    return f'{{"version": {VERSION},\n"holds": {holds},\n"ends": {ends},\n"flows": [\n{lines}\n]}}\n'


def _reached(
    graph: Graph, after: Mapping[int, Sequence[int]], holders: Sequence[int], data_class: DataClass
) -> list[int]:
    """The stops that data of a class can be at."""
    seen = dict.fromkeys(holders)
    pending = deque(holders)
    while pending:
        number = pending.popleft()
        if _ends(graph, number, data_class):
            continue
        for each in after[number]:
            if each not in seen:
                seen[each] = None
                pending.append(each)
    return [each for each in seen if graph.nodes[each].stop]


def _onward(graph: Graph, after: Mapping[int, Sequence[int]], start: int, data_class: DataClass) -> Iterator[Flow]:
    """The flows from one stop to the next ones."""
    pending: deque[tuple[int, tuple[str, ...]]] = deque([] if _ends(graph, start, data_class) else [(start, ())])
    seen = {start}
    while pending:
        number, by = pending.popleft()
        for each in after[number]:
            if each in seen:
                continue
            seen.add(each)
            node = graph.nodes[each]
            if node.stop:
                yield Flow(data_class, graph.nodes[start].words, node.words, by)
            elif not _ends(graph, each, data_class):
                pending.append((each, (*by, node.words) if node.words else by))


def _words(graph: Graph, numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted({graph.nodes[number].words for number in numbers}))


def _ends(graph: Graph, number: int, data_class: DataClass) -> bool:
    """Whether a class is followed no further than here."""
    return graph.nodes[number].outside or data_class in graph.nodes[number].admits
