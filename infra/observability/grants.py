"""What the connectors of the watch may do: read logs, write them into the archive, and tell of crossings.

They may not read the archive, nor delete from it. Where the stack sets what a tenancy has only one of, they read the
audit log of the root compartment too, in which changes of IAM are written.
Source: Oracle, "Connector Hub", https://docs.oracle.com/iaas/Content/connector-hub/policies.htm
"""

from collections.abc import Iterator

from infra.config import Stack
from infra.iam import Grant, MachineGroup
from infra.observability.archive import LOGS
from infra.systems import System

MACHINES = (
    _CONNECTORS := MachineGroup(
        "log-connectors",
        System.OBSERVABILITY,
        "serviceconnector",
        why="The connectors that bring logs into the archive and tell of crossings",
    ),
)

_READS = ("log-content", "log-groups", "audit-events")

GRANTS = (
    *(Grant(_CONNECTORS, "read", what, None, why="Read every system's logs, and what was done") for what in _READS),
    Grant(
        _CONNECTORS,
        ("OBJECT_INSPECT", "OBJECT_CREATE", "OBJECT_OVERWRITE"),
        "",
        System.OBSERVABILITY,
        bucket=LOGS,
        why="Write into the archive",
    ),
    Grant(_CONNECTORS, ("ONS_TOPIC_PUBLISH",), "", System.OBSERVABILITY, why="Tell of crossings"),
)


def root_grants(stack: Stack) -> Iterator[Grant]:
    """What the connectors read of the root compartment."""
    if stack.config.landing_zone.tenancy_wide:
        root = f"target.compartment.id = '{stack.boundary.tenancy.ocid}'"
        for what in _READS:
            yield Grant(_CONNECTORS, "read", what, None, conditions=(root,), why="Read what was done", in_tenancy=True)
