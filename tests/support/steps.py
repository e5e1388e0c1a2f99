"""The steps of a run, as the engine's event log has them."""

import json
from pathlib import Path


def steps_of(log: Path) -> dict[str, str]:
    """What a run does or would do to each resource, by URN: same, create, update, delete …"""
    with log.open(encoding="utf-8") as lines:
        events = [json.loads(line) for line in lines]
    steps = (event["resourcePreEvent"]["metadata"] for event in events if "resourcePreEvent" in event)
    return {step["urn"]: step["op"] for step in steps}
