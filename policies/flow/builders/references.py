"""References: data goes between a resource and what it names, in the direction that the table gives, or both ways."""

from policies.flow.site import Site
from policies.flow.values import kind_of


def references(site: Site) -> None:
    """Every edge that a reference makes."""
    stack, table = site.stack, site.stack.table
    for resource in stack.carriers:
        kind = kind_of(resource)
        ways = table.references.get(kind, {})
        # Each resource that data can come from is a node, whether it has edges or not.
        number = site.of(resource)
        for argument, named in stack.mentions(resource).items():
            way = ways.get(argument)
            for other in named:
                if not table.carries(kind_of(other)):
                    continue
                if way in ("out", None):
                    site.graph.edge(number, site.of(other))
                if way in ("in", None):
                    site.graph.edge(site.of(other), site.written(resource) if kind in table.records else number)
