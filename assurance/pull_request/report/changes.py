"""What a change does to the resources, the statements and the lanes of a stack."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from assurance.pull_request.report.form import STATEMENT_LENGTH, Classes, Count, Model, Name, Place, Sentence


class Operation(StrEnum):
    """What happens to a resource."""

    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"


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
