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

    inspection: HostConfig = _INSPECTION
    days_in_quarantine: Days = 7
    days_in_holding: Days = 14
    ledger_years: Annotated[int, Field(ge=1)] = 7
    ledgers_locked_from: Annotated[
        AwareDatetime | None,
        Field(description="from then on not even an administrator can shorten it; Oracle wants it 14 days ahead"),
    ] = None
