"""The check of who may knock at a bastion."""

from collections.abc import Iterator
from ipaddress import IPv4Network

from boundary import Boundary
from boundary.clients import client_fault
from policies.core import Plain, Problem
from policies.core.constraints import Constraint
from policies.core.ruleset import Check


def client_checks(boundary: Boundary) -> dict[str, Check]:
    """The check, bound to the boundary."""

    def client_range(value: Plain, _: Constraint) -> Iterator[Problem]:
        try:
            clients = IPv4Network(value) if isinstance(value, str) else None
        except ValueError:
            clients = None
        if clients is None:
            yield Problem("is no range of IPv4 addresses", unread=True)
        elif fault := client_fault(clients, boundary.outside.ranges):
            yield Problem(f"{{token}} {fault}", token=str(clients))

    return {"client-range": client_range}
