"""Markdown, for a comment on a change."""

from policies.core import Finding
from policies.results.difference import difference_lines
from policies.results.report import Report
from policies.results.summary import summary

_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|#~"})


def markdown(report: Report) -> str:
    """The report as a page: the outcome, then each rule that found something, with what it found."""
    lines = ["# Stateside", "", *(f"{_plain(sentence)}  " for sentence in summary(report)), ""]
    for info in report.rules.values():
        found = [each for each in report.findings if each.rule == info.id]
        if found:
            lines += [f"## {info.id}: {_plain(info.title)}", "", f"*{info.severity}*. {_plain(info.why)}", ""]
            lines += [_item(each) for each in found] + [""]
    if report.could_not_run:
        lines += ["## Could not run", "", *map(_item, report.could_not_run), ""]
    if report.lanes:
        lines += ["## Lanes in use", "", "| lane | resource |", "|---|---|"]
        lines += [f"| {_plain(each.lane)} | {_plain(each.resource)} |" for each in report.lanes] + [""]
    if report.compared:
        lines += [
            "## The proposed boundary",
            "",
            *(f"- {_plain(each)}" for each in difference_lines(report.compared)),
            "",
        ]
    return "\n".join(lines)


def _item(finding: Finding) -> str:
    first, *rest = (_plain(line) for line in finding.message.splitlines())
    return "- " + "  \n  ".join([f"**{first}**", *rest])


def _plain(text: str) -> str:
    return " ".join(text.translate(_SPECIAL).split())
