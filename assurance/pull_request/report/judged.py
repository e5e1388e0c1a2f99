"""What was judged, what was found, and what the base's own rules say of the change."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from assurance.pull_request.report.form import STATEMENT_LENGTH, Count, Listed, Model, Name, Place, Sentence


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
