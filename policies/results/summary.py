"""The outcome of a run in sentences, the same in every form that people read."""

from policies.results.report import Report


def summary(report: Report) -> list[str]:
    """The outcome first; then what else a reader must know."""
    started = report.started
    judged = f"{report.analysed} of {started.registered} resources of the {started.source}, {len(report.rules)} rules"
    sentences = [f"{_violations(len(report.findings))}: {judged}."]
    if report.unproved:
        sentences.insert(0, f"This run doesn't count: {report.unproved}.")
    if started.sealed:
        values = "secret value is" if started.sealed == 1 else "secret values are"
        sentences.append(f"{started.sealed} {values} encrypted or left out, and could not be looked into.")
    return sentences


def _violations(number: int) -> str:
    return "No violation" if not number else "1 violation" if number == 1 else f"{number} violations"
