"""The rule about the provider that a resource names.

The provider resource itself is judged by the catalogue. Here each resource is asked again, because its provider may be
one that the pack never sees as a resource, or none at all.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from policies.core import UNKNOWN, Plain, Problem, Resource, Secret
from policies.core.constraints import Constraint
from policies.core.ruleset import Check, ResourceRule

_TYPE = "pulumi:providers:oci"
_DECIDES = {"region": "allowed-region", "tenancyOcid": "own-tenancy"}


def provider_rule(checks: Mapping[str, Check]) -> ResourceRule:
    """The rule, with the checks that the catalogue uses for the provider's own arguments."""

    def provider(resource: Resource) -> Iterable[Problem]:
        if not resource.type.startswith("oci:"):
            return ()
        if resource.provider is None:
            return [Problem("names no provider")]
        return judged(resource.provider.type, *map(resource.provider.properties.get, _DECIDES))

    # The same few providers stand behind every resource.
    @lru_cache(maxsize=256)
    def judged(type: str, *values: Plain) -> list[Problem]:
        if type != _TYPE:
            return [Problem(f"is made by {type}, which isn't Oracle's provider")]
        return [
            Problem(f"has a provider whose {argument} {says}")
            for (argument, check), value in zip(_DECIDES.items(), values, strict=True)
            for says in _says(checks[check], value, argument)
        ]

    return provider


def _says(check: Check, value: Plain, argument: str) -> Iterator[str]:
    secret = isinstance(value, Secret)
    while isinstance(value, Secret):
        value = value.value
    if value is None:
        yield "is not set"
    elif value is UNKNOWN:
        yield "isn't known before `up`"
    else:
        constraint = Constraint(path=argument, rule="provider", check="")
        yield from (problem.sentence(secret) for problem in check(value, constraint))
