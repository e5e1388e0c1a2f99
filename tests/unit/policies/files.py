"""Files as the engine and an exporter write them, for tests of what reads them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.policies.builder import OURS, REGION, state

Entry = tuple[str, str, Mapping[str, Any]]


def write(path: Path, content: Any) -> Path:
    """A file with a text, or with a value as JSON."""
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def state_file(directory: Path, *entries: Entry) -> Path:
    """A stack's export: the stack, our provider and these resources."""
    return write(directory / "state.json", state(entries))


def new_states(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The same resources as they would be after a run."""
    return list(state(entries)["deployment"]["resources"])


def preview_file(directory: Path, *entries: Entry, **changes: int) -> Path:
    """What `pulumi preview --json` prints where everything is new."""
    steps = [{"op": "create", "urn": each["urn"], "newState": each} for each in new_states(entries)]
    return write(directory / "preview.json", {"steps": steps, "changeSummary": {"create": len(steps)} | changes})


def event(sequence: int, **content: Any) -> str:
    """One line of an event log."""
    return json.dumps({"sequence": sequence, "timestamp": 0, **content})


def log_file(directory: Path, *entries: Entry, result: str = "succeeded", end: bool = True) -> Path:
    """The engine's event log of the same preview."""
    states = new_states(entries)
    lines = [
        event(number, resourcePreEvent={"metadata": {"op": "create", "urn": each["urn"], "new": each}})
        for number, each in enumerate(states)
    ]
    if end:
        lines.append(event(len(states), summaryEvent={"resourceChanges": {"create": len(states)}, "result": result}))
    return write(directory / "events.json", "\n".join(lines) + "\n")


def live(token: str, body: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """One entry of an inventory."""
    return {"type": token, "id": "ocid1.thing.oc1.iad.a", "region": REGION, "tenancy": OURS, "body": body} | more


def inventory_file(directory: Path, *entries: Mapping[str, Any]) -> Path:
    """An inventory."""
    return write(directory / "inventory.json", {"version": 1, "resources": list(entries)})
