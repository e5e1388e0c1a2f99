"""SARIF 2.1.0, which code hosts show beside a change.

A resource has no line in a file: it is a logical location, in the file that was judged.
Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import hashlib
import json
from pathlib import PurePath
from typing import Any

from policies.core import Finding, RuleInfo
from policies.results.report import Report

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# As a code host sorts them: over 9.0 is critical, over 7.0 high.
_SCORES = {"low": "3.0", "medium": "5.0", "high": "8.0", "critical": "9.5"}


def sarif(report: Report) -> str:
    """The report as one SARIF run."""
    rules = list(report.rules.values())
    index = {info.id: number for number, info in enumerate(rules)}
    notes = [_note(each.message, index[each.rule], each.rule) for each in report.could_not_run]
    if report.unproved:
        notes.append({"level": "error", "message": {"text": f"This run doesn't count: {report.unproved}."}})
    run = {
        "tool": {"driver": {"name": "stateside", "rules": [_rule(info) for info in rules]}},
        "invocations": [{"executionSuccessful": not report.unproved, "toolExecutionNotifications": notes}],
        "results": [_result(each, index[each.rule], report.started.file) for each in report.findings],
        "columnKind": "unicodeCodePoints",
        "properties": {
            "source": report.started.source,
            "registered": report.started.registered,
            "analysed": report.analysed,
            "sealedSecrets": report.started.sealed,
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


def _result(finding: Finding, index: int, file: str) -> dict[str, Any]:
    place = "|".join((finding.rule, finding.urn, finding.path, finding.says))
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": "error",
        "message": {"text": finding.message},
        "locations": [_location(finding, file)],
        "partialFingerprints": {"stateside/v1": hashlib.sha256(place.encode()).hexdigest()},
    }


def _location(finding: Finding, file: str) -> dict[str, Any]:
    """Where a resource is declared nobody knows; a finding in the program's source has its file and line."""
    if finding.resource.startswith("program::"):
        source, _, line = finding.urn.rpartition(":")
        return {"physicalLocation": {"artifactLocation": {"uri": source}, "region": {"startLine": int(line)}}}
    physical = {"artifactLocation": {"uri": PurePath(file).name}, "region": {"startLine": 1}}
    logical = {"name": finding.resource, "fullyQualifiedName": _full_name(finding), "kind": "resource"}
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _full_name(finding: Finding) -> str:
    return f"{finding.urn}#{finding.path}" if finding.path else finding.urn


def _note(text: str, index: int, rule: str) -> dict[str, Any]:
    return {"level": "error", "message": {"text": text}, "associatedRule": {"id": rule, "index": index}}
