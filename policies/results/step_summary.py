"""A page for the summary of a build's step: the outcome, then each cause, then what else a reader must know.

It is GitHub's Markdown, of which a step may write so much and no more: what is left out is counted.
Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands (step isolation and limits)
"""

from collections.abc import Iterable, Iterator

from policies.core import Finding
from policies.results.difference import difference_lines
from policies.results.report import Report
from policies.results.summary import summary
from policies.results.telling import in_full

MOST_BYTES = 1024 * 1024
_RESERVED = 1024
_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|#~@"})


def step_summary(report: Report) -> str:
    """The report as a page."""
    stack = report.started.stack
    head = [f"# Stateside{f': {_plain(stack)}' if stack else ''}", ""]
    text = "\n".join([*head, *(f"{_plain(sentence)}  " for sentence in summary(report)), "", ""])
    size, left_out = len(text.encode("utf-8")), 0
    for block in _blocks(report):
        size += len(block.encode("utf-8"))
        if size > MOST_BYTES - _RESERVED:
            left_out += 1
        else:
            text += block
    if left_out:
        text += f"**{left_out} more are left out here; the JSON has them all.**\n"
    return text


def _blocks(report: Report) -> Iterator[str]:
    """The parts of the page, the gravest first, each of which may be left out by itself."""
    for number, cause in enumerate(report.causes, 1):
        main = report.findings[cause.main]
        info = report.rules[main.rule]
        title = f"## {number}. {main.rule}: {_plain(main.name)}\n\n*{info.severity}*. {_plain(info.title)}.\n\n"
        yield title + _listed(in_full(main, report.also(cause), report.declared(main)).splitlines())
    yield from _section("Could not run", (_first(each) for each in report.could_not_run))
    yield from _section("Lanes in use", (f"{each.lane} excepts {each.resource}" for each in report.lanes))
    yield from _section("The proposed boundary", difference_lines(report.compared) if report.compared else ())


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield f"## {title}\n\n{_listed(lines)}"


def _listed(lines: Iterable[str]) -> str:
    return "".join(f"- {_plain(line)}\n" for line in lines) + "\n"


def _first(finding: Finding) -> str:
    return f"{finding.rule}: {finding.message.splitlines()[0]}"


def _plain(text: str) -> str:
    return " ".join(text.translate(_SPECIAL).split())
