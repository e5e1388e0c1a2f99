"""The forms that all of a report is made of: limits, names and sentences, and lists that count what was cut."""

from typing import Annotated, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from boundary import DataClass

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


class Place(Model):
    """A line of a file of the repository."""

    file: Annotated[str, Field(max_length=NAME_LENGTH, pattern=r"^[A-Za-z0-9_-]+([./][A-Za-z0-9_-]+)*$")]
    line: Annotated[int, Field(ge=1, le=1_000_000)]
