"""Causes that one line makes are one mistake, which is shown once with all its resources."""

import io
from typing import Any

import pytest
from rich.console import Console

from runs.errors import Exit
from runs.mistakes import mistakes
from runs.places import Declared, Place
from runs.results import Cause, Finding
from runs.screen.facts import Facts
from runs.screen.findings import show_findings
from runs.verdict import Verdict

LINE = Declared(Place("infra/data/bucket.py", 65), (Place("infra/data/bucket.py", 65),))
OTHER = Declared(Place("infra/data/bucket.py", 80), ())


def cause(name: str, *also: str, **more: Any) -> Cause:
    raw = {
        "rule": "exposure",
        "urn": name,
        "resource": f"oci:ObjectStorage/bucket:Bucket::{name}",
        "path": "accessType",
        "says": "is `ObjectRead`, not `NoPublicAccess`",
        "letsThrough": "every object",
        "instead": "NoPublicAccess",
        "excusable": True,
    }
    return Cause(Finding(raw | more), tuple(Finding({"rule": rule}) for rule in also))


def test_resources_of_one_line_with_one_fault_are_one_mistake() -> None:
    found = [cause("a"), cause("b", says="is something else"), cause("c"), cause("d"), cause("e")]
    places = dict.fromkeys("abc", LINE) | {"d": OTHER}
    names = [[each.main.urn for each in mistake.causes] for mistake in mistakes(found, places)]
    assert names == [["a", "c"], ["b"], ["d"], ["e"]]


@pytest.mark.parametrize("key", ["rule", "path", "says", "value", "statement", "letsThrough", "instead", "hint"])
def test_what_is_said_otherwise_is_another_mistake(key: str) -> None:
    assert len(mistakes([cause("a"), cause("b", **{key: "other"})], {"a": LINE, "b": LINE})) == 2


def test_what_no_line_declares_stays_by_itself() -> None:
    assert len(mistakes([cause("a"), cause("a")], {})) == 2


def test_a_mistake_is_shown_once_with_all_its_resources_and_all_that_was_found() -> None:
    text = io.StringIO()
    causes = (cause("a", "flow"), cause("b"), cause("c", "flow"))
    facts = Facts("x", Verdict(Exit.VIOLATION, "x"), 1, causes=causes, places=dict.fromkeys("abc", LINE))
    show_findings(facts, Console(file=text, width=200))
    assert [line.rstrip() for line in text.getvalue().splitlines() if line.strip()] == [
        "1. exposure: a (oci:ObjectStorage/bucket:Bucket)",
        "  declared at   infra/data/bucket.py:65",
        "  also on       b, c",
        "  found         accessType is `ObjectRead`, not `NoPublicAccess`",
        "  lets through  every object",
        "  write instead NoPublicAccess",
        "  if wanted     a lane in stacks/boundary.yaml with rule exposure and resource "
        "oci:ObjectStorage/bucket:Bucket::a, and one for each other resource",
        "  found too     flow (2 times)",
    ]
