"""What a run changes: by system, what holds data and goes, and statements as a set."""

from typing import Any

import pytest

from runs.changes import by_system, changes, described, losses
from runs.digest import Operation
from runs.statements import Statement, compare_statements
from tests.unit.runs.digests import BUCKET, LOG, POLICY, digest, state, step

HOLDING = {BUCKET: "bucket"}
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def tagged(*classes: str, **inputs: Any) -> dict[str, Any]:
    return inputs | {"definedTags": {"env.System": "data", **{f"env{i}.DataClass": c for i, c in enumerate(classes)}}}


def test_only_what_oracle_makes_is_a_change() -> None:
    found = changes(
        digest(
            step("create", "bucket", new=state(name="b")),
            step("create", "component", "stateside:data:Buckets", new=state()),
            step("create", "provider", "pulumi:providers:oci", new=state()),
            *(step(op, op, old=state(), new=state()) for op in ("same", "read", "refresh")),
        )
    )
    assert [described(each) for each in found] == ["creates Bucket b"]


def test_changes_are_counted_by_the_system_of_the_outermost_component() -> None:
    found = changes(
        digest(
            step("create", "a", new=state(), system="network"),
            step("create", "b", new=state(), system="network"),
            step("update", "c", old=state(), new=state(), system="network"),
            step("delete", "d", old=state(), system="data"),
        )
    )
    assert by_system(found) == {
        "data": {Operation.DELETE: 1},
        "network": {Operation.CREATE: 2, Operation.UPDATE: 1},
    }


@pytest.mark.parametrize(
    ("inputs", "name"),
    [
        ({"name": "env-lake"}, "env-lake"),
        ({"displayName": "Lake", "name": "env-lake"}, "Lake"),
        ({"name": UNKNOWN}, "a"),
        ({"name": "[secret]"}, "a"),
        ({}, "a"),
    ],
)
def test_a_change_has_the_name_at_oracle_or_else_the_programs(inputs: dict[str, Any], name: str) -> None:
    assert changes(digest(step("create", new=state(**inputs))))[0].name == name


def test_what_holds_data_and_goes_is_said_in_words_and_what_is_protected_comes_last() -> None:
    found = changes(
        digest(
            step("delete", "a", old=state(protect=True, **tagged("us-user", name="env-us-lake"))),
            step(
                "replace",
                "b",
                old=state(**tagged("us-user", "content", name="env-x")),
                new=state(),
                replacing=("name",),
            ),
            step("delete", "c", old=state(name="env-plain")),
            step("replace", "u", old=state(protect=True, name="env-unprotected"), new=state()),
            step("update", "d", old=state(name="env-kept"), new=state(name="env-kept")),
            step("delete", "e", LOG, old=state(name="env-log")),
        )
    )
    assert tuple(loss.sentence for loss in losses(found, HOLDING)) == (
        "replaces bucket env-x, which holds content and us-user data (because of name)",
        "deletes bucket env-plain, which holds data of no class",
        "replaces bucket env-unprotected, which holds data of no class",
        "deletes bucket env-us-lake, which holds us-user data; protected",
    )


def policy(op: str, name: str, before: list[str] | None, after: list[str] | None, where: str = "c") -> dict[str, Any]:
    old = None if before is None else state(statements=before, compartmentId=where)
    new = None if after is None else state(statements=after, compartmentId=where)
    return step(op, name, POLICY, old=old, new=new)


@pytest.mark.parametrize(
    ("steps", "added", "removed"),
    [
        ([policy("update", "p", ["a", "b"], ["b", "a"])], [], []),
        ([policy("update", "p", ["a", "b"], ["b", "c"])], [("p", "c")], [("p", "a")]),
        ([policy("update", "p", ["a  b"], ["a b"])], [], []),
        ([policy("update", "p", ["a"], ["a", "a"])], [("p", "a")], []),
        ([policy("update", "p", ["a"], []), policy("create", "q", None, ["a"])], [], []),
        ([policy("update", "p", ["a"], []), policy("create", "q", None, ["a"], "d")], [("q", "a")], [("p", "a")]),
        ([policy("delete", "p", ["a"], None)], [], [("p", "a")]),
        ([policy("create", "p", None, [UNKNOWN])], [("p", "known only after the change")], []),
        ([step("update", "b", old=state(statements="a"), new=state())], [], []),
    ],
)
def test_statements_are_compared_as_a_set(
    steps: list[dict[str, Any]], added: list[tuple[str, str]], removed: list[tuple[str, str]]
) -> None:
    found = compare_statements(changes(digest(*steps)))
    assert found.added == tuple(Statement(*each) for each in added)
    assert found.removed == tuple(Statement(*each) for each in removed)
