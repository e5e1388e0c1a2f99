"""What a run's event log says of its policies: what they found, what could not run, what nobody looked at."""

import json
from pathlib import Path
from typing import Any

import pytest

from rehearsal.toolchain.events import PolicyRun, read_policy_run

A, B, C = (f"urn:pulumi:dev::small::type::{name}" for name in "abc")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "events.json"


def read(log: Path, *events: dict[str, Any], tail: str = "") -> PolicyRun:
    log.write_text("".join(json.dumps(event) + "\n" for event in events) + tail, encoding="utf-8")
    return read_policy_run(log)


def found(message: str, level: str = "mandatory", urn: str = A) -> dict[str, Any]:
    return {"policyEvent": {"resourceUrn": urn, "message": message, "enforcementLevel": level}}


def looked_at(urn: str) -> dict[str, Any]:
    return {"policyAnalyzeSummaryEvent": {"resourceUrn": urn}}


def step(urn: str, op: str) -> dict[str, Any]:
    return {"resourcePreEvent": {"metadata": {"urn": urn, "op": op}}}


def test_a_mandatory_finding_is_a_violation_and_an_advisory_one_is_not(log: Path) -> None:
    run = read(log, found("crosses\n"), found("untidy", "advisory"))
    assert run.violations == [f"{A}: crosses"]
    assert run.could_not_run == []


@pytest.mark.parametrize("level", ["advisory", "mandatory"])
def test_a_policy_that_could_not_run_is_no_finding_but_is_not_silent(log: Path, level: str) -> None:
    run = read(log, found("can't run policy 'regions' during preview: unknown", level))
    assert run.violations == []
    assert run.could_not_run == [f"{A}: can't run policy 'regions' during preview: unknown"]


def test_what_was_registered_and_no_policy_looked_at_is_unseen(log: Path) -> None:
    run = read(log, step(A, "create"), step(B, "same"), looked_at(B), step(C, "update"), looked_at(C))
    assert run.unseen == {A}


@pytest.mark.parametrize("op", ["delete", "delete-replaced", "discard", "read", "refresh"])
def test_what_goes_or_is_only_read_need_not_be_looked_at(log: Path, op: str) -> None:
    assert read(log, step(A, op)).unseen == set()


def test_other_events_say_nothing(log: Path) -> None:
    assert read(log, {"sequence": 1, "stdoutEvent": {"message": "can't run policy"}}, {}) == PolicyRun()


def test_a_log_that_is_cut_short_is_no_proof(log: Path) -> None:
    run = read(log, step(A, "create"), looked_at(A), tail='{"policyEvent": {"resour')
    assert run.could_not_run == ["the engine's event log is cut short"]
    assert run.unseen == set()
