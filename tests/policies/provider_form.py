"""Resources as Oracle's real provider has them: what its check returns, what it plans, what it says afterwards.

The catalogue's tree stands for the schema, and is taken at its worst: every argument that nobody declares is one that
the service fills in, so that a plan doesn't know it; and every list is a set, unknown as a whole with one element.
"""

from collections.abc import Mapping
from typing import Any

from policies.catalogue import Catalogue
from policies.core import UNKNOWN, Plain, Secret
from policies.core.notes import DEFAULTS
from policies.core.tree import ANYTHING, Node


def tree(catalogue: Catalogue, token: str) -> Node:
    """The arguments of a type, as far as they are known."""
    entry = catalogue.look_up(token)
    return entry.tree if entry else ANYTHING


def checked(value: Any, node: Node, top: bool = True) -> Any:
    """Inputs as check returns them and the engine hands them over: without the notes of the bridge at the top alone."""
    if isinstance(value, Secret):
        return Secret(checked(value.value, node, top))
    if isinstance(value, list):
        return [checked(each, node, top) for each in value]
    if not isinstance(value, Mapping) or node.children is None:
        return value
    inside = {name: checked(each, node.children.get(name, ANYTHING), top=False) for name, each in value.items()}
    # What is left out may have been filled in, and is named then.
    filled = [name for name in sorted(node.children) if name not in value][:1]
    return inside if top else {DEFAULTS: filled if len(value) % 2 else [], **inside}


def planned(value: Any, node: Node) -> Any:
    """Outputs as a preview has them."""
    if isinstance(value, Secret):
        return Secret(planned(value.value, node))
    if isinstance(value, list):
        elements = [planned(each, node) for each in value]
        return UNKNOWN if any(map(_unsure, elements)) else elements
    if not isinstance(value, Mapping) or node.children is None:
        return value
    return {
        name: planned(value[name], child) if value.get(name) is not None else UNKNOWN
        for name, child in node.children.items()
    } | {name: each for name, each in value.items() if name not in node.children}


def answered(value: Any, node: Node) -> Any:
    """Outputs as they are afterwards: what is absent is empty, and lists come in another order."""
    if isinstance(value, Secret):
        return Secret(answered(value.value, node))
    if isinstance(value, list):
        return [answered(each, node) for each in reversed(value)]
    if not isinstance(value, Mapping) or node.children is None:
        return value
    return {
        name: answered(value[name], child) if value.get(name) is not None else _absent(child)
        for name, child in node.children.items()
    } | {name: each for name, each in value.items() if name not in node.children}


def _absent(node: Node) -> Plain:
    return "" if node.children is None else []


def _unsure(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_unsure, value.values()))
    return value is UNKNOWN or (isinstance(value, list) and any(map(_unsure, value)))
