"""The one walk over a resource's properties, however many rules look at them.

It is iterative, so that no nesting can break it, and yields each value once with the catalogue's node for it.
"""

from collections.abc import Iterable, Iterator, Mapping

from policies.core.notes import DEFAULTS, names_arguments
from policies.core.plain import Plain, Secret, Unknown
from policies.core.tree import ANYTHING, UNLISTED, Node

Path = tuple[str | int, ...]

# One value: where it is, what the catalogue knows of it, and how much of its path may be shown (None: all of it; what
# lies in a secret is secret, the keys on the way to it too). A plain tuple, because there are many.
Visit = tuple[Path, Plain, Node, int | None]

_SINGLE = (str, int, float, Unknown)


def walk(properties: Mapping[str, Plain], root: Node) -> Iterator[Visit]:
    """Every value in document order: what isn't a list or an object, and each object that is under a constraint.

    Three more kinds of visit: an argument that the catalogue lacks (with the node `UNLISTED`, and again below), one
    that it requires and that is left out (with None), and each key of a map, which is as free as its value.

    Raises:
        TypeError: a value is no plain data.
    """
    pending: list[Visit] = [((), properties, root, None)]
    while pending:
        visit = path, value, node, shown = pending.pop()
        if node is UNLISTED and value is not None:
            yield visit
            pending.append((path, value, ANYTHING, shown))
        elif isinstance(value, _SINGLE):
            yield visit
        elif isinstance(value, dict):
            if node.constraints:
                yield visit
            if node.children is None:
                for key in value:
                    yield path, key, ANYTHING, shown
            pending.extend(_members(path, value, node, shown))
        elif isinstance(value, list):
            pending.extend([((*path, at), value[at], node, shown) for at in range(len(value) - 1, -1, -1)])
        elif isinstance(value, Secret):
            pending.append((path, value.value, node, len(path) if shown is None else shown))
        elif value is not None:
            raise TypeError(f"{type(value).__name__} is no plain data")
        elif node.missing:
            yield visit


def _members(path: Path, value: dict[str, Plain], node: Node, shown: int | None) -> list[Visit]:
    """What an object holds and lacks, last first."""
    known = node.children
    if known is None:
        return [((*path, key), value[key], ANYTHING, shown) for key in reversed(value)]
    missing: list[Visit] = [
        ((*path, name), None, child, shown) for name, child in node.required.items() if name not in value
    ]
    keys: Iterable[str] = reversed(value)
    if DEFAULTS in value and names_arguments(value[DEFAULTS], known):
        keys = [key for key in keys if key != DEFAULTS]
    return missing + [((*path, key), value[key], known.get(key, UNLISTED), shown) for key in keys]
