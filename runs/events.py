"""The engine's event log (`--event-log`), as typed events, while it is being written or afterwards.

The log has one JSON document a line. The engine's debug messages are half of it, and are left out before they are
parsed. Source: pulumi/pulumi, sdk/go/common/apitype/events.go.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_DEBUG_MESSAGE = '"severity":"debug"}}'
_SECONDS_BETWEEN_LOOKS = 0.1

Properties = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Started:
    """The engine has read the configuration and starts the program; `at` is in seconds since 1970."""

    at: int


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource as an event has it: `old` and `new` are states with `inputs`, `outputs`, `custom` and `protect`."""

    urn: str
    type: str
    operation: str
    keys: tuple[str, ...]
    old: Properties | None
    new: Properties | None


@dataclass(frozen=True, slots=True)
class StepStarted:
    """The engine begins with a step; `planning` where it only says what it would do."""

    at: int
    resource: Resource
    planning: bool


@dataclass(frozen=True, slots=True)
class StepEnded:
    """A step is done. A component has a second one, when it registers its outputs."""

    at: int
    resource: Resource
    planning: bool


@dataclass(frozen=True, slots=True)
class StepFailed:
    """A step failed; a message that says why comes apart."""

    at: int
    resource: Resource


@dataclass(frozen=True, slots=True)
class Said:
    """What the engine, the program or a provider says: severity `info`, `info#err`, `warning` or `error`."""

    severity: str
    message: str
    urn: str


@dataclass(frozen=True, slots=True)
class Violated:
    """A policy found something. `level` is `mandatory` or `advisory`."""

    urn: str
    rule: str
    level: str
    message: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The pack has looked at a resource (`urn` is empty for the stack as a whole), by these rules."""

    urn: str
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a run: `changes` counts operations, `result` is `succeeded` or `failed`."""

    is_preview: bool
    seconds: int
    changes: Mapping[str, int]
    result: str


@dataclass(frozen=True, slots=True)
class CutShort:
    """A line that can't be read: the engine was killed while it wrote it."""


Event = Started | StepStarted | StepEnded | StepFailed | Said | Violated | Judged | Ended | CutShort


def read(log: Path) -> Iterator[Event]:
    """The events of a run that is over."""
    with log.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            yield from _parsed(line)


def follow(log: Path, over: Callable[[], bool]) -> Iterator[Event | None]:
    """The events of a run that goes on, and None whenever there is nothing new, until the run is `over`.

    What has been written by then is read to its end.
    """
    while not log.exists():
        if over():
            return
        yield None
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    with log.open(encoding="utf-8", errors="replace") as lines:
        begun = ""
        while True:
            last = over()
            for line in lines:
                begun += line
                if line.endswith("\n"):
                    yield from _parsed(begun)
                    begun = ""
            if last:
                yield from _parsed(begun)
                return
            yield None
            time.sleep(_SECONDS_BETWEEN_LOOKS)


def _parsed(line: str) -> Iterator[Event]:
    text = line.rstrip()
    if not text or text.endswith(_DEBUG_MESSAGE):
        return
    try:
        document = json.loads(text)
    except json.JSONDecodeError:
        yield CutShort()
        return
    at = document.get("timestamp", 0)
    for kind, make in _KINDS.items():
        if (body := document.get(kind)) is not None:
            yield make(body, at)


def _resource(metadata: Properties) -> Resource:
    keys = metadata.get("diffs") or metadata.get("keys") or ()
    urn, kind, operation = metadata["urn"], metadata["type"], metadata["op"]
    return Resource(urn, kind, operation, tuple(keys), metadata.get("old"), metadata.get("new"))


def _judged(body: Properties, at: int) -> Judged:
    return Judged(body.get("resourceUrn", ""), frozenset((*(body.get("passed") or ()), *(body.get("failed") or ()))))


def _violated(body: Properties, at: int) -> Violated:
    message = body.get("message", "").strip()
    return Violated(body.get("resourceUrn", ""), body.get("policyName", ""), body.get("enforcementLevel", ""), message)


def _ended(body: Properties, at: int) -> Ended:
    changes = body.get("resourceChanges") or {}
    return Ended(body.get("isPreview", False), body.get("durationSeconds", 0), changes, body.get("result", ""))


_KINDS: Mapping[str, Callable[[Properties, int], Event]] = {
    "preludeEvent": lambda body, at: Started(at),
    "resourcePreEvent": lambda body, at: StepStarted(at, _resource(body["metadata"]), body.get("planning", False)),
    "resOutputsEvent": lambda body, at: StepEnded(at, _resource(body["metadata"]), body.get("planning", False)),
    "resOpFailedEvent": lambda body, at: StepFailed(at, _resource(body["metadata"])),
    "diagnosticEvent": lambda body, at: Said(body.get("severity", ""), body.get("message", ""), body.get("urn", "")),
    "policyEvent": _violated,
    "policyAnalyzeSummaryEvent": _judged,
    "policyAnalyzeStackSummaryEvent": _judged,
    "summaryEvent": _ended,
}
