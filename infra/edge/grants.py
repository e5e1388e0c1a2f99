"""What the edge's own certificate authority may do: sign with its key.

Source: Oracle, "Key Doesn't Appear When Creating a Certificate Authority" (authorities need a dynamic group and a
policy), https://docs.oracle.com/iaas/Content/certificates/nokeydataavailable.htm
"""

from infra.iam import EXPORTING_NONE, Grant, MachineGroup
from infra.systems import System

MACHINES = (
    _AUTHORITIES := MachineGroup(
        "certificate-authorities", System.EDGE, "certificateauthority", why="Certificate authorities act for themselves"
    ),
)

GRANTS = (Grant(_AUTHORITIES, "use", "keys", System.SECURITY, conditions=EXPORTING_NONE, why="An authority signs"),)
