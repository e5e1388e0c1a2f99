"""Reports and what they are made from, as short as they get."""

from collections.abc import Sequence
from typing import Any

from assurance.pull_request.comparing.build import Change
from assurance.pull_request.comparing.flows import Flows, read_flows
from assurance.pull_request.comparing.results import Results, read_results
from assurance.pull_request.report import Proof, Report, Verdict
from tests.unit.runs.digests import BUCKET, digest

BASE, HEAD = "1" * 40, "2" * 40
PROVED = Proof(registered=3, judged=3, rules=2, ran=2)

Row = tuple[str, str, str, Sequence[str]]


def report(**more: Any) -> Report:
    """A clean report of the stack `dev`, with more."""
    fields: dict[str, Any] = {"version": 1, "stack": "dev", "base": BASE, "head": HEAD, "verdict": Verdict.CLEAN}
    return Report(**(fields | {"proof": PROVED} | more))


def finding(
    rule: str = "peering", name: str = "gate", says: str = "this type is denied", **more: Any
) -> dict[str, Any]:
    """A finding as `results.json` has it."""
    fields = {
        "id": f"{rule}-{name}",
        "rule": rule,
        "severity": "high",
        "urn": f"urn:pulumi:dev::stateside::oci:Core/localPeeringGateway:LocalPeeringGateway::{name}",
        "resource": f"oci:Core/localPeeringGateway:LocalPeeringGateway::{name}",
        "path": "",
        "says": says,
        "value": "",
        "letsThrough": "packets both ways",
        "instead": "nothing",
        "hint": "",
        "statement": None,
        "place": None,
        "flow": None,
    }
    return fields | more


def results(*findings: dict[str, Any], **more: Any) -> Results:
    """Results in which everything was judged."""
    document: dict[str, Any] = {
        "version": 2,
        "proved": True,
        "unproved": "",
        "registered": 3,
        "analysed": 3,
        "rules": [{"id": "peering", "seen": True}, {"id": "flow", "seen": True}],
        "findings": list(findings),
        "causes": [{"main": number, "also": []} for number in range(len(findings))],
        "holding": {BUCKET: "bucket"},
        "proposed": None,
    }
    return read_results(document | more)


def flows(*rows: Row, holds: dict[str, list[str]] | None = None, ends: dict[str, list[str]] | None = None) -> Flows:
    """An export of the flow proof."""
    return read_flows({"version": 1, "holds": holds or {}, "ends": ends or {}, "flows": list(rows)})


def change(**more: Any) -> Change:
    """A change that changes nothing, with more."""
    fields: dict[str, Any] = {"stack": "dev", "base": BASE, "head": HEAD, "digest": digest(), "results": results()}
    return Change(**(fields | more))
