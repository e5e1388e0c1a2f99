"""What the catalogue knows of a type, as a tree that the walk follows key by key.

So each value finds its constraints, and whether its argument is known at all, with one look-up and without building a
path. Lists are transparent: `routeRules` is the node of the list and of each of its elements.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from policies.core.constraints import Constraint

# Argument names, nested: {"routeRules": {"destination": {}}}.
Arguments = Mapping[str, "Arguments"]


@dataclass(slots=True, eq=False)
class Node:
    """One argument. `children` is None where the provider takes any keys (tags, metadata) or a plain value.

    `missing` are the constraints, its own too, whose values are missing where it is; `required` those of its children
    that have such.
    """

    children: "dict[str, Node] | None" = None
    constraints: list[Constraint] = field(default_factory=list)
    missing: list[Constraint] = field(default_factory=list)
    required: "dict[str, Node]" = field(default_factory=dict)

    def below(self) -> Iterator[Constraint]:
        """The constraints of what it holds, however deep."""
        for child in (self.children or {}).values():
            yield from child.constraints
            yield from child.below()


# Below it, every key is known: of a map, and of a type that is denied whatever its arguments are.
ANYTHING = Node()
# An argument that the catalogue lacks.
UNLISTED = Node()


def compile_tree(arguments: Arguments, constraints: Iterable[Constraint]) -> Node:
    """The tree of a type from its argument names and its constraints.

    Raises:
        KeyError: a constraint is on an argument that the type doesn't have.
    """
    root = Node({name: _node(below) for name, below in arguments.items()})
    for constraint in constraints:
        node = root
        for depth, name in enumerate(constraint.path.split(".")):
            holder, node = node, _child(node, name)
            # What is required can't be left out by leaving out what holds it.
            if constraint.required and depth >= constraint.optional_above:
                holder.required[name] = node
                node.missing.append(constraint)
        node.constraints.append(constraint)
    return root


def _node(arguments: Arguments) -> Node:
    return Node({name: _node(below) for name, below in arguments.items()} if arguments else None)


def _child(node: Node, name: str) -> Node:
    if node.children is None:
        raise KeyError(name)
    return node.children[name]
