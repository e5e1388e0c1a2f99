"""What the engine itself would have printed of a preview, from its events: for `DETAIL=1` and `VERBOSE=1`.

Of a preview that failed, two things are left out. Its errors: the result screen has each of them, once. And its list of
packs, which has a ✅ for a pack that was loaded, though there was nothing yet for it to judge.
"""

import json
from collections.abc import Iterator

from runs.account import Outcome
from runs.engine import Engine
from runs.record import Record

_DEBUG_COMMANDS = {"PULUMI_DEBUG_COMMANDS": "true"}  # without it the engine has no `replay-events`
_ERROR, _PACKS = "diagnosticEvent", "PolicyPacks"


def replay(engine: Engine, record: Record, outcome: Outcome, *options: str) -> None:
    """Prints the preview to the terminal, in the engine's words; nothing where the engine left no events."""
    if not record.events.exists():
        return
    events = record.events
    if not outcome.succeeded:
        events = record.replayed
        events.write_text("".join(_told(record, violated=bool(outcome.account.violated))), encoding="utf-8")
    arguments = ("replay-events", "update", str(events), "--preview", *options)
    engine.start(arguments, out=None, errors=None, more=_DEBUG_COMMANDS).wait()


def _told(record: Record, *, violated: bool) -> Iterator[str]:
    """The events that the screen doesn't tell; packs are listed if one of them found something."""
    with record.events.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if f'"{_ERROR}"' not in line and f'"{_PACKS}"' not in line:
                yield line
                continue
            try:
                event = json.loads(line)
            except json.JSONDecodeError:  # the engine was killed while it wrote it
                continue
            if event.get(_ERROR, {}).get("severity") == "error":
                continue
            if not violated:
                event.get("summaryEvent", {}).pop(_PACKS, None)
            yield json.dumps(event) + "\n"
