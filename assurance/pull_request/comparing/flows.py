"""What can flow that couldn't before, and what no longer can, from two exports of the flow proof."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assurance.pull_request.comparing.lists import listed, name, names
from assurance.pull_request.report import Flow, FlowChange, FlowRank, Listed, Reach
from boundary import BoundaryError, DataClass

_VERSION = 1
_MOST_FLOWS, _MOST_STOPS, _MOST_STEPS = 300, 50, 60

Way = tuple[DataClass, str, str]
Steps = tuple[str, ...]


@dataclass(frozen=True)
class Flows:
    """The flows of one stack: by class and both stops what takes data on; what holds each class, where it can be, and
    where it is followed no further."""

    by: Mapping[Way, Steps]
    holds: Mapping[DataClass, frozenset[str]]
    reached: Mapping[DataClass, frozenset[str]]
    ends: Mapping[DataClass, frozenset[str]]


def read_flows(document: Mapping[str, Any]) -> Flows:
    """The flows in a document that `python -m policies.check --flows` wrote.

    Raises:
        BoundaryError: it has another form.
    """
    if document.get("version") != _VERSION:
        raise BoundaryError(
            "the flows have a version that isn't known; write them anew with `python -m policies.check`"
        )
    by = {(DataClass(kind), source, target): tuple(steps) for kind, source, target, steps in document["flows"]}
    holds = {data_class: frozenset(document["holds"].get(data_class, ())) for data_class in DataClass}
    reached = {data_class: set(stops) for data_class, stops in holds.items()}
    for data_class, _, target in by:
        reached[data_class].add(target)
    ends = {data_class: frozenset(document["ends"].get(data_class, ())) for data_class in DataClass}
    return Flows(by, holds, {data_class: frozenset(stops) for data_class, stops in reached.items()}, ends)


def more_in(these: Flows, those: Flows) -> FlowChange:
    """What flows in these and not in those.

    A step is a first one where its start could have the data without it, or where it ends outside; whatever else is
    new follows from those.
    """
    more = {way: steps for way, steps in these.by.items() if way not in those.by}
    new = {data_class: these.reached[data_class] - those.reached[data_class] for data_class in DataClass}
    first = {
        way: steps
        for way, steps in more.items()
        if way[1] not in new[way[0]] or way[1] in these.holds[way[0]] or way[2] in these.ends[way[0]]
    }
    known = frozenset().union(*those.reached.values())
    merged = _merged(first, lambda way: _rank(way, these, known))
    reaches = [Reach(data_class=data_class, stops=_stops(stops)) for data_class, stops in new.items() if stops]
    return FlowChange(first=listed(merged, _MOST_FLOWS), following=len(more) - len(first), reaches=tuple(reaches))


def _rank(way: Way, flows: Flows, known: frozenset[str]) -> FlowRank:
    data_class, source, target = way
    if target in flows.ends[data_class]:
        return FlowRank.ENDS
    return FlowRank.KNOWN if source in known and target in known else FlowRank.NEW


def _merged(ways: Mapping[Way, Steps], rank: Callable[[Way], FlowRank]) -> list[Flow]:
    """One entry for what has the same classes and means: from all stops that lead to one, to all that one leads to."""
    order = list(DataClass)
    classes: dict[tuple[FlowRank, str, str, Steps], list[DataClass]] = defaultdict(list)
    for way, steps in ways.items():
        classes[rank(way), way[1], way[2], steps].append(way[0])
    into: dict[tuple[FlowRank, tuple[DataClass, ...], str, Steps], list[str]] = defaultdict(list)
    for (ranked, source, target, steps), found in classes.items():
        into[ranked, tuple(sorted(found, key=order.index)), target, steps].append(source)
    out: dict[tuple[FlowRank, tuple[DataClass, ...], tuple[str, ...], Steps], list[str]] = defaultdict(list)
    for (ranked, kinds, target, steps), sources in into.items():
        out[ranked, kinds, tuple(sorted(sources)), steps].append(target)
    ranks = list(FlowRank)
    rows = sorted(
        out.items(), key=lambda row: (ranks.index(row[0][0]), [order.index(each) for each in row[0][1]], row[0][2])
    )
    return [
        Flow(
            rank=ranked,
            classes=kinds,
            sources=_stops(sources),
            targets=_stops(targets),
            by=names(steps, _MOST_STEPS),
        )
        for (ranked, kinds, sources, steps), targets in rows
    ]


def _stops(stops: Iterable[str]) -> Listed[str]:
    return listed([name(stop) for stop in sorted(stops)], _MOST_STOPS)
