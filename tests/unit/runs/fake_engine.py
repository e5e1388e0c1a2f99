"""An engine that writes prepared events and digests, and notes what it was told."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from runs.engine import Engine

SCRIPT = """#!/bin/sh
echo "$@" >> {directory}/told
test -z "$PULUMI_OPTION_POLICY_PACK" || echo "two-packs" >> {directory}/told
command=$1
while [ $# -gt 0 ]; do
  case "$1" in --event-log) log=$2;; esac
  shift
done
test -f {directory}/$command.results && cp {directory}/$command.results "$STATESIDE_RESULTS"
test -f {directory}/$command.events && cp {directory}/$command.events "$log"
test -f {directory}/$command.errors && cat {directory}/$command.errors >&2
test -f {directory}/$command.out && cat {directory}/$command.out
test -f {directory}/$command.code && exit $(cat {directory}/$command.code)
exit 0
"""
STACK = "urn:pulumi:dev::stateside::pulumi:pulumi:Stack::stateside-dev"


END = {"summaryEvent": {"isPreview": False, "durationSeconds": 1, "resourceChanges": {}, "result": "succeeded"}}


class FakeEngine:
    """Prepare what each command does with `will`; `told` are the commands that it was called with."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(exist_ok=True)
        self._directory = directory
        program = directory / "pulumi"
        program.write_text(SCRIPT.format(directory=directory), encoding="utf-8")
        program.chmod(0o755)
        self.engine = Engine((str(program),), directory)
        self._write("stack.out", json.dumps({"deployment": {}}))

    def will(
        self,
        command: str,
        *,
        events: Sequence[Mapping[str, Any]] = (),
        digest: Mapping[str, Any] | None = None,
        results: Mapping[str, Any] | None = None,
        errors: str = "",
        code: int = 0,
        ends: bool = True,
    ) -> None:
        events = [*events, END] if events and ends else events
        lines = (json.dumps({"sequence": 1, "timestamp": 100} | event, separators=(",", ":")) for event in events)
        if events:
            self._write(f"{command}.events", "".join(f"{line}\n" for line in lines))
        if digest is not None:
            self._write(f"{command}.out", json.dumps(digest))
        if results is not None:
            self._write(f"{command}.results", json.dumps(results))
        self._write(f"{command}.errors", errors)
        self._write(f"{command}.code", str(code))

    def exports(self, deployment: Mapping[str, Any]) -> None:
        self._write("stack.out", json.dumps({"deployment": deployment}))

    @property
    def told(self) -> list[str]:
        told = (self._directory / "told").read_text(encoding="utf-8").splitlines()
        return [line.split()[0] for line in told]

    def options(self, command: str) -> list[str]:
        told = (self._directory / "told").read_text(encoding="utf-8").splitlines()
        return next(line.split() for line in told if line.split()[0] == command)

    def _write(self, name: str, text: str) -> None:
        (self._directory / name).write_text(text, encoding="utf-8")


def stepped(urn: str, op: str = "create", old: Any = None, new: Any = None) -> list[dict[str, Any]]:
    """The events of one step: it begins, the pack judges it, it ends."""
    kind = urn.split("::")[2].rsplit("$", maxsplit=1)[-1]
    metadata = {"urn": urn, "type": kind, "op": op, "old": old, "new": new}
    return [
        {"resourcePreEvent": {"metadata": metadata}},
        {"policyAnalyzeSummaryEvent": {"resourceUrn": urn, "passed": ["peering", "exposure"]}},
        {"resOutputsEvent": {"metadata": metadata}},
    ]


def violated(urn: str, message: str, rule: str = "exposure") -> dict[str, Any]:
    about = {"resourceUrn": urn, "message": message, "policyName": rule, "enforcementLevel": "mandatory"}
    return {"policyEvent": about}


def error(message: str) -> dict[str, Any]:
    return {"diagnosticEvent": {"prefix": "error: ", "message": message, "color": "never", "severity": "error"}}


def found(urn: str, **more: Any) -> dict[str, Any]:
    """A finding as the pack writes it."""
    name = urn.rsplit("::", maxsplit=1)[-1]
    kind = urn.split("::")[2].rsplit("$", maxsplit=1)[-1]
    return {
        "rule": "exposure",
        "severity": "critical",
        "urn": urn,
        "resource": f"{kind}::{name}",
        "path": "accessType",
        "says": "is `ObjectRead`",
        "letsThrough": "every object to everybody",
        "instead": "NoPublicAccess",
        "hint": "",
        "excusable": False,
        "statement": None,
        "flow": None,
    } | more


def results(*findings: Mapping[str, Any], causes: Sequence[Mapping[str, Any]] | None = None) -> dict[str, Any]:
    """What the pack writes."""
    listed = [{"main": index, "also": []} for index in range(len(findings))]
    return {
        "version": 2,
        "unproved": "",
        "rules": [{"id": "exposure", "title": "Nothing is public"}],
        "findings": list(findings),
        "causes": listed if causes is None else list(causes),
        "holding": {"oci:ObjectStorage/bucket:Bucket": "bucket"},
    }
