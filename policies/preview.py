"""A preview as resources: what `pulumi preview --json --show-sames` prints, or the engine's event log.

The first has the dependencies of each argument. A log has none, and whatever is unknown could lead anywhere to the flow
proof: so each resource of a log is judged by itself, and the stack as a whole isn't, which is said. Both say at the end
how many resources there are, so that one that was left out is noticed.
Source: pulumi/pulumi, pkg/display/json.go (PreviewDigest) and sdk/go/common/apitype/events.go.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from boundary import BoundaryError
from policies.reading import Reading, parse, read_entries, read_text

_WHAT = "preview"
# What a run takes away, or only looks at; everything else is there afterwards.
_GONE = frozenset({"delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace", "refresh"})

# What the engine says last; of a preview that was blocked by the pack it is all that it says.
_BLOCKED = "preview failed"
# What leaves a resource the one that it is.
_STAYS = frozenset({"same", "update"})

_FAILED = "the preview failed, so that resources may be missing; mend what it says, and run it again"


class _Form(BaseModel):
    """A part of what the engine writes, as far as it is read; the names are the engine's."""

    model_config = ConfigDict(strict=True)


_Read = TypeVar("_Read", bound=_Form)


class _Step(_Form):
    op: str
    oldState: dict[str, Any] | None = None  # noqa: N815
    newState: dict[str, Any] | None = None  # noqa: N815


class _Digest(_Form):
    steps: list[_Step] | None = None
    changeSummary: dict[str, int]  # noqa: N815
    diagnostics: list[dict[str, Any]] | None = None


class _Metadata(_Form):
    op: str
    old: dict[str, Any] | None = None
    new: dict[str, Any] | None = None


class _PreEvent(_Form):
    metadata: _Metadata


class _Summary(_Form):
    resourceChanges: dict[str, int] | None = None  # noqa: N815
    result: str = ""


class _Event(_Form):
    resourcePreEvent: _PreEvent | None = None  # noqa: N815
    summaryEvent: _Summary | None = None  # noqa: N815
    policyEvent: dict[str, Any] | None = None  # noqa: N815
    diagnosticEvent: dict[str, Any] | None = None  # noqa: N815


def read_preview(path: Path) -> Reading:
    """The resources that would be there after the previewed run.

    Raises:
        BoundaryError: the file can't be read, or is no preview.
    """
    text = read_text(path, _WHAT)
    first = text.lstrip().partition("\n")[0]
    if '"sequence"' in first:
        return _read_events(text, path)
    data = parse(text, path, _WHAT)
    if "changeSummary" not in data:
        raise BoundaryError(
            f"{path} is no preview; write one with `pulumi preview --json --show-sames`, or `--event-log {path.name}`"
        )
    digest = _checked(_Digest, data, path)
    steps = ((step.op, _after(step.op, step.oldState, step.newState)) for step in digest.steps or ())
    failed = any(map(_failed, digest.diagnostics or ()))
    return _reading(path, steps, digest.changeSummary, _FAILED if failed else "")


def _read_events(text: str, path: Path) -> Reading:
    steps: list[tuple[str, Mapping[str, Any]]] = []
    summary = _Summary()
    missing, ended = "", False
    blocked = failed = False
    for number, line in enumerate(text.splitlines(), 1):
        try:
            event = _checked(_Event, json.loads(line or "{}"), path, f"line {number}")
        except json.JSONDecodeError:
            missing = "the event log is cut short; run the preview again"
            continue
        if event.resourcePreEvent:
            step = event.resourcePreEvent.metadata
            steps.append((step.op, _after(step.op, step.old, step.new)))
        ended = ended or event.summaryEvent is not None
        summary = event.summaryEvent or summary
        blocked = blocked or (event.policyEvent or {}).get("enforcementLevel") == "mandatory"
        failed = failed or _failed(event.diagnosticEvent or {})
    if not ended:
        missing = missing or "the event log has no end; run the preview again"
    elif failed or (summary.result == "failed" and not blocked):
        missing = missing or _FAILED
    reading = _reading(path, steps, summary.resourceChanges or {}, missing)
    return replace(reading, whole=False)


def _checked(form: type[_Read], data: Any, path: Path, where: str = "") -> _Read:
    """Data in its form.

    Raises:
        BoundaryError: it has another; the sentence says where, and no value.
    """
    try:
        return form.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ", ".join(filter(None, (where, ".".join(map(str, first["loc"])))))
        says = f"{path} can't be read at {place or 'its beginning'} ({first['msg'].lower()}); make the preview anew"
        raise BoundaryError(says) from None


def _failed(message: Mapping[str, Any]) -> bool:
    """Whether a message is about an error of its own; that a violation has ended the preview is none."""
    return message.get("severity") == "error" and _BLOCKED not in str(message.get("message", ""))


def _after(operation: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """A resource as it will be: the engine leaves out of the new state what the step doesn't touch.

    Without the identifier of what stays, a name of it anywhere else would be that of something unknown.
    """
    known = old or {}
    if not new or operation not in _STAYS:
        return new or {}
    kept = {"id": known.get("id")} | ({"outputs": known.get("outputs")} if operation == "same" else {})
    return {key: value for key, value in kept.items() if value} | {key: value for key, value in new.items() if value}


def _reading(
    path: Path, steps: Iterable[tuple[str, Mapping[str, Any]]], changes: Mapping[str, int], missing: str = ""
) -> Reading:
    # A replacement comes in several steps, of which the last says what will be.
    entries: dict[object, Mapping[str, Any]] = {}
    for number, entry in enumerate(_kept(steps)):
        urn = entry.get("urn")
        entries[urn if isinstance(urn, str) else number] = entry
    counted = sum(number for operation, number in changes.items() if operation not in _GONE)
    if counted > len(entries) and not missing:
        missing = f"the preview leaves out {counted - len(entries)} of {counted} resources; make it with --show-sames"
    return read_entries(_WHAT, str(path), entries.values(), missing)


def _kept(steps: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[Mapping[str, Any]]:
    return (entry for operation, entry in steps if operation not in _GONE and entry)
