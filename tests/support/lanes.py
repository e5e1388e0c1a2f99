"""The committed lanes, opened for another environment and for as long as a test needs, whatever today's date is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from rehearsal.home import CHECKOUT

NOW = datetime.now(UTC).replace(microsecond=0)
CUTOVER = NOW + timedelta(days=30)
AFTER_CUTOVER = CUTOVER + timedelta(days=1)
DEADLINE = NOW + timedelta(days=60)
"""When the way out closes: later than the way in, so that the two can be told apart."""


def with_open_lanes(environment: str, switch: str = "catalogue") -> str:
    """`stacks/boundary.yaml` as it is, but that its lanes are an environment's and open: those in until the cutover."""
    text = (CHECKOUT / "stacks" / "boundary.yaml").read_text(encoding="utf-8").replace("us-prod-", f"{environment}-")
    data: dict[str, Any] = yaml.safe_load(text)
    data["cutover"] = CUTOVER.isoformat()
    data["content"]["switch"] = switch
    for lane in data["lanes"]:
        _open(lane, CUTOVER if lane["direction"] == "in" else DEADLINE)
    for lane in data["content"]["lanes"].values():
        _open(lane, DEADLINE)
    return yaml.safe_dump(data, sort_keys=False)


def write_open_lanes(path: Path, environment: str, switch: str = "catalogue") -> None:
    """Writes such a boundary."""
    path.write_text(with_open_lanes(environment, switch), encoding="utf-8")


def _open(lane: dict[str, Any], expires: datetime) -> None:
    lane |= {"opens": (NOW - timedelta(days=1)).isoformat(), "expires": expires.isoformat()}
