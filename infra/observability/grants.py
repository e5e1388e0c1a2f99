"""What the connectors of the watch may do: read logs, write them into the archive, and tell of crossings.

They may not read the archive, nor delete from it.
Source: Oracle, "Connector Hub", https://docs.oracle.com/iaas/Content/connector-hub/policies.htm
"""

from infra.iam import Grant, MachineGroup, machines
from infra.systems import System

MACHINES = (
    MachineGroup(
        "log-connectors",
        System.OBSERVABILITY,
        "serviceconnector",
        why="The connectors that bring logs into the archive and tell of crossings",
    ),
)

_CONNECTORS = machines("log-connectors")

GRANTS = (
    Grant(_CONNECTORS, "read", "log-content", None, why="Read every system's logs"),
    Grant(_CONNECTORS, "read", "log-groups", None, why="Find every system's logs"),
    Grant(_CONNECTORS, "read", "audit-events", None, why="Read what was done"),
    Grant(
        _CONNECTORS,
        ("OBJECT_INSPECT", "OBJECT_CREATE", "OBJECT_OVERWRITE"),
        "",
        System.OBSERVABILITY,
        conditions=("target.bucket.name = '{environment}-logs'",),
        why="Write into the archive",
    ),
    Grant(_CONNECTORS, "use", "ons-topics", System.OBSERVABILITY, why="Tell of crossings"),
)
