"""A whole report, which doesn't contradict itself."""

from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from assurance.pull_request.report.changes import Changed, Lane, Loss, Statement, System
from assurance.pull_request.report.flows import FlowChange
from assurance.pull_request.report.form import Count, Listed, Model, Sentence, Sha, StackName
from assurance.pull_request.report.judged import Found, Judgement, Proof

VERSION: Final = 1


class Verdict(StrEnum):
    """How the preview of a change ended."""

    CLEAN = "clean"
    VIOLATION = "violation"
    NOT_JUDGED = "not-judged"
    FAILED = "failed"


class Report(Model):
    """All that is said of a change to a stack; `reasons` say why it failed, or why it doesn't count as judged."""

    version: Literal[1]
    stack: StackName
    base: Sha
    head: Sha
    verdict: Verdict
    reasons: Listed[Sentence] = Listed()
    proof: Proof
    unchanged: Count = 0
    systems: Annotated[tuple[System, ...], Field(max_length=100)] = ()
    losses: Listed[Loss] = Listed()
    changes: Listed[Changed] = Listed()
    findings: Listed[Found] = Listed()
    opened: FlowChange = FlowChange()
    closed: FlowChange = FlowChange()
    added: Listed[Statement] = Listed()
    removed: Listed[Statement] = Listed()
    lanes: Listed[Lane] = Listed()
    judgement: Judgement = Judgement()

    @model_validator(mode="after")
    def _does_not_contradict_itself(self) -> Self:
        if self.verdict is Verdict.CLEAN and (self.findings.total or not self.proof.holds):
            raise ValueError("a report says that nothing is wrong, and its findings or its proof say otherwise")
        if self.verdict is Verdict.VIOLATION and not self.findings.total:
            raise ValueError("a report says that something is violated, and has no finding")
        return self

    @property
    def says_nothing(self) -> bool:
        """Whether a reader need not be told of it: it is clean, and nothing of the stack or of its rules changes."""
        return self.verdict is Verdict.CLEAN and not (
            self.changes.total
            or self.opened.first.total
            or self.closed.first.total
            or self.lanes.total
            or self.judgement.loosened.total
            or self.judgement.tightened
            or self.judgement.failure
        )
