"""The ways in and out: the machine that inspects, how long data may wait, how long what was done stays provable.

Assumption: a week is enough to inspect and a fortnight to be received, and evidence is asked for within seven years.
"""

from typing import Annotated

from pydantic import AwareDatetime, Field

from infra.config.base import Config
from infra.config.host import HostConfig

Days = Annotated[int, Field(ge=1, le=90)]

# Assumption: with this size it reads and digests what comes in as fast as Object Storage gives it.
_INSPECTION = HostConfig.model_validate({"shape": "VM.Standard.E5.Flex", "ocpus": 2, "memoryGb": 16})


class TransferConfig(Config):
    """What a stack may set for its lanes."""

    inspection: Annotated[HostConfig, Field(description="the machine that inspects what comes in")] = _INSPECTION
    days_in_quarantine: Annotated[Days, Field(description="days until what came in by a lane is deleted")] = 7
    days_in_holding: Annotated[Days, Field(description="days until what waits for a lane out is deleted")] = 14
    ledger_years: Annotated[
        int, Field(ge=1, description="years in which nobody can change or delete the record of what passed")
    ] = 7
    ledgers_locked_from: Annotated[
        AwareDatetime | None,
        Field(
            description="when the ledgers' retention rules are locked for good: at least 14 days ahead",
            examples=["2027-02-01T00:00:00Z"],
        ),
    ] = None
