"""Hosts in Oracle's domains that belong to one customer each are ours where this stack, or the boundary, says so.

A check of one value can't tell: while a program runs, a name that was written out and one that came from a resource of
the stack look alike. So this is a rule over the stack, by what its resources have as outputs. What isn't known yet
is compared when it is; before, by what it comes from (`host_sources.py`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from boundary import Boundary
from boundary.load import read_model
from policies.core.constraints import Constraint
from policies.core.entries import LookUp
from policies.core.findings import Finding
from policies.core.lanes import short_name
from policies.core.observed import standing
from policies.core.plain import Resource, hides_secret
from policies.core.ruleset import RuleInfo, StackRule
from policies.flow.values import values_at
from policies.rules.host_sources import unknown_hosts
from policies.rules.settings import settings_in

# The checks of what is connected to; a constraint by one of them names hosts.
_CHECKS = frozenset({"own-endpoint", "own-endpoints", "own-contact", "identity-endpoint", "own-record"})
_REGION = r"[a-z]{2,3}(?:-[a-z0-9]+)*"
_START, _END = r"(?<![a-z0-9.-])", r"(?![a-z0-9-]|\.[a-z0-9])"
_INSTEAD = "the output of the resource of this stack that has it; or name it in stacks/boundary.yaml under `hosts`"

Text = Annotated[str, Field(min_length=1)]


class SharedHosts(BaseModel):
    """Names of one form: what such a host is, how its name looks, and which outputs tell of one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    what: Text
    host: Text
    outputs: dict[str, Annotated[tuple[Text, ...], Field(min_length=1)]] = {}


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    hosts: tuple[SharedHosts, ...]


@cache
def shared_hosts() -> tuple[SharedHosts, ...]:
    """The table, as `own_hosts.yaml` has it."""
    return read_model(Path(__file__).with_suffix(".yaml"), _Table).hosts


def own_host_rule(boundary: Boundary, look_up: LookUp, infos: Mapping[str, RuleInfo]) -> StackRule:
    """Hosts of Oracle's that belong to one customer, of whom nobody knows that it is us."""
    forms = [each.host.replace("{region}", _REGION) for each in shared_hosts()]
    pattern = re.compile("|".join(f"(?P<h{at}>{_START}{form}{_END})" for at, form in enumerate(forms)))

    @cache
    def arguments(token: str) -> tuple[Constraint, ...]:
        """The constraints of a type on arguments that name hosts."""
        entry = look_up(token)
        return tuple(each for each in entry.tree.below() if each.check in _CHECKS) if entry is not None else ()

    def named(resources: Sequence[Resource], _: frozenset[str]) -> Iterator[Finding]:
        yield from unknown_hosts(resources, arguments, infos)
        found = [
            (each, resource, match)
            for resource in resources
            for each in arguments(resource.type)
            for text in _texts(standing(resource), each.path)
            for match in pattern.finditer(text.lower())
        ]
        own = _own(boundary, resources, pattern)
        for each, resource, match in found:
            if match[0].rstrip(".") not in own:
                what = shared_hosts()[int(str(match.lastgroup)[1:])].what
                yield _finding(infos[each.rule], resource, each.path, match[0].rstrip("."), what)

    return named


def _texts(resource: Resource, path: str) -> Iterator[str]:
    for value in values_at(resource.properties, path):
        yield from (setting.text for setting in settings_in(value) if not setting.line)


def _own(boundary: Boundary, resources: Sequence[Resource], pattern: re.Pattern[str]) -> frozenset[str]:
    """The hosts that the stack's resources have, and that the boundary names."""
    outputs = {token: names for each in shared_hosts() for token, names in each.outputs.items()}
    texts = (
        text
        for resource in resources
        if not resource.read
        for name in outputs.get(resource.type, ())
        for _, text, _ in settings_in(resource.observed.get(name))
    )
    named = frozenset(match[0].rstrip(".") for text in texts for match in pattern.finditer(text.lower()))
    return named | {each.name for each in boundary.hosts}


def _finding(info: RuleInfo, resource: Resource, path: str, host: str, what: str) -> Finding:
    secret = hides_secret(resource.properties.get(path.partition(".")[0]))
    return Finding(
        rule=info.id,
        urn=resource.urn,
        resource=short_name(resource),
        path=path,
        says=f"names {'a host' if secret else f'`{host}`'} ({what}), and nothing here says that it is ours",
        lets_through=info.lets_through,
        instead=_INSTEAD,
        value="" if secret else host,
    )
