"""The one walk over a resource's properties, however many rules look at them.

It is iterative, so that no nesting can break it, and yields each value once with the catalogue's node for it.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from policies.core.plain import Plain, Secret, Unknown
from policies.core.tree import ANYTHING, UNLISTED, Node

Path = tuple[str | int, ...]

_READABLE = (str, int, float, Unknown)


class Visit(NamedTuple):
    """One value: where it is, what the catalogue knows of it, and whether it is (part of) a secret."""

    path: Path
    value: Plain
    node: Node
    secret: bool


def walk(properties: Mapping[str, Plain], root: Node) -> Iterator[Visit]:
    """Every value in document order: what isn't a list or an object, and each object that is under a constraint.

    Three more kinds of visit: an argument that the catalogue lacks (with the node `UNLISTED`, and again below), one
    that it requires and that is left out (with None), and each key of a map, which is as free as its value.
    """
    pending = [Visit((), properties, root, False)]
    while pending:
        visit = pending.pop()
        path, value, node, secret = visit
        if isinstance(value, Secret):
            pending.append(Visit(path, value.value, node, True))
            continue
        if node is UNLISTED and value is not None:
            yield visit
            node = ANYTHING
        if isinstance(value, Mapping):
            if node.constraints:
                yield visit
            if node.children is None:
                yield from (Visit(path, key, ANYTHING, secret) for key in value)
            pending.extend(reversed([*_members(path, value, node, secret)]))
        elif isinstance(value, list | tuple):
            pending.extend(Visit((*path, at), value[at], node, secret) for at in reversed(range(len(value))))
        elif value is None:
            if node.constraints:
                yield Visit(path, None, node, secret)
        elif isinstance(value, _READABLE):
            yield Visit(path, value, node, secret)
        else:
            raise TypeError(f"{type(value).__name__} is no plain data")


def _members(path: Path, value: Mapping[str, Plain], node: Node, secret: bool) -> Iterator[Visit]:
    known = node.children
    for key, member in value.items():
        yield Visit((*path, key), member, ANYTHING if known is None else known.get(key, UNLISTED), secret)
    if known is not None:
        for name in node.required:
            if name not in value:
                yield Visit((*path, name), None, known[name], secret)
