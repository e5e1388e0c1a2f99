"""What the catalogue knows of ways out: a value that breaks its constraint, a type that is denied.

So the proof holds for types that no builder knows: what can cross at all is constrained or denied there.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from policies.core.constraints import Constraint
from policies.core.entries import LookUp
from policies.core.plain import UNKNOWN, Resource
from policies.core.ruleset import Check
from policies.core.tree import Node as Tree
from policies.flow.graph import Node
from policies.flow.site import Site
from policies.flow.values import kind_of


def crossings(site: Site, look_up: LookUp, checks: Mapping[str, Check]) -> None:
    """Every edge to the outside that the catalogue knows of."""
    table = site.stack.table
    leading_out = cache(lambda tree: [each for each in _constraints(tree) if each.rule in table.leads_to])
    for resource in site.stack.resources:
        kind = kind_of(resource)
        if kind in table.understood or not table.carries(kind):
            continue
        entry = look_up(resource.type)
        if entry is None:
            continue
        if entry.denial is not None:
            if entry.denial.rule in table.leads_to:
                site.leave(site.of(resource), resource, entry.denial.rule, table.leads_to[entry.denial.rule])
            continue
        for each in leading_out(entry.tree):
            if _breaks(site, resource, each, checks[each.check]):
                argument = Node(f"argument {each.path}", urn=resource.urn, path=each.path)
                number = site.graph.node(("argument", resource.urn, each.path), argument)
                site.graph.edge(site.of(resource), number)
                site.leave(number, resource, each.rule, table.leads_to[each.rule])


def _constraints(tree: Tree) -> Iterator[Constraint]:
    yield from tree.constraints
    for below in (tree.children or {}).values():
        yield from _constraints(below)


def _breaks(site: Site, resource: Resource, constraint: Constraint, check: Check) -> bool:
    values = [value for value in site.stack.values(resource, constraint.path) if value is not None]
    if not values:
        return constraint.required is True
    return any(
        constraint.decisive if value is UNKNOWN else any(True for _ in check(value, constraint)) for value in values
    )
