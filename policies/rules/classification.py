"""Rules about what a resource is: its package and its type."""

from collections.abc import Iterator

from policies.core import Problem, Resource
from policies.core.entries import LookUp
from policies.core.ruleset import ResourceRule

# Packages whose types the catalogue classifies one by one, and the one whose types are components: they are nothing but
# a name for what they contain, as long as no provider stands behind them.
CLASSIFIED = frozenset({"oci", "pulumi"})
COMPONENTS = "stateside"
_LISTED = CLASSIFIED | {COMPONENTS}


def package_rule(resource: Resource) -> Iterator[Problem]:
    """Other packages may do anything."""
    package = resource.package
    if package not in _LISTED:
        yield Problem(f"comes from the package {package}, which isn't on the short list")
    elif package == COMPONENTS and (resource.provider is not None or resource.type.startswith("pulumi:providers:")):
        yield Problem(f"is no component of ours, although it is called {package}: a provider stands behind it")
    elif resource.read:
        yield Problem(
            "is read, and not declared by this stack",
            lets_through="whatever somebody else has put there, because nothing of it is declared or judged",
            instead="the resource itself, or its identifier in the stack's configuration",
        )


def unclassified_rule(look_up: LookUp) -> ResourceRule:
    """A type that the catalogue lacks."""

    def unclassified(resource: Resource) -> Iterator[Problem]:
        if resource.package in CLASSIFIED and look_up(resource.type) is None:
            yield Problem("the catalogue doesn't know this type")

    return unclassified
