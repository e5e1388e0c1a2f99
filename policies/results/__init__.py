"""Results: one stream of events, gathered into a report that every form of output is written from."""

from policies.results.events import (
    CouldNotRun,
    Event,
    Found,
    Judged,
    LaneUsed,
    RunFinished,
    RunStarted,
)
from policies.results.report import Report, gather

__all__ = [
    "CouldNotRun",
    "Event",
    "Found",
    "Judged",
    "LaneUsed",
    "Report",
    "RunFinished",
    "RunStarted",
    "gather",
]
