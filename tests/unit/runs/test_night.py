"""A preview of a later day says what ends until then, and what people still have to do, in order."""

from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

from rich.console import Console

from runs.changes import Change, Loss
from runs.digest import Operation
from runs.errors import Exit
from runs.lanes import LaneChange, lanes_of
from runs.screen import Facts, show
from runs.verdict import Verdict
from tests.policies.builder import boundary
from tests.unit.runs.test_lanes import lane

AT = datetime(2026, 12, 20, tzinfo=UTC)
EDGE = boundary(
    lane("code", "2026-12-15T00:00:00Z"), lane("models", "2026-12-16T00:00:00Z"), lane("later", "2026-12-30T00:00:00Z")
)
ENDED = tuple(each for each in lanes_of("dev", EDGE, AT) if each.ended)
CLEAN = Facts("dev would change: delete 2", Verdict(Exit.CLEAN, ""), 1)


def loss(name: str, noun: str = "bucket", operation: Operation = Operation.DELETE) -> Loss:
    """Something with data that goes."""
    change = Change("urn", "type", name, "transfer", operation, (), (), None, None, None, False, ("code",))
    return Loss(change, noun)


def shown(facts: Facts) -> list[str]:
    """What follows on the screen after the day."""
    console = Console(file=(log := StringIO()), width=200, highlight=False)
    show(facts, console)
    lines = [" ".join(line.split()) for line in log.getvalue().splitlines()]
    start = next((number for number, line in enumerate(lines) if line.startswith("By ")), len(lines))
    return [line for line in lines[start:] if line and not line.startswith("✓")]


def test_without_a_day_nothing_is_said_of_one() -> None:
    assert shown(replace(CLEAN, lanes=LaneChange((), (), (), ENDED))) == []


def test_what_ends_and_what_is_left_to_people_is_said_in_order() -> None:
    lost = (loss("dev-quarantine-code"), loss("dev-log", "log"), loss("dev-lake", operation=Operation.REPLACE))
    facts = replace(CLEAN, at=AT, losses=lost, lanes=LaneChange((), ("code",), (), ENDED))
    assert shown(facts) == [
        "By 2026-12-20 00:00 UTC, if nothing changes until then",
        "- lane code ended on 2026-12-15; what it is made of goes",
        "- lane models ended on 2026-12-16; nothing of it is there",
        "1. before: empty the buckets that go, for Oracle deletes none that holds an object: dev-quarantine-code",
        "2. then: run `up`: nothing is deleted by itself, and until then each link that is left is a finding",
        "3. any time after: take code, models out of stacks/boundary.yaml; an ended lane excepts nothing",
    ]


def test_where_nothing_goes_there_is_nothing_to_do_but_the_file() -> None:
    assert shown(replace(CLEAN, at=AT, lanes=LaneChange((), (), (), ENDED[:1])))[1:] == [
        "- lane code ended on 2026-12-15; nothing of it is there",
        "1. any time after: take code out of stacks/boundary.yaml; an ended lane excepts nothing",
    ]


def test_where_no_lane_has_ended_that_is_said() -> None:
    assert shown(replace(CLEAN, at=AT))[1:] == ["no lane of this stack has ended"]


def test_of_many_buckets_some_are_named_and_the_rest_counted() -> None:
    facts = replace(CLEAN, at=AT, losses=tuple(loss(f"b{number}") for number in range(7)))
    assert shown(facts)[-1].endswith("b0, b1, b2, b3, and 3 more")
