"""What a rule says, and the message that a person reads.

A rule returns problems. The judge adds whose problem it is and what the rule's metadata says, which makes a finding.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

# Of a longer statement the beginning is shown; where it is, is told besides.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a value, as a sentence that follows its path: "{token} is a region outside the boundary".

    `token` is only ever what a pattern matched (a region, an OCID, an address), never a whole value; where the value is
    a secret, not even that is shown. `statement` is the text of a statement that could be read. `lets_through` and
    `instead` replace the rule's own words where there is more to say. What is `unread` can't be excepted by a lane.
    """

    says: str
    token: str = ""
    lets_through: str = ""
    instead: str = ""
    hint: str = ""
    statement: str = ""
    unread: bool = False

    def sentence(self, secret: bool) -> str:
        """What it says, with the token or with a word in its place."""
        return self.says.replace("{token}", "a secret value" if secret else f"`{self.token}`")


@dataclass(frozen=True, slots=True)
class Hit:
    """A problem that a sweep found, and the rule that it belongs to."""

    rule: str
    problem: Problem


class Step(NamedTuple):
    """One step of a path of the flow proof, in words; its resource, and which argument where it is a part of one."""

    words: str
    urn: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation: which rule, which resource, which argument, why, and what to write instead.

    `resource` is what a lane would name. Only an `excusable` finding can be excepted by one; that a rule could not run
    never is. `value` is what was found there, where it may be shown, and `statement` the text of the statement that is
    meant. `flow` is a path of the flow proof, from what holds the data to the outside, and `through` the steps of it
    that take it out. `lane` is the resource that a lane would name; empty where
    none can be written as it is.
    """

    rule: str
    urn: str
    resource: str
    path: str
    says: str
    lets_through: str
    instead: str
    hint: str = ""
    excusable: bool = False
    could_not_run: bool = False
    value: str = ""
    statement: str = ""
    flow: tuple[Step, ...] = ()
    through: tuple[Step, ...] = ()
    lane: str = ""

    @property
    def type(self) -> str:
        """The type token of the resource."""
        return self.resource.partition("::")[0]

    @property
    def name(self) -> str:
        """The logical name of the resource."""
        return self.resource.partition("::")[2]

    @property
    def place(self) -> str:
        """Which resource, and which argument of it."""
        return f"{self.name} ({self.type})" + (f", {self.path}" if self.path else "")

    @property
    def message(self) -> str:
        """What a person reads."""
        lines = [f"{self.place}: {self.says}."]
        if self.statement:
            lines.append(f"Statement: {_cut(self.statement)}")
        lines += [f"Would let through: {self.lets_through}.", f"Write instead: {self.instead}."]
        if self.hint:
            lines.append(f"Hint: {self.hint}.")
        if self.lane:
            lines.append(f"If this crossing is wanted: {self._renaming}{self.lane_words}.")
        return "\n".join(lines)

    @property
    def _renaming(self) -> str:
        if self.lane == self.resource:
            return ""
        name = self.lane.partition("::")[2]
        return f"first call the resource {name} in the program, because a lane is for one environment; then "

    @property
    def lane_words(self) -> str:
        """What a lane must say that excepts this, and nothing else."""
        return f"a lane in stacks/boundary.yaml with rule {self.rule} and resource {self.lane}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def path_text(path: Iterable[str | int]) -> str:
    """A path as it is written in a program: `routeRules[2].destination`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
