"""The pack's results as they are read here: `results.json` of version 2, and what is needed of an older base's.

Only what a report needs is read; whatever else stands there is not looked at.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assurance.pull_request.comparing.changed import place, place_of
from assurance.pull_request.comparing.lists import listed, name, names, sentence
from assurance.pull_request.report import STATEMENT_LENGTH, Found, Proof
from assurance.pull_request.words import shown
from boundary import BoundaryError
from runs.places import Declared

_VERSIONS = (1, 2)
_MOST_STEPS, _MOST_ALSO = 60, 20
# What a finding in the program's source is called has its line in it.
_LINE = re.compile(r"(?<=^program::)(.*):\d+$")

Raw = Mapping[str, Any]
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Results:
    """What the pack found in one run, and whether it judged everything."""

    findings: Sequence[Raw]
    causes: Sequence[tuple[int, Sequence[int]]]
    proof: Proof
    unproved: str
    sealed: int
    holding: Mapping[str, str]
    disappearing: Sequence[Raw]


def read_results(document: Raw) -> Results:
    """The results in a document.

    Raises:
        BoundaryError: it has another form.
    """
    if document.get("version") not in _VERSIONS:
        raise BoundaryError(
            "the results have a version that isn't known; write them anew with `python -m policies.check`"
        )
    findings = document["findings"]
    alone: list[Raw] = [{"main": number, "also": ()} for number in range(len(findings))]
    rules = document["rules"]
    return Results(
        findings=findings,
        causes=[(each["main"], each["also"]) for each in document.get("causes") or alone],
        proof=Proof(
            registered=document["registered"],
            judged=document["analysed"],
            rules=len(rules),
            ran=sum(bool(rule["seen"]) for rule in rules),
        ),
        unproved=document["unproved"],
        sealed=document.get("sealedSecrets") or 0,
        holding=document.get("holding") or {},
        disappearing=(document.get("proposed") or {}).get("disappearing") or (),
    )


def key(finding: Raw) -> Key:
    """What makes two findings the same in two runs: no numbers of lines, and not the remedy's words."""
    return finding["rule"], _LINE.sub(r"\1", finding["resource"]), finding["path"], finding["says"]


def findings(results: Results, before: Results | None, declared: Mapping[str, Declared]) -> list[Found]:
    """One finding for each cause, those that the base hasn't first.

    `declared` tells by URN where a resource is declared, for findings that weren't told.
    """
    known = {key(each) for each in before.findings} if before else set()
    found = [_found(results, main, also, known, declared) for main, also in results.causes]
    return sorted(found, key=lambda each: not each.is_new)


def parts(resource: str) -> tuple[str, str]:
    """The type and the name in what a lane would name: `<type>::<name>`."""
    token, _, rest = resource.partition("::")
    return name(token), name(rest)


def _found(
    results: Results, main: int, also: Sequence[int], known: set[Key], declared: Mapping[str, Declared]
) -> Found:
    raw = results.findings[main]
    others = [results.findings[number] for number in also]
    token, logical = parts(raw["resource"])
    at = raw.get("place")
    return Found(
        rule=name(raw["rule"]),
        severity=name(raw.get("severity") or ""),
        type=token,
        name=logical,
        path=name(raw["path"]),
        says=sentence(raw["says"]),
        value=sentence(raw.get("value") or ""),
        lets_through=sentence(raw["letsThrough"]),
        instead=sentence(raw["instead"]),
        hint=sentence(raw.get("hint") or ""),
        statement=shown(raw.get("statement") or "", STATEMENT_LENGTH),
        flow=names(raw.get("flow") or (), _MOST_STEPS),
        also=listed([_also(each) for each in others], _MOST_ALSO),
        place=place_of(at.get("file"), at.get("line")) if at else place(declared.get(raw["urn"])),
        is_new=any(key(each) not in known for each in (raw, *others)),
    )


def _also(raw: Raw) -> str:
    _, logical = parts(raw["resource"])
    where = f", {raw['path']}" if raw["path"] else ""
    return sentence(f"{raw['rule']}: {logical}{where}: {raw['says']}")
