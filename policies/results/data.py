"""JSON, for whatever reads it next."""

import json
from typing import Any

from policies.core import Finding, RuleInfo
from policies.results.events import Compared
from policies.results.report import Report


def data(report: Report) -> str:
    """The report as one JSON document. `proved` is false for a run that doesn't count, and `unproved` says why."""
    started = report.started
    document = {
        "version": 1,
        "source": started.source,
        "file": started.file,
        "proved": not report.unproved,
        "unproved": report.unproved,
        "registered": started.registered,
        "analysed": report.analysed,
        "sealedSecrets": started.sealed,
        "rules": [_rule(info) | {"seen": info.id in (report.seen or ())} for info in report.rules.values()],
        "findings": [_finding(each) for each in report.findings],
        "couldNotRun": [_finding(each) for each in report.could_not_run],
        "lanes": [{"lane": each.lane, "resource": each.resource} for each in report.lanes],
        "proposed": _difference(report.compared) if report.compared else None,
    }
    return json.dumps(document, indent=2) + "\n"


def _rule(info: RuleInfo) -> dict[str, Any]:
    return {
        "id": info.id,
        "title": info.title,
        "severity": info.severity,
        "category": info.category,
        "why": info.why,
        "instead": info.instead,
        "references": list(info.references),
        "scope": info.scope,
        "lane": info.lane,
    }


def _difference(compared: Compared) -> dict[str, Any]:
    found = compared.difference
    return {
        "file": compared.proposed,
        "loosens": found.loosens,
        "appearing": [_finding(each) for each in found.appearing],
        "disappearing": [_finding(each) for each in found.disappearing],
        "staying": [_finding(each) for each in found.staying],
        "lanesNow": sorted(found.lanes_now),
        "lanesThen": sorted(found.lanes_then),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "urn": finding.urn,
        "resource": finding.resource,
        "path": finding.path,
        "says": finding.says,
        "letsThrough": finding.lets_through,
        "instead": finding.instead,
        "hint": finding.hint,
        "excusable": finding.excusable,
    }
