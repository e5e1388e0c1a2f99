"""OCSF, for whatever gathers events of security: a Detection Finding (class 2004) for each cause.

That a run doesn't count is a finding too: whoever reads only these must not take silence for a proof.
Source: https://schema.ocsf.io/1.5.0/classes/detection_finding
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from boundary.clock import now
from policies.core import Finding
from policies.results.causes import Cause
from policies.results.identity import identities
from policies.results.report import Report
from policies.results.telling import declared_at, in_full
from runs.places import Declared

_VERSION = "1.5.0"
_CLASS, _CATEGORY, _CREATE, _NEW = 2004, 2, 1, 1
_SEVERITIES = {"low": 2, "medium": 3, "high": 4, "critical": 5}
# A rule, as OCSF sorts what finds something.
_RULE = 1


def ocsf(report: Report, at: datetime | None = None) -> str:
    """The report as a list of events, in JSON. Their time is now, unless another is given."""
    time = int((at or now()).timestamp() * 1000)
    ids = identities(report.findings)
    events = [_of_cause(report, cause, ids, time) for cause in report.causes]
    if report.unproved:
        events.append(_of_run(report, time))
    return json.dumps(events, indent=2) + "\n"


def _of_cause(report: Report, cause: Cause, ids: Sequence[str], time: int) -> dict[str, Any]:
    main, also = report.findings[cause.main], report.also(cause)
    info = report.rules[main.rule]
    severity = max((report.rules[each.rule].severity for each in (main, *also)), key=_SEVERITIES.__getitem__)
    event = _event(report, time, severity, in_full(main, also, report.declared(main)))
    event["finding_info"] |= {
        "uid": ids[cause.main],
        "title": info.title,
        "types": list(dict.fromkeys(each.rule for each in (main, *also))),
        "analytic": {"uid": info.id, "name": info.title, "type": "Rule", "type_id": _RULE, "category": info.category},
    }
    event["remediation"] = {"desc": main.instead, "references": list(info.references)}
    resources = {each.urn: each for each in (main, *also)}
    event["resources"] = [_resource(each, report.declared(each)) for each in resources.values()]
    event["evidences"] = [_evidence(ids[number], report.findings[number]) for number in (cause.main, *cause.also)]
    return event


def _of_run(report: Report, time: int) -> dict[str, Any]:
    event = _event(report, time, "high", f"This run doesn't count: {report.unproved}.")
    event["finding_info"] |= {"uid": f"{_where(report)}/run", "title": "A run proves that it judged everything"}
    if report.could_not_run:
        event["evidences"] = [_evidence("", each) for each in report.could_not_run]
    return event


def _event(report: Report, time: int, severity: str, text: str) -> dict[str, Any]:
    return {
        "class_uid": _CLASS,
        "class_name": "Detection Finding",
        "category_uid": _CATEGORY,
        "category_name": "Findings",
        "activity_id": _CREATE,
        "activity_name": "Create",
        "type_uid": _CLASS * 100 + _CREATE,
        "type_name": "Detection Finding: Create",
        "time": time,
        "severity_id": _SEVERITIES[severity],
        "severity": severity.capitalize(),
        "status_id": _NEW,
        "status": "New",
        "message": text,
        "finding_info": {"desc": text, "data_sources": [_where(report)]},
        "metadata": {"version": _VERSION, "product": {"name": "stateside", "vendor_name": "stateside"}},
    }


def _evidence(id: str, finding: Finding) -> dict[str, Any]:
    return {"data": {"id": id, "rule": finding.rule, "urn": finding.urn, "path": finding.path, "says": finding.says}}


def _where(report: Report) -> str:
    return f"stateside/{report.started.stack or report.started.source}"


def _resource(finding: Finding, declared: Declared | None) -> dict[str, Any]:
    found: dict[str, Any] = {"uid": finding.urn, "name": finding.name, "type": finding.type}
    return found | ({"data": {"declared": declared_at(declared)}} if declared else {})
