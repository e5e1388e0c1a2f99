"""Hosts that nobody knows before `up`: one has to come from something that has a host.

At the end of that `up` such a name is compared with what the stack has (`own_hosts.py`), but by then it has been
written. Before, the engine says which resources a value comes from. Somebody else's name that waits for a compartment's
identifier comes from nothing that has a host. What a program makes of a host of ours isn't seen until it is known.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from policies.core.constraints import Constraint
from policies.core.findings import Finding
from policies.core.lanes import short_name
from policies.core.plain import UNKNOWN, Resource, opened
from policies.core.ruleset import RuleInfo
from policies.flow.values import values_at

# What these judge is one host, or nothing but hosts; what others do may also have identifiers in it.
_ONLY_HOSTS = frozenset({"own-endpoint", "identity-endpoint"})
HOST_TYPES_FILE = Path(__file__).with_name("host_types.txt")


def unknown_hosts(
    resources: Sequence[Resource], named: Callable[[str], Iterable[Constraint]], infos: Mapping[str, RuleInfo]
) -> Iterator[Finding]:
    """Hosts that come from nothing that has one, given the constraints of a type that name hosts."""
    stack = {each.urn: each for each in resources}
    for resource in resources:
        for constraint in named(resource.type) if resource.property_dependencies else ():
            path = constraint.path
            if constraint.check in _ONLY_HOSTS and UNKNOWN in map(opened, values_at(resource.properties, path)):
                sources = _without_host(resource, path, stack)
                if sources:
                    yield _finding(infos[constraint.rule], resource, path, sources)


def _without_host(resource: Resource, path: str, stack: Mapping[str, Resource]) -> list[str]:
    """What an argument comes from, if all of that is in the stack and none of it has a host."""
    urns = resource.property_dependencies.get(path.partition(".")[0], ())
    sources = [stack[urn] for urn in urns if urn in stack]
    if len(sources) < len(urns) or any(_has_host(each.type) and not each.read for each in sources):
        return []
    return sorted({short_name(each) for each in sources})


def _has_host(token: str) -> bool:
    """Whether a resource of a type may have a host or an address; one that isn't Oracle's may have anything."""
    return not token.startswith("oci:") or token in _host_types()


@cache
def _host_types() -> frozenset[str]:
    return frozenset(HOST_TYPES_FILE.read_text(encoding="utf-8").splitlines())


def _finding(info: RuleInfo, resource: Resource, path: str, sources: Sequence[str]) -> Finding:
    return Finding(
        rule=info.id,
        urn=resource.urn,
        resource=short_name(resource),
        path=path,
        says=f"is a host that isn't known before `up`, and comes from {' and '.join(sources)}, which has none",
        lets_through=info.lets_through,
        instead="the output of a resource of this stack that is the host, or the host itself",
    )
