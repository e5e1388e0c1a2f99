"""JSON, for whatever reads it next: what `python -m policies.check --json` writes, and the pack in a run of the engine.

The document's version is 2. `proved` is false for a run that doesn't count, and `unproved` says why. Each finding is
in one of the `causes`, which name findings by their number. `holding` are the types that hold data, with the noun that
people use. A finding's `id` is the same in another run. Its `place` is where the resource is declared, and `trace` the
calls that led there, innermost first; a pack that the engine runs isn't told, so that its reader joins them by URN.
"""

import json
from collections.abc import Sequence
from typing import Any

from policies.core import Finding, RuleInfo
from policies.results.events import Compared
from policies.results.identity import identities
from policies.results.report import Report
from runs.places import Declared, Place

VERSION = 2


def data(report: Report) -> str:
    """The report as one JSON document."""
    started = report.started
    document = {
        "version": VERSION,
        "source": started.source,
        "file": started.file,
        "proved": not report.unproved,
        "unproved": report.unproved,
        "registered": started.registered,
        "analysed": report.analysed,
        "sealedSecrets": started.sealed,
        "rules": [_rule(info) | {"seen": info.id in (report.seen or ())} for info in report.rules.values()],
        "findings": _findings(report, report.findings),
        "causes": [{"main": each.main, "also": list(each.also)} for each in report.causes],
        "couldNotRun": _findings(report, report.could_not_run),
        "lanes": [{"lane": each.lane, "resource": each.resource} for each in report.lanes],
        "proposed": _difference(report, report.compared) if report.compared else None,
        "holding": dict(started.holding),
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


def _difference(report: Report, compared: Compared) -> dict[str, Any]:
    found = compared.difference
    return {
        "file": compared.proposed,
        "loosens": found.loosens,
        "appearing": _findings(report, found.appearing),
        "disappearing": _findings(report, found.disappearing),
        "staying": _findings(report, found.staying),
        "lanesNow": sorted(found.lanes_now),
        "lanesThen": sorted(found.lanes_then),
    }


def _findings(report: Report, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    pairs = zip(identities(findings), findings, strict=True)
    return [_finding(id, each, report.rules.get(each.rule), report.declared(each)) for id, each in pairs]


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line}


def _finding(id: str, finding: Finding, info: RuleInfo | None, declared: Declared | None) -> dict[str, Any]:
    return {
        "id": id,
        "rule": finding.rule,
        "severity": info.severity if info else None,
        "urn": finding.urn,
        "type": finding.type,
        "name": finding.name,
        "resource": finding.resource,
        "path": finding.path,
        "says": finding.says,
        "value": finding.value,
        "letsThrough": finding.lets_through,
        "instead": finding.instead,
        "hint": finding.hint,
        "excusable": finding.excusable,
        "lane": finding.lane or None,
        "statement": finding.statement or None,
        "place": _place(declared.place) if declared else None,
        "trace": [_place(each) for each in declared.trace] if declared else [],
        "flow": [step.words for step in finding.flow] or None,
    }
