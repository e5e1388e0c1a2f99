"""Whether an `up` would have anything to write, as its preview shows: what is missed here is never deployed."""

from pathlib import Path
from typing import Any

import pytest

from runs.account import Account, Outcome
from runs.digest import digest_of
from runs.unchanged import to_write
from tests.unit.runs.digests import urn
from tests.unit.runs.fake_engine import STACK

KEPT: dict[str, Any] = {
    "urn": urn("a"),
    "custom": True,
    "id": "ocid1.bucket",
    "type": "oci:ObjectStorage/bucket:Bucket",
    "inputs": {"name": "lake", "password": "[secret]"},
    "outputs": {"etag": "x"},
    "parent": urn("p"),
    "dependencies": [urn("d"), urn("e")],
    "propertyDependencies": {"name": [urn("d"), urn("e")], "tags": []},
    "sourcePosition": "project:///infra/a.py#1",
    "stackTrace": [{"sourcePosition": "project:///infra/a.py#1"}, {"sourcePosition": "project:///.venv/x.py#1"}],
    "created": "2026-11-01T00:00:00Z",
    "modified": "2026-11-01T00:00:00Z",
}
# As the engine tells of a resource that stays: what Oracle gave it is not filled in yet.
AGAIN = {key: value for key, value in KEPT.items() if key not in ("id", "outputs")}


def previewed(
    *,
    op: str = "same",
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
    summary: dict[str, int] | None = None,
    outputs: tuple[Any, Any] = ({}, {}),
) -> Outcome:
    step = {"op": op, "urn": urn("a"), "oldState": KEPT | (old or {}), "newState": AGAIN | (new or {})}
    document = {"steps": [step], "changeSummary": {op: 1} if summary is None else summary}
    account = Account(outputs={STACK: outputs})
    return Outcome("preview", "dev", Path(), 0, 0, account, digest_of(document), None, "")


def test_a_state_that_would_be_the_same_is_not_written() -> None:
    assert to_write(previewed()) == ""


@pytest.mark.parametrize(
    "new",
    [
        {"dependencies": [urn("e"), urn("d")]},
        {"propertyDependencies": {"name": [urn("e"), urn("d")], "tags": []}},
        {"protect": False, "aliases": [], "ignoreChanges": None},
        {"stackTrace": [{"sourcePosition": "project:///infra/a.py#1"}, {"sourcePosition": "project:///.venv/y.py#9"}]},
        {"modified": "2026-11-02T00:00:00Z", "id": "ocid1.bucket"},
    ],
    ids=lambda each: next(iter(each)),
)
def test_the_order_of_dependencies_and_frames_outside_the_program_are_no_difference(new: dict[str, Any]) -> None:
    assert to_write(previewed(new=new)) == ""


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ({"protect": True}, "protect of a changes in the state"),
        ({"dependencies": [urn("d")]}, "dependencies of a changes in the state"),
        ({"propertyDependencies": {"name": [urn("d")], "tags": []}}, "propertyDependencies of a changes in the state"),
        ({"propertyDependencies": {"name": [urn("d"), urn("e")]}}, "propertyDependencies of a changes in the state"),
        ({"aliases": [urn("b")]}, "aliases of a changes in the state"),
        ({"parent": urn("q")}, "parent of a changes in the state"),
        ({"provider": "p::1"}, "provider of a changes in the state"),
        ({"inputs": {"name": "lake"}}, "inputs of a changes in the state"),
        ({"retainOnDelete": True}, "retainOnDelete of a changes in the state"),
        ({"customTimeouts": {"create": 5}}, "customTimeouts of a changes in the state"),
        ({"ignoreChanges": ["tags"]}, "ignoreChanges of a changes in the state"),
        ({"additionalSecretOutputs": ["x"]}, "additionalSecretOutputs of a changes in the state"),
        ({"whatTheNextEngineKeeps": 1}, "whatTheNextEngineKeeps of a changes in the state"),
        ({"sourcePosition": "project:///infra/a.py#2"}, "the place of a changes in the state"),
        ({"stackTrace": [{"sourcePosition": "project:///infra/b.py#1"}]}, "the place of a changes in the state"),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else None,
)
def test_whatever_the_state_keeps_is_written_when_it_differs(new: dict[str, Any], reason: str) -> None:
    assert to_write(previewed(new=new)) == reason


def test_what_is_no_longer_said_is_a_difference_too() -> None:
    assert to_write(previewed(old={"protect": True})) == "protect of a changes in the state"


@pytest.mark.parametrize("op", ["create", "update", "replace", "delete", "read", "refresh", "import"])
def test_any_step_but_same_is_written(op: str) -> None:
    assert to_write(previewed(op=op)) == "resources change"
    assert to_write(previewed(op=op, summary={"same": 1})) == "existence of a changes in the state"
    assert to_write(previewed(summary={"same": 1, op: 1})) == "resources change"


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        ({"a": 1}, {"a": 1}, False),
        ({"a": 1}, {"a": 2}, True),
        ({"a": 1}, {}, True),
        ({}, {"a": 1}, True),
        ({"a": "[secret]"}, {"a": "[secret]"}, True),
        ({"a": [{"b": "[secret]"}]}, {"a": [{"b": "[secret]"}]}, True),
    ],
)
def test_outputs_that_differ_or_cannot_be_compared_are_written(
    before: dict[str, Any], after: dict[str, Any], written: bool
) -> None:
    reason = to_write(previewed(outputs=(before, after)))
    assert reason == ("outputs of stateside-dev change" if written else "")


def test_a_preview_without_a_digest_or_without_a_step_proves_nothing() -> None:
    nothing = Outcome("preview", "dev", Path(), 0, 0, Account(), None, None, "")
    assert to_write(nothing) == "resources change"
    empty = Outcome("preview", "dev", Path(), 0, 0, Account(), digest_of({"changeSummary": {}}), None, "")
    assert to_write(empty) == "nothing is there yet"
