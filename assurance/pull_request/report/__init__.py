"""The report of a change to one stack, as typed data: what one program writes and another one doesn't trust.

A pull request's own code writes `report.json`; the code of the default branch reads it and makes the comment. So
everything has a type, a form and a limit, and what contradicts itself is refused. A list says how long it was before it
was cut, so that what is left out can be counted.
"""

from assurance.pull_request.report.changes import Changed, Lane, LaneNews, Loss, Operation, Statement, System
from assurance.pull_request.report.flows import Flow, FlowChange, FlowRank, Reach
from assurance.pull_request.report.form import (
    MAX_BYTES,
    MAX_ITEMS,
    NAME_LENGTH,
    SENTENCE_LENGTH,
    STATEMENT_LENGTH,
    Listed,
    Place,
    Sha,
)
from assurance.pull_request.report.judged import Found, Judgement, Loosened, Looser, Proof
from assurance.pull_request.report.whole import VERSION, Report, Verdict

__all__ = [
    "MAX_BYTES",
    "MAX_ITEMS",
    "NAME_LENGTH",
    "SENTENCE_LENGTH",
    "STATEMENT_LENGTH",
    "VERSION",
    "Changed",
    "Flow",
    "FlowChange",
    "FlowRank",
    "Found",
    "Judgement",
    "Lane",
    "LaneNews",
    "Listed",
    "Loosened",
    "Looser",
    "Loss",
    "Operation",
    "Place",
    "Proof",
    "Reach",
    "Report",
    "Sha",
    "Statement",
    "System",
    "Verdict",
]
