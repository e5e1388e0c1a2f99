"""Machines that Oracle runs for us in a network of its own, which reaches the internet."""

from policies.core.plain import UNKNOWN, Resource
from policies.flow.graph import Node
from policies.flow.site import Site
from policies.flow.stack import Stack
from policies.flow.table import Managed


def managed(site: Site) -> None:
    """Every edge from such a machine to the internet."""
    for row in site.stack.table.managed:
        for resource in site.stack.of(row.type):
            if _is_managed(site.stack, resource, row):
                number = site.graph.node(("managed", resource.urn), Node(row.words, urn=resource.urn))
                site.graph.chain(site.of(resource), number, site.graph.outside("internet"))


def _is_managed(stack: Stack, resource: Resource, row: Managed) -> bool:
    """Whether it may be one: a value that isn't known, or isn't there, may be any. No argument has an empty path."""
    if any(stack.values(resource, row.unless)):
        return False
    return all(
        value is UNKNOWN or value in wanted
        for path, wanted in row.when.items()
        for value in stack.values(resource, path)
    )
