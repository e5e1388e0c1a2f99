"""The report of a change to one stack, as typed data: what one program writes and another one doesn't trust.

A pull request's own code writes `report.json`; the code of the default branch reads it and makes the comment. So
everything has a type, a form and a limit, and what contradicts itself is refused. A list says how long it was before it
was cut, so that what is left out can be counted.
"""

from enum import StrEnum
from typing import Annotated, Final, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from boundary import DataClass

VERSION: Final = 1
MAX_BYTES = 8_000_000
MAX_ITEMS = 3_000
NAME_LENGTH, SENTENCE_LENGTH, STATEMENT_LENGTH = 200, 600, 1_000

Name = Annotated[str, Field(max_length=NAME_LENGTH)]
Sentence = Annotated[str, Field(max_length=SENTENCE_LENGTH)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Sha = Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")]
StackName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,62}$")]
Classes = Annotated[tuple[DataClass, ...], Field(max_length=len(DataClass))]
Item = TypeVar("Item")


class Model(BaseModel):
    """What all of a report has in common."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Listed(Model, Generic[Item]):
    """A list that may have been cut: `total` is how long it was."""

    items: Annotated[tuple[Item, ...], Field(max_length=MAX_ITEMS)] = ()
    total: Count = 0

    @model_validator(mode="after")
    def _counts_what_it_has(self) -> Self:
        if self.total < len(self.items):
            raise ValueError("a list is longer than the total it gives")
        return self


class Verdict(StrEnum):
    """How the preview of a change ended."""

    CLEAN = "clean"
    VIOLATION = "violation"
    NOT_JUDGED = "not-judged"
    FAILED = "failed"


class Operation(StrEnum):
    """What happens to a resource."""

    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"


class Place(Model):
    """A line of a file of the repository."""

    file: Annotated[str, Field(max_length=NAME_LENGTH, pattern=r"^[A-Za-z0-9_-]+([./][A-Za-z0-9_-]+)*$")]
    line: Annotated[int, Field(ge=1, le=1_000_000)]


class Proof(Model):
    """That everything was judged: resources registered and judged, rules declared and rules that ran."""

    registered: Count
    judged: Count
    rules: Count
    ran: Count

    @property
    def holds(self) -> bool:
        """Whether every rule had its say on every resource."""
        return self.registered == self.judged and self.rules == self.ran and self.rules > 0


class System(Model):
    """How many resources of a system are created, updated, replaced and deleted."""

    name: Name
    create: Count = 0
    update: Count = 0
    replace: Count = 0
    delete: Count = 0


class Changed(Model):
    """One resource that changes; `needs` are the numbers of others in the same list that it depends on."""

    name: Name
    type: Name
    system: Name
    operation: Operation
    keys: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    place: Place | None = None
    needs: Annotated[tuple[Count, ...], Field(max_length=20)] = ()


class Loss(Model):
    """Something that holds data and is replaced or deleted, in a sentence."""

    says: Sentence
    protected: bool
    place: Place | None = None


class Found(Model):
    """What a rule found, once for each cause: `also` are sentences of other findings with the same cause."""

    rule: Name
    severity: Name
    type: Name
    name: Name
    path: Name
    says: Sentence
    value: Sentence = ""
    lets_through: Sentence
    instead: Sentence
    hint: Sentence = ""
    statement: Annotated[str, Field(max_length=STATEMENT_LENGTH)] = ""
    flow: Annotated[tuple[Name, ...], Field(max_length=60)] = ()
    also: Listed[Sentence] = Listed()
    place: Place | None = None
    is_new: bool = True


class FlowRank(StrEnum):
    """How near a reader should look: at what ends outside, between what both runs have, or at something new."""

    ENDS = "ends"
    KNOWN = "known"
    NEW = "new"


class Flow(Model):
    """Data of some classes that can go from any of some stops to any of others, and by what."""

    rank: FlowRank
    classes: Classes
    sources: Listed[Name]
    targets: Listed[Name]
    by: Annotated[tuple[Name, ...], Field(max_length=60)] = ()


class Reach(Model):
    """Where data of a class can be that it couldn't before, or no longer can be."""

    data_class: DataClass
    stops: Listed[Name]


class FlowChange(Model):
    """Flows that a change opens, or closes: the first steps, how many follow from those, and what is reached.

    What has the same classes and the same means is one entry; `total` counts entries, `following` single flows.
    """

    first: Listed[Flow] = Listed()
    following: Count = 0
    reaches: Annotated[tuple[Reach, ...], Field(max_length=len(DataClass))] = ()


class Statement(Model):
    """A statement and the policy that has it."""

    policy: Name
    text: Annotated[str, Field(max_length=STATEMENT_LENGTH)]


class LaneNews(StrEnum):
    """What there is to say of a lane."""

    OPENED = "opened"
    CHANGED = "changed"
    CLOSED = "closed"
    ENDED = "ended"
    ENDING = "ending"


class Lane(Model):
    """A lane of which there is something to say; `days` are those that are left, less than none for one that ended."""

    name: Name
    news: LaneNews
    direction: Annotated[str, Field(pattern=r"^(in|out)$")]
    classes: Classes
    owner: Name
    approver: Name
    expires: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    days: Annotated[int, Field(ge=-100_000, le=100_000)]


class Looser(StrEnum):
    """What of a change lets something pass that is blocked without it."""

    BOUNDARY = "boundary"
    RULES = "rules"


class Loosened(Model):
    """Something that the base's own judgement blocks, and the change's doesn't."""

    by: Looser
    rule: Name
    type: Name
    name: Name
    says: Sentence


class Judgement(Model):
    """What the base's own rules and boundary say of the change's program, so that it isn't its only judge.

    `failure` says why they couldn't be asked; `tightened` counts what only the change's own judgement blocks, and
    `unseen` the secret values that a preview leaves out, so that only the change's own rules saw them.
    """

    failure: Sentence = ""
    loosened: Listed[Loosened] = Listed()
    tightened: Count = 0
    unseen: Count = 0


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
