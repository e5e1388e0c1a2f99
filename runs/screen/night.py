"""What a preview of a later day says on top: what ends until then, and what people still have to do, in order."""

from collections.abc import Iterator
from datetime import datetime

from rich.console import Console

from runs.digest import Operation
from runs.screen.facts import Facts
from runs.screen.layout import at_most, row, title

_NAMED = 4


def show_night(facts: Facts, at: datetime, console: Console) -> None:
    """The day, and a numbered line for each thing that doesn't happen by itself."""
    title(console, f"By {at:%Y-%m-%d %H:%M} UTC, if nothing changes until then")
    ended = facts.lanes.ended
    for each in ended:
        row(console, "-", f"lane {each.lane.name} {each.sentence}; {_left(facts, each.lane.name)}", "red")
    if not ended:
        row(console, " ", "no lane of this stack has ended")
    for number, step in enumerate(_steps(facts), 1):
        row(console, f"{number}.", step)


def _left(facts: Facts, lane: str) -> str:
    if lane in facts.lanes.closed:
        return "what it is made of goes"
    return "nothing of it is there"


def _steps(facts: Facts) -> Iterator[str]:
    """What is left to people, in the order in which it is done."""
    going = [each for each in facts.losses if each.change.operation is Operation.DELETE and each.noun == "bucket"]
    if going:
        names = ", ".join(at_most([each.change.name for each in going], _NAMED))
        yield f"before: empty the buckets that go, for Oracle deletes none that holds an object: {names}"
    closed = [each.lane.name for each in facts.lanes.ended if each.lane.name in facts.lanes.closed]
    if closed:
        yield "then: run `up`: nothing is deleted by itself, and until then each link that is left is a finding"
    if facts.lanes.ended:
        names = ", ".join(each.lane.name for each in facts.lanes.ended)
        yield f"any time after: take {names} out of stacks/boundary.yaml; an ended lane excepts nothing"
