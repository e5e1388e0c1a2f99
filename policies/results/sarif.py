"""SARIF 2.1.0, which code hosts show beside a change: one result for each cause, where its resource is declared.

The calls that lead to that line are the result's stack, a path of the flow proof its code flow. What else was found of
the cause is in the message, and its places are related locations. Where nobody knows a place, it is the program's first
line, and the message says so. A code host takes only so much; what is left out is counted.
Sources: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html,
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from policies.core import Finding, RuleInfo
from policies.core.findings import Step
from policies.results.causes import Cause
from policies.results.identity import identities
from policies.results.report import Report
from policies.results.telling import in_full, in_short
from runs.places import PROGRAM, Declared, Place

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# As a code host sorts them: over 9.0 is critical, over 7.0 high.
_SCORES = {"low": "3.0", "medium": "5.0", "high": "8.0", "critical": "9.5"}
_START = Place(f"{PROGRAM}__main__.py", 1)
_NOWHERE = "Where it is declared isn't known."
# What a code host takes at most: results of a run, bytes when compressed, steps of a flow, related locations.
MOST_RESULTS, MOST_BYTES, _MOST_STEPS, _MOST_RELATED = 25_000, 10_000_000, 1000, 100


def sarif(report: Report) -> str:
    """The report as one SARIF run, with the gravest results where not all fit."""
    order = sorted(report.causes, key=lambda cause: _score(report, cause), reverse=True)
    results = _Results(report)
    most = min(len(order), MOST_RESULTS)
    while True:
        text = _document(report, [results.of(cause) for cause in order[:most]])
        if not most or len(gzip.compress(text.encode("utf-8"))) <= MOST_BYTES:
            return text
        most //= 2


def _document(report: Report, results: Sequence[dict[str, Any]]) -> str:
    rules = list(report.rules.values())
    run = {
        "tool": {"driver": {"name": "stateside", "rules": [_rule(info) for info in rules]}},
        "automationDetails": {"id": f"stateside/{report.started.stack or report.started.source}/"},
        "invocations": [
            {
                "executionSuccessful": not report.unproved,
                "toolExecutionNotifications": _notes(report, len(report.causes) - len(results)),
            }
        ],
        "results": results,
        "columnKind": "unicodeCodePoints",
        "properties": {
            "source": report.started.source,
            "registered": report.started.registered,
            "analysed": report.analysed,
            "sealedSecrets": report.started.sealed,
            "findings": len(report.findings),
            "lanes": [{"lane": each.lane, "resource": each.resource} for each in report.lanes],
        },
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(info: RuleInfo) -> dict[str, Any]:
    text = f"{info.why}\n\nWould let through: {info.lets_through}.\nWrite instead: {info.instead}."
    return {
        "id": info.id,
        "shortDescription": {"text": info.title},
        "fullDescription": {"text": info.why},
        "help": {"text": text},
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "tags": [info.category, *info.references],
            "security-severity": _SCORES[info.severity],
            "problem.severity": "error",
        },
    }


def _notes(report: Report, left_out: int) -> list[dict[str, Any]]:
    index = {rule: number for number, rule in enumerate(report.rules)}
    notes: list[dict[str, Any]] = [
        {
            "level": "error",
            "message": {"text": each.message},
            "associatedRule": {"id": each.rule, "index": index[each.rule]},
        }
        for each in report.could_not_run
    ]
    if report.unproved:
        notes.append({"level": "error", "message": {"text": f"This run doesn't count: {report.unproved}."}})
    if left_out:
        notes.append(
            {"level": "warning", "message": {"text": f"{left_out} results are left out; the JSON has them all."}}
        )
    return notes


def _score(report: Report, cause: Cause) -> float:
    findings = (report.findings[cause.main], *report.also(cause))
    return max(float(_SCORES[report.rules[each.rule].severity]) for each in findings)


class _Results:
    """The results of a report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._ids = identities(report.findings)
        self._index = {rule: number for number, rule in enumerate(report.rules)}

    def of(self, cause: Cause) -> dict[str, Any]:
        """The result of one cause."""
        report = self._report
        main, also = report.findings[cause.main], report.also(cause)
        declared = report.declared(main)
        text = in_full(main, also)
        result: dict[str, Any] = {
            "ruleId": main.rule,
            "ruleIndex": self._index[main.rule],
            "level": "error",
            "message": {"text": text if declared or _in_source(main) else f"{text}\n{_NOWHERE}"},
            "locations": [self._location(main)],
            "partialFingerprints": {"stateside/v2": self._ids[cause.main]},
            "properties": {
                "findings": [
                    {"id": self._ids[number], "rule": report.findings[number].rule}
                    for number in (cause.main, *cause.also)
                ]
            },
        }
        related = [
            {**self._location(each), "message": {"text": in_short(each, main)}} for each in also if not each.flow
        ]
        if related:
            result["relatedLocations"] = [{"id": at, **each} for at, each in enumerate(related[:_MOST_RELATED], 1)]
        if declared and declared.trace:
            result["stacks"] = [_stack(declared)]
        if flows := [each for each in (main, *also) if each.flow]:
            result["codeFlows"] = [self._code_flow(each) for each in flows]
        return result

    def _location(self, finding: Finding) -> dict[str, Any]:
        if _in_source(finding):
            source, _, line = finding.urn.rpartition(":")
            return {"physicalLocation": _physical(Place(source, int(line)))}
        declared = self._report.declared(finding)
        return {
            "physicalLocation": _physical(declared.place if declared else _START),
            "logicalLocations": [_logical(finding.resource, finding.urn, finding.path)],
        }

    def _code_flow(self, finding: Finding) -> dict[str, Any]:
        steps = finding.flow[:_MOST_STEPS]
        return {
            "message": {"text": finding.says},
            "threadFlows": [{"locations": [{"location": each} for each in self._steps(steps)]}],
        }

    def _steps(self, steps: Sequence[Step]) -> Iterator[dict[str, Any]]:
        """A path step by step. What is no resource (the internet) stands where the step before it does."""
        place = _START
        for step in steps:
            declared = self._report.started.places.get(step.urn)
            place = declared.place if declared else place
            location: dict[str, Any] = {"physicalLocation": _physical(place), "message": {"text": step.words}}
            if step.urn:
                location["logicalLocations"] = [_logical(step.words, step.urn, step.path)]
            yield location


def _in_source(finding: Finding) -> bool:
    """Whether a finding is about the program's source, and so has its file and line in place of a URN."""
    return finding.resource.startswith("program::")


def _stack(declared: Declared) -> dict[str, Any]:
    return {"message": {"text": "declared here, called from"}, "frames": _frames(declared.trace)}


def _frames(trace: Iterable[Place]) -> list[dict[str, Any]]:
    return [{"location": {"physicalLocation": _physical(each)}} for each in trace]


def _physical(place: Place) -> dict[str, Any]:
    return {"artifactLocation": {"uri": place.file}, "region": {"startLine": place.line}}


def _logical(name: str, urn: str, path: str) -> dict[str, Any]:
    return {"name": name, "fullyQualifiedName": f"{urn}#{path}" if path else urn, "kind": "resource"}
