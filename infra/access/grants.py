"""Who gets to machines: operators by a bastion session, whoever is on call in an emergency, and vendors for a while.

A vendor's engagement opens bastion sessions, the machines of the named systems and their logs, from its opening to its
end and not a minute longer; there is no statement for one that is over. None of it reaches data. A session is held
against the network of its machine too, which stands in a compartment of its own. Whoever is on call starts and stops
what serves: to launch machines, or to look at their consoles, would be a way out or a way in of its own.
Sources: Oracle, "Bastion IAM Policies", https://docs.oracle.com/iaas/Content/Bastion/Reference/bastionpolicyreference.htm;
"Restricting Access to Resources Based on Time Frame", https://docs.oracle.com/iaas/Content/Identity/policies/scoping-policy-by-time.htm
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from infra.config import Engagement
from infra.iam import Grant, Subject
from infra.people import BREAK_GLASS, SERVING_OPERATORS, TRAINING_OPERATORS, VENDOR_SUPPORT
from infra.systems import System

_OPERATORS = {SERVING_OPERATORS: System.SERVING, TRAINING_OPERATORS: System.TRAINING}
# What a session needs to find its machine, and the machine's network. A VNIC may be in either compartment.
_TO_FIND = ("instances", "vnics", "vnic-attachments", "instance-agent-plugins")
_OF_THE_NETWORK = ("VCN_READ", "SUBNET_READ", "VNIC_READ")
_START_AND_STOP = (
    "INSTANCE_POWER_ACTIONS",
    "INSTANCE_POOL_INSPECT",
    "INSTANCE_POOL_READ",
    "INSTANCE_POOL_POWER_ACTIONS",
)


def _sessions(who: Subject, systems: Iterable[System], conditions: tuple[str, ...], why: str) -> Iterator[Grant]:
    yield Grant(who, "use", "bastion", System.ACCESS, conditions=conditions, why=why)
    yield Grant(who, "manage", "bastion-session", System.ACCESS, conditions=conditions, why=why)
    yield Grant(who, _OF_THE_NETWORK, "", System.NETWORK, conditions=conditions, why=why)
    for system in systems:
        for what in _TO_FIND:
            yield Grant(who, "read", what, system, conditions=conditions, why=why)


GRANTS = (
    *(
        grant
        for who, system in _OPERATORS.items()
        for grant in _sessions(who, (system,), (), "Look after the machines, by a session that is logged")
    ),
    *_sessions(BREAK_GLASS, (System.SERVING, System.TRAINING), (), "Get to a machine when nothing else helps"),
    Grant(BREAK_GLASS, _START_AND_STOP, "", System.SERVING, why="Start and stop the machines that serve"),
    Grant(BREAK_GLASS, "manage", "cluster-family", System.SERVING, why="Bring back what runs in clusters"),
    Grant(BREAK_GLASS, "use", "load-balancers", System.EDGE, why="Bring the edge back"),
)


def engagement_grants(engagements: Iterable[Engagement]) -> Iterator[Grant]:
    """What the engagements that aren't over give to vendors."""
    for engagement in engagements:
        if engagement.is_open:
            between = (
                f"request.utc-timestamp after '{_written(engagement.opens)}'",
                f"request.utc-timestamp before '{_written(engagement.expires)}'",
            )
            why = f"{engagement.ticket}: {engagement.name}"
            yield from _sessions(VENDOR_SUPPORT, engagement.targets, between, why)
            for system in engagement.targets:
                yield Grant(VENDOR_SUPPORT, "read", "log-content", system, conditions=between, why=why)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
