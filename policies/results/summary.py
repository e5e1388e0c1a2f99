"""The outcome of a run in sentences, the same in every form that people read."""

from collections.abc import Sequence

from policies.core import Finding
from policies.results.causes import causes
from policies.results.report import Report


def summary(report: Report) -> list[str]:
    """The outcome first; then what else a reader must know."""
    started = report.started
    judged = f"{report.analysed} of {started.registered} resources of the {started.source}, {len(report.rules)} rules"
    sentences = [f"{violations(report.findings) if report.findings else 'No violation'}: {judged}."]
    if report.unproved:
        sentences.insert(0, f"This run doesn't count: {report.unproved}.")
    return sentences


def violations(findings: Sequence[Finding]) -> str:
    """How many violations findings are: one a cause, with the number of findings beside where that is another."""
    number, found = len(causes(findings)), len(findings)
    several = f" ({found} findings)" if found != number else ""
    return f"{number} violation{'s' * (number != 1)}{several}"
