"""What the proof saw, for people, in Mermaid's notation: a leak, and who hands data to whom by system.

Source: https://mermaid.js.org/syntax/flowchart.html
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from policies.flow.graph import Graph, Node
from policies.flow.proof import Leak


def picture_of_leak(leak: Leak) -> str:
    """A path from left to right, its end marked."""
    shown = [node for node in leak.nodes if node.words]
    lines = ["flowchart LR"]
    lines += [f"  n{at}{_shape(node)}" for at, node in enumerate(shown)]
    lines += [f"  n{at} --> n{after}" for at, after in pairwise(range(len(shown)))]
    lines.append(f"  style n{len(shown) - 1} stroke:#c00,stroke-width:3px")
    return "\n".join(lines)


def picture_of_systems(graph: Graph) -> str:
    """One box a system and one for each place outside; an arrow where data can go, with the number of ways."""
    ways = Counter(_between_systems(graph))
    names = sorted({name for pair in ways for name in pair})
    number = {name: f"s{at}" for at, name in enumerate(names)}
    outside = {node.words for node in graph.nodes if node.outside}
    lines = ["flowchart LR"]
    lines += [f"  {number[name]}{_boxed(name, name in outside)}" for name in names]
    lines += [f"  {number[a]} -- {count} --> {number[b]}" for (a, b), count in sorted(ways.items())]
    return "\n".join(lines)


def _between_systems(graph: Graph) -> Iterator[tuple[str, str]]:
    """From each system, over what belongs to none, to the next system or the outside: once for each end."""
    after: dict[int, list[int]] = defaultdict(list)
    for source, target in graph.edges:
        after[source].append(target)
    starts: dict[str, list[int]] = defaultdict(list)
    for number, node in enumerate(graph.nodes):
        if node.system:
            starts[node.system].append(number)
    for system, numbers in sorted(starts.items()):
        yield from ((system, _name(graph.nodes[end])) for end in _next_ends(graph, after, numbers))


def _next_ends(graph: Graph, after: dict[int, list[int]], starts: Iterable[int]) -> list[int]:
    seen = set(starts)
    pending = list(seen)
    ends: list[int] = []
    while pending:
        for number in after[pending.pop()]:
            if number in seen:
                continue
            seen.add(number)
            node = graph.nodes[number]
            if node.outside or node.system:
                ends.append(number)
            else:
                pending.append(number)
    return ends


def _name(node: Node) -> str:
    return node.words if node.outside else node.system


def _shape(node: Node) -> str:
    return _boxed(node.words, node.outside)


def _boxed(words: str, outside: bool) -> str:
    text = words.replace('"', "'")
    return f'(("{text}"))' if outside else f'["{text}"]'
