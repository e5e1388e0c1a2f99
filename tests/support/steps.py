"""What a run does or would do, as the engine's event log has it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def inputs_of(log: Path) -> dict[str, dict[str, Any]]:
    """The inputs of each resource that a run registers, by URN; what nobody knows yet and secrets stand as marks."""
    steps = (event["resourcePreEvent"]["metadata"] for event in _events(log) if "resourcePreEvent" in event)
    return {step["urn"]: step["new"]["inputs"] for step in steps if step.get("new")}


def findings_of(log: Path) -> list[tuple[str, str]]:
    """What the pack finds in a run: the rule, and what it says."""
    found = (event["policyEvent"] for event in _events(log) if "policyEvent" in event)
    return sorted((each["policyName"], each["message"]) for each in found)


def _events(log: Path) -> Iterator[dict[str, Any]]:
    with log.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
