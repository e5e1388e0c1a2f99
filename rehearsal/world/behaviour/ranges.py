"""Ranges of addresses in rules and routes: each must be one, in CIDR notation.

A rule says by `sourceType` or `destinationType` whether it names a range, a service or a security group.
Source: Oracle, SecurityRule, IngressSecurityRule and RouteRule,
https://docs.oracle.com/iaas/api/#/en/iaas/20160918/SecurityRule/

Assumption: a range whose address has bits beyond its prefix (10.0.0.1/8) is refused too, as it is for a VCN.
"""

from collections.abc import Iterator
from ipaddress import ip_network

from rehearsal.world.behaviour.base import Change
from rehearsal.world.model import Body, invalid

_LISTS = ("ingressSecurityRules", "egressSecurityRules", "routeRules")
_NAMED = {"source": "sourceType", "destination": "destinationType"}
_RANGE = "CIDR_BLOCK"


def check_ranges(change: Change) -> None:
    """Refuses a range that is none.

    Raises:
        ServiceError: 400 InvalidParameter.
    """
    for path, rule in _rules(change.body):
        for name, told_by in _NAMED.items():
            value = rule.get(name)
            if value and (rule.get(told_by) or _RANGE) == _RANGE:
                try:
                    ip_network(value)
                except ValueError as error:
                    raise invalid(f"{path}{name}: {error}") from None


def _rules(body: Body) -> Iterator[tuple[str, Body]]:
    yield "", body
    for name in _LISTS:
        for index, rule in enumerate(body.get(name) or ()):
            yield f"{name}[{index}].", rule
