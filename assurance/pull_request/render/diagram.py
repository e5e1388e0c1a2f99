"""A small picture of a change, in Mermaid's notation: what changes by system, what needs what, and flows that open.

It has at most forty nodes. Where a system has more, what is alike in it is one node with a number.
Source: https://mermaid.js.org/syntax/flowchart.html
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assurance.pull_request.report import Changed, Flow, Listed, Operation, Report
from assurance.pull_request.words import shown

MOST_NODES = 40
_MOST_FLOWS, _MOST_LINES = 6, 60
_LABEL = 60
_NO_SYSTEM = "stack"
_UNSAFE = re.compile(r"[^A-Za-z0-9 .,:/()×…_-]")
_STYLES = {
    Operation.CREATE: "stroke:#1a7f37,stroke-width:2px",
    Operation.UPDATE: "stroke:#9a6700,stroke-width:2px",
    Operation.REPLACE: "stroke:#bc4c00,stroke-width:2px",
    Operation.DELETE: "stroke:#cf222e,stroke-width:2px,stroke-dasharray:4",
}


@dataclass
class _Picture:
    """Nodes by system, with their label and what happens to them; and lines between them."""

    systems: dict[str, list[tuple[str, str, Operation | None]]] = field(default_factory=lambda: defaultdict(list))
    lines: list[str] = field(default_factory=list)
    ends: dict[str, str] = field(default_factory=dict)
    size: int = 0

    def node(self, system: str, label: str, operation: Operation | None = None) -> str:
        """A new node's name; one that stands in no system has none."""
        number = f"n{self.size}"
        self.size += 1
        self.systems[system].append((number, label, operation))
        return number

    def end(self, words: str) -> str:
        """The node of a flow's end."""
        if words not in self.ends:
            self.ends[words] = self.node("", words)
        return self.ends[words]


def diagram(report: Report) -> list[str]:
    """The picture's lines; none where nothing changes."""
    picture = _Picture()
    for flow in report.opened.first.items[:_MOST_FLOWS]:
        _add_flow(picture, flow)
    _add_changes(picture, report.changes.items, report.changes.total)
    return [*_written(picture)] if picture.size else []


def _add_flow(picture: _Picture, flow: Flow) -> None:
    source, target = (picture.end(_alike(stops)) for stops in (flow.sources, flow.targets))
    picture.lines.append(f"  {source} == {_label(', '.join(flow.classes))} ==> {target}")


def _alike(stops: Listed[str]) -> str:
    """Several stops as one node."""
    first = next(iter(stops.items), "")
    return f"{first} (and {stops.total - 1} more)" if stops.total > 1 else first


def _add_changes(picture: _Picture, changes: Sequence[Changed], total: int) -> None:
    room = MOST_NODES - picture.size
    if len(changes) == total <= room:
        numbers = [
            picture.node(each.system or _NO_SYSTEM, f"{_kind(each.type)} {each.name}", each.operation)
            for each in changes
        ]
        lines = [(numbers[need], numbers[at]) for at, each in enumerate(changes) for need in each.needs if need < total]
        picture.lines += [f"  {need} --> {node}" for need, node in lines[:_MOST_LINES]]
        return
    alike = Counter((each.system, each.operation, _kind(each.type)) for each in changes)
    shown_first = sorted(alike.items(), key=lambda entry: -entry[1])
    drawn = shown_first if len(shown_first) <= room and len(changes) == total else shown_first[: room - 1]
    for (system, operation, kind), count in drawn:
        picture.node(system or _NO_SYSTEM, f"{count} × {kind}" if count > 1 else kind, operation)
    if left := total - sum(count for _, count in drawn):
        picture.node("", f"{left} more changes")


def _written(picture: _Picture) -> Iterator[str]:
    yield "flowchart LR"
    for number, (system, nodes) in enumerate(sorted(picture.systems.items())):
        if system:
            yield f'  subgraph s{number}["{_label(system)}"]'
        for name, label, operation in nodes:
            style = f":::{operation}" if operation else ""
            yield f'  {name}["{_label(label)}"]{style}'
        if system:
            yield "  end"
    yield from picture.lines
    used = {operation for nodes in picture.systems.values() for _, _, operation in nodes if operation}
    yield from (f"  classDef {operation} {style}" for operation, style in _STYLES.items() if operation in used)


def _kind(token: str) -> str:
    return token.rsplit(":", 1)[-1]


def _label(text: str) -> str:
    """A label: of the characters that mean nothing in the notation or in HTML, nor to GitHub."""
    return _UNSAFE.sub("_", shown(text, _LABEL)) or "_"
