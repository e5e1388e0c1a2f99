"""What a run of the pack found (`results.json`, policies/results/data.py), as one look.

A cause is one alert, however much was found of it. A run that doesn't count resolves nothing; that it doesn't is an
alert of its own, because then a guard is off.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assurance.alerts.alert import Kind, Origin, Subject
from assurance.alerts.observation import Look, Observation, Sighting, identity, severity_of
from assurance.alerts.sources.guards import Off, guards
from assurance.pull_request.words import shown
from boundary import BoundaryError, clock
from runs.digest import Digest, read_digest
from runs.errors import RunError
from runs.places import Declared, places
from runs.record import Record
from runs.urns import kind_of, name_of, stack_of, system_of, type_of

VERSION = 2
_SENTENCE, _NAME, _STEPS, _ALSO = 600, 200, 60, 20
_PROOF = Off(
    name="proof",
    says="",
    lets_through="whatever the rules without a say would have blocked",
    instead="mend what keeps it from being judged, and run it again; until then nothing of it is taken as mended",
)


@dataclass(frozen=True)
class Taken:
    """What a run left: what it found, whether it counts, which lanes it used, and what is deployed by type and name.

    `deployed` is None where nobody knows.
    """

    found: Observation
    proof: Observation
    lanes: frozenset[str]
    deployed: frozenset[str] | None


def take(path: Path, stack: str, of: str = "") -> Taken:
    """Reads a run's results, from the file or from the directory that a run leaves.

    Raises:
        BoundaryError: there are none, or of another form, or of another stack.
    """
    record = Record(path if path.is_dir() else path.parent)
    file = record.results if path.is_dir() else path
    document = _document(file)
    try:
        _require_now(record.selected(), file)
        look = Look(stack, str(document["source"]), of, _part(record.selected()))
        return _taken(document, look, _digest(record))
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        if isinstance(error, BoundaryError):
            raise
        raise BoundaryError(f"{file} holds no results of version {VERSION}; run the preview again") from None


def _document(file: Path) -> Mapping[str, Any]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BoundaryError(f"the results {file} can't be read ({error.strerror}); run the preview first") from None
    except (ValueError, RecursionError):
        raise BoundaryError(f"{file} is no JSON; run the preview again") from None
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise BoundaryError(f"{file} holds no results of version {VERSION}; run the preview again")
    return document


def _digest(record: Record) -> Digest | None:
    """The preview beside the results, if there is one: it knows where resources are declared, and what is deployed."""
    try:
        return read_digest(record.digest) if record.digest.exists() else None
    except RunError:
        return None


def _require_now(selected: Sequence[str], file: Path) -> None:
    """What would be on another day is no alert of today; a file of alerts of its own may have it (opening.py)."""
    if not clock.moved() and any(each.startswith(f"{clock.VARIABLE}=") for each in selected):
        raise BoundaryError(f"{file} is of a run with its clock set ahead ({clock.VARIABLE}); preview again without")


def _part(selected: Sequence[str]) -> str:
    """A short name of what a run looked at; empty for the whole."""
    parts = [each for each in selected if not each.startswith(f"{clock.VARIABLE}=")]
    return identity(*parts)[:8] if parts else ""


def _taken(document: Mapping[str, Any], look: Look, digest: Digest | None) -> Taken:
    stack = look.stack
    findings = document["findings"]
    for each in findings:
        other = stack_of(each["urn"])
        if each["urn"].startswith("urn:pulumi:") and other != stack:
            raise BoundaryError(f"the results are of the stack {other}, not {stack}; name that one with --stack")
    declared = places(digest) if digest else {}
    alone: list[Mapping[str, Any]] = [{"main": number, "also": ()} for number in range(len(findings))]
    causes = document["causes"] or alone
    unproved = str(document["unproved"] or "")
    deployed = (step.urn for step in digest.steps if step.old) if digest else None
    off = (replace(_PROOF, says=f"a run does not count: {_short(unproved)}"),) if unproved else ()
    return Taken(
        found=Observation(
            look,
            whole=not unproved,
            found=tuple(_sighting(stack, findings, each["main"], each["also"], declared) for each in causes),
            present=frozenset(_id(stack, each) for each in findings),
            rules=frozenset(rule["id"] for rule in document["rules"] if rule["seen"]),
        ),
        proof=guards(look, off),
        lanes=frozenset(each["lane"] for each in document["lanes"]),
        deployed=None if deployed is None else frozenset(f"{type_of(urn)}::{name_of(urn)}" for urn in deployed),
    )


def _id(stack: str, finding: Mapping[str, Any]) -> str:
    return identity(stack, finding["id"])


def _sighting(
    stack: str,
    findings: list[Mapping[str, Any]],
    main: int,
    also: Iterable[int],
    declared: Mapping[str, Declared],
) -> Sighting:
    raw = findings[main]
    others = [findings[number] for number in also]
    at = raw.get("place")
    known = declared.get(raw["urn"])
    subject = Subject(
        id=_id(stack, raw),
        kind=Kind.VIOLATION,
        stack=stack,
        system=system_of(raw["urn"]),
        rule=shown(raw["rule"], _NAME),
        severity=severity_of(raw.get("severity")),
        resource=shown(raw["resource"], _NAME),
        says=_short(_said(raw)),
        lets_through=_short(raw["letsThrough"]),
        instead=_short(raw["instead"]),
        place=f"{at['file']}:{at['line']}" if at else str(known.place) if known else "",
        way=tuple(
            shown(step, _NAME) for step in next((each["flow"] for each in (raw, *others) if each["flow"]), ())[:_STEPS]
        ),
        also=tuple(shown(f"{each['rule']}: {_said(each)}", _NAME) for each in others[:_ALSO]),
        origin=Origin(),
    )
    return Sighting(subject)


def _said(raw: Mapping[str, Any]) -> str:
    """What is wrong, with the resource and the argument as a person calls them."""
    token, _, name = raw["resource"].partition("::")
    return ": ".join(filter(None, (f"{kind_of(token)} {name}".strip(), raw["path"], raw["says"])))


def _short(text: str) -> str:
    return shown(text, _SENTENCE)
