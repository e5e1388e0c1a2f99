"""The door answers on the wire as the real provider is measured to answer: each row of `wire/*.yaml` is one call."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi.runtime.proto import provider_pb2

from provider_schema import described
from rehearsal.doors.provider.values import UNKNOWN
from tests.unit.doors.engine import Provider
from tests.unit.doors.recordings import recordings
from tests.unit.world.small import ASHBURN

Row = dict[str, Any]

CHECKS, PREVIEWS, UPDATES, DIFFS = (recordings(call) for call in ("check", "preview", "update", "diff"))


def says(row: Row) -> str:
    return f"{row['type'].rpartition(':')[2]}: {row['says']}"


def rows(found: list[Row]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return pytest.mark.parametrize("row", found, ids=says)


@rows([row for row in CHECKS if "refused" not in row])
def test_a_check_returns_the_inputs_as_the_provider_fills_them_in(provider: Provider, row: Row) -> None:
    inputs, failures = provider.check(row["type"], row["news"], row.get("olds"))
    assert failures == []
    assert inputs == row["inputs"]


@rows([row for row in CHECKS if "refused" in row])
def test_a_check_refuses_what_the_provider_refuses(provider: Provider, row: Row) -> None:
    _, failures = provider.check(row["type"], row["news"], row.get("olds"))
    assert sorted(path for path, _ in failures) == sorted(row["refused"])


@rows(PREVIEWS)
def test_a_creation_at_preview_knows_what_the_provider_knows(provider: Provider, row: Row) -> None:
    _, outputs = provider.create(row["type"], preview=True, **row["inputs"])
    nulls = dict.fromkeys(row.get("null", ()))
    expected = row["shows"] | dict.fromkeys(row.get("unknown", ()), UNKNOWN) | nulls
    if "only" in row:
        assert {name: outputs[name] for name in row["only"]} == expected
        return
    del outputs["__meta"]
    assert outputs.pop("id") is UNKNOWN
    # A null on the wire is one that the engine leaves out.
    assert outputs == {name: value for name, value in expected.items() if value is not None}
    assert described(row["type"]).arguments.keys() == expected.keys()


@rows(UPDATES)
def test_an_update_at_preview_changes_what_the_provider_changes(provider: Provider, row: Row) -> None:
    updated = provider.update(row["type"], row["state"]["id"], preview=True, known=row["state"], **row["inputs"])
    expected = row["state"] | row["changes"]
    assert updated == {name: value for name, value in expected.items() if value is not None}


@rows(DIFFS)
def test_a_diff_finds_what_the_provider_finds(provider: Provider, row: Row) -> None:
    if "ignored_tags" in row:
        provider.configure(region=ASHBURN, ignoreDefinedTags=row["ignored_tags"])
    answer = provider.diff(row["type"], "id", row["state"], row["inputs"])
    kind_of = provider_pb2.PropertyDiff.Kind.Name
    found = {path: kind_of(detail.kind) for path, detail in answer.detailedDiff.items()}
    only = row.get("only")
    seen = {path: kind for path, kind in found.items() if only is None or path.split(".")[0] in only}
    assert seen == row.get("found", {})
    if only is None:
        changes = provider_pb2.DiffResponse.DIFF_SOME if row.get("found") else provider_pb2.DiffResponse.DIFF_NONE
        assert answer.changes == changes


def test_the_recordings_are_of_a_few_dozen_types_that_the_measured_schema_has() -> None:
    types = {row["type"] for row in CHECKS + PREVIEWS + UPDATES + DIFFS}
    assert len(types) >= 36
    assert all(described(type).is_measured for type in types)
