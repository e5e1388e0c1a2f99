"""The rule about the provider that a resource names.

The provider resource itself is judged by the catalogue. Here each resource is asked again, because its provider may be
one that the pack never sees as a resource, or none at all.
"""

from collections.abc import Iterator, Mapping

from policies.core import UNKNOWN, Plain, Problem, Resource, Secret
from policies.core.constraints import Constraint
from policies.core.ruleset import Check, ResourceRule

_TYPE = "pulumi:providers:oci"
_DECIDES = {"region": "allowed-region", "tenancyOcid": "own-tenancy"}


def provider_rule(checks: Mapping[str, Check]) -> ResourceRule:
    """The rule, with the checks that the catalogue uses for the provider's own arguments."""

    def provider(resource: Resource) -> Iterator[Problem]:
        if not resource.type.startswith("oci:"):
            return
        if resource.provider is None:
            yield Problem("names no provider")
            return
        if resource.provider.type != _TYPE:
            yield Problem(f"is made by {resource.provider.type}, which isn't Oracle's provider")
            return
        for argument, check in _DECIDES.items():
            value = resource.provider.properties.get(argument)
            for says in _says(checks[check], value, argument):
                yield Problem(f"its provider {resource.provider.name} {says}")

    return provider


def _says(check: Check, value: Plain, argument: str) -> Iterator[str]:
    secret = isinstance(value, Secret)
    while isinstance(value, Secret):
        value = value.value
    if value is None:
        yield f"has no {argument}"
    elif value is UNKNOWN:
        yield f"has a {argument} that isn't known before `up`"
    else:
        constraint = Constraint(path=argument, rule="provider", check="")
        yield from (f"has a {argument} that {problem.sentence(secret)}" for problem in check(value, constraint))
