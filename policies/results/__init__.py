"""Results: one stream of events, gathered into a report that every form of output is written from."""

from policies.results.events import (
    Compared,
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
    "Compared",
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
