"""Alerts and what they come from, as short as they get."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assurance.alerts.alert import Alert, Event, Kind, Message, Severity, State, Subject
from assurance.alerts.observation import Look, Observation, Sighting, Stage, identity

START = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
LOOK = Look("us-prod", "run of the engine")


def at(minutes: float) -> datetime:
    """So many minutes after the beginning."""
    return START + timedelta(minutes=minutes)


def subject(name: str = "a", severity: str = "high", rule: str = "peering", **more: Any) -> Subject:
    """What an alert is about; its id follows from its name."""
    fields: dict[str, Any] = {
        "id": identity(name),
        "kind": Kind.VIOLATION,
        "stack": "us-prod",
        "system": "network",
        "rule": rule,
        "severity": Severity(severity),
        "resource": f"oci:Core/localPeeringGateway:LocalPeeringGateway::{name}",
        "says": f"{name} peers with a foreign network",
        "lets_through": "packets both ways",
        "instead": "nothing",
        "place": "infra/network/hub.py:12",
    }
    return Subject(**(fields | more))


def stage(text: str) -> Stage:
    """A stage by its key; `?` behind it makes it quiet."""
    return Stage(text.rstrip("?"), f"stage {text.rstrip('?')}", quiet=text.endswith("?"))


def sighting(name: str, *stages: str, **more: Any) -> Sighting:
    """A subject that was found."""
    return Sighting(subject(name, **more), tuple(map(stage, stages)))


def seen(*found: Sighting, look: Look = LOOK, whole: bool = True, **more: Any) -> Observation:
    """One look."""
    return Observation(look, whole, found, **more)


def alert(name: str = "a", state: State = State.OPEN, number: int = 1, **more: Any) -> Alert:
    """An alert that was told once."""
    return Alert(
        subject=subject(name, **more), state=state, first_seen=START, opened=START, last_seen=START, number=number
    )


def message(name: str = "a", event: Event = Event.OPENED, number: int = 1, **more: Any) -> Message:
    """A message about it."""
    state = {Event.RESOLVED: State.RESOLVED, Event.ACKNOWLEDGED: State.ACKNOWLEDGED}.get(event, State.OPEN)
    made = alert(name, state, number, **more)
    return Message(alert=made, event=event, says=made.subject.says, at=START)


def finding(name: str = "a", rule: str = "peering", stack: str = "us-prod", **more: Any) -> dict[str, Any]:
    """A finding as `results.json` has it."""
    kind = "oci:Core/localPeeringGateway:LocalPeeringGateway"
    fields = {
        "id": identity(rule, name),
        "rule": rule,
        "severity": "high",
        "urn": f"urn:pulumi:{stack}::stateside::stateside:network:Hub${kind}::{name}",
        "type": kind,
        "name": name,
        "resource": f"{kind}::{name}",
        "path": "",
        "says": "this type is denied",
        "value": "",
        "letsThrough": "packets both ways",
        "instead": "nothing",
        "hint": "",
        "lane": None,
        "statement": None,
        "place": None,
        "trace": [],
        "flow": None,
    }
    return fields | more


def results(findings: Iterable[dict[str, Any]] = (), unproved: str = "", **more: Any) -> dict[str, Any]:
    """What a run found."""
    found = list(findings)
    document = {
        "version": 2,
        "source": LOOK.source,
        "file": "",
        "proved": not unproved,
        "unproved": unproved,
        "registered": 3,
        "analysed": 3,
        "sealedSecrets": 0,
        "rules": [{"id": rule, "seen": True} for rule in ("peering", "exposure", "flow")],
        "findings": found,
        "causes": [{"main": number, "also": []} for number in range(len(found))],
        "couldNotRun": [],
        "lanes": [],
        "proposed": None,
        "holding": {},
    }
    return document | more


def write_results(directory: Path, document: dict[str, Any]) -> Path:
    """The same as a file in a directory of a run."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "results.json").write_text(json.dumps(document), encoding="utf-8")
    return directory
