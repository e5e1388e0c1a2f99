"""The engine's event log, read afterwards and while it grows; and the proof that every rule ran."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from runs.events import CutShort, Ended, Event, Judged, Said, Started, StepEnded, StepFailed, StepStarted, Violated
from runs.events import follow as follow_log
from runs.events import read as read_log
from runs.proof import Proof, proof_of

A, B, C = (f"urn:pulumi:dev::small::type::{name}" for name in "abc")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "events.jsonl"


def written(*events: dict[str, Any], tail: str = "") -> str:
    return (
        "".join(json.dumps({"sequence": 1, "timestamp": 7} | event, separators=(",", ":")) + "\n" for event in events)
        + tail
    )


def read(log: Path, *events: dict[str, Any], tail: str = "") -> list[Event]:
    log.write_text(written(*events, tail=tail), encoding="utf-8")
    return list(read_log(log))


def step(urn: str, op: str, kind: str = "resourcePreEvent", **more: Any) -> dict[str, Any]:
    return {kind: {"metadata": {"urn": urn, "type": "type", "op": op, "old": None, "new": None} | more}}


def found(message: str, level: str = "mandatory", urn: str = A) -> dict[str, Any]:
    return {"policyEvent": {"resourceUrn": urn, "message": message, "policyName": "peering", "enforcementLevel": level}}


def looked_at(urn: str, *failed: str) -> dict[str, Any]:
    return {"policyAnalyzeSummaryEvent": {"resourceUrn": urn, "passed": ["peering"], "failed": list(failed)}}


def said(message: str, severity: str) -> dict[str, Any]:
    return {"diagnosticEvent": {"urn": A, "message": message, "color": "never", "severity": severity}}


def test_each_event_has_its_type(log: Path) -> None:
    events = read(
        log,
        {"preludeEvent": {"config": {}}},
        step(A, "create"),
        step(A, "update", "resOutputsEvent", diffs=["name"]),
        step(A, "create", "resOpFailedEvent"),
        said("refused", "error"),
        found("crosses\n"),
        looked_at(A, "lane"),
        {"policyAnalyzeStackSummaryEvent": {"passed": ["flow"]}},
        {"summaryEvent": {"isPreview": True, "durationSeconds": 3, "resourceChanges": {"same": 2}, "result": "failed"}},
        {"cancelEvent": {}},
    )
    assert [type(each) for each in events] == [
        Started,
        StepStarted,
        StepEnded,
        StepFailed,
        Said,
        Violated,
        Judged,
        Judged,
        Ended,
    ]
    assert events[2].resource.keys == ("name",) and events[2].at == 7  # type: ignore[union-attr]
    assert events[4] == Said("error", "refused", A)
    assert events[5] == Violated(A, "peering", "mandatory", "crosses")
    assert events[6:] == [
        Judged(A, frozenset({"peering", "lane"})),
        Judged("", frozenset({"flow"})),
        Ended(True, 3, {"same": 2}, "failed"),
    ]


def test_debug_messages_are_left_out(log: Path) -> None:
    assert read(log, said("registering", "debug"), {}) == []


def test_a_line_that_is_cut_short_is_an_event(log: Path) -> None:
    assert read(log, tail='{"policyEvent": {"resour') == [CutShort()]


def test_a_log_is_followed_while_it_grows_and_a_half_written_line_is_waited_for(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    whole = written(step(A, "create"), step(B, "create"))
    parts = [None, whole[:30], whole[30:-20], None, whole[-20:]]

    def over() -> bool:
        if parts and (part := parts.pop(0)):
            with log.open("a", encoding="utf-8") as file:
                file.write(part)
        return not parts

    seen: Iterator[Event | None] = follow_log(log, over)
    assert [each and type(each) for each in seen] == [None, None, StepStarted, None, None, StepStarted]


def test_a_log_that_never_comes_ends_with_the_run(log: Path) -> None:
    assert list(follow_log(log, lambda: True)) == []


def proof(log: Path, *events: dict[str, Any], tail: str = "") -> Proof:
    return proof_of(read(log, *events, tail=tail))


def test_a_mandatory_finding_is_a_violation_and_an_advisory_one_is_not(log: Path) -> None:
    run = proof(log, found("crosses\n"), found("untidy", "advisory"))
    assert run.violations == [f"{A}: crosses"]
    assert run.could_not_run == []


@pytest.mark.parametrize("level", ["advisory", "mandatory"])
def test_a_policy_that_could_not_run_is_no_finding_but_is_not_silent(log: Path, level: str) -> None:
    run = proof(log, found("can't run policy 'regions' during preview: unknown", level))
    assert run.violations == []
    assert run.could_not_run == [f"{A}: can't run policy 'regions' during preview: unknown"]


def test_what_was_registered_and_no_policy_looked_at_is_unseen(log: Path) -> None:
    run = proof(log, step(A, "create"), step(B, "same"), looked_at(B), step(C, "update"), looked_at(C))
    assert run.unseen == {A}
    assert run.unchanged == {B}


@pytest.mark.parametrize("op", ["delete", "delete-replaced", "discard", "read", "refresh"])
def test_what_goes_or_is_only_read_need_not_be_looked_at(log: Path, op: str) -> None:
    assert proof(log, step(A, op)).unseen == set()


def test_a_log_that_is_cut_short_is_no_proof(log: Path) -> None:
    run = proof(log, step(A, "create"), looked_at(A), tail='{"policyEvent": {"resour')
    assert run.could_not_run == ["the engine's event log is cut short"]
    assert run.unseen == set()


def test_the_proof_counts_resources_and_rules(log: Path) -> None:
    stack = {"policyAnalyzeStackSummaryEvent": {"passed": ["flow"]}}
    run = proof(log, step(A, "create"), step(B, "same"), looked_at(A, "lane"), looked_at(B), stack)
    assert run.sentence == "2 registered, 2 judged, 3 rules ran"
