"""Reads what the engine's event log says of a run: which policies ran on which resources, and what they found.

The exit code says only that something failed. The events say whether every policy had its say, and that is part of
whether a run succeeded.
Source: pulumi/pulumi, sdk/go/common/apitype/events.go.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_COULD_NOT_RUN = "can't run policy"
_MANDATORY = "mandatory"


@dataclass
class PolicyRun:
    """What the policies did in one run."""

    violations: list[str] = field(default_factory=list)
    could_not_run: list[str] = field(default_factory=list)
    analyzed: set[str] = field(default_factory=set)
    registered: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)

    @property
    def unseen(self) -> set[str]:
        """Resources that no policy looked at."""
        return self.registered - self.analyzed


def read_policy_run(log: Path) -> PolicyRun:
    """Gathers a run's policy events from its event log, one JSON document a line.

    A line that is cut short is that of an engine that was killed: what it would have said nobody knows.
    """
    run = PolicyRun()
    with log.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                _take(run, json.loads(line))
            except json.JSONDecodeError:
                run.could_not_run.append("the engine's event log is cut short")
    return run


def _take(run: PolicyRun, event: dict[str, Any]) -> None:
    if policy := event.get("policyEvent"):
        about = f"{policy.get('resourceUrn', '')}: {policy.get('message', '').strip()}"
        if _COULD_NOT_RUN in policy.get("message", ""):
            run.could_not_run.append(about)
        elif policy.get("enforcementLevel") == _MANDATORY:
            run.violations.append(about)
    elif summary := event.get("policyAnalyzeSummaryEvent"):
        run.analyzed.add(summary.get("resourceUrn", ""))
    elif step := event.get("resourcePreEvent"):
        metadata = step["metadata"]
        if metadata["op"] not in ("delete", "delete-replaced", "discard", "read", "refresh"):
            run.registered.add(metadata["urn"])
            if metadata["op"] == "same":
                run.unchanged.add(metadata["urn"])
