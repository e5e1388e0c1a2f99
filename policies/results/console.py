"""What a person reads in a terminal."""

from rich.console import Console
from rich.markup import escape

from policies.core import Finding
from policies.results.difference import difference_lines
from policies.results.report import Report
from policies.results.summary import summary

_INDENTED = "\n    "


def print_report(report: Report, console: Console) -> None:
    """The findings in the order of the resources, and the outcome last, where the eye is."""
    for each in report.findings:
        _print(each, "bold red", console)
    for each in report.could_not_run:
        _print(each, "bold yellow", console)
    for used in report.lanes:
        console.print(f"[bold cyan]›[/] lane {escape(used.lane)} excepts {escape(used.resource)}")
    for line in difference_lines(report.compared) if report.compared else ():
        console.print(f"[bold cyan]›[/] {escape(line)}")
    clean = not report.findings and not report.unproved
    mark = "[bold green]✓[/]" if clean else "[bold red]✗[/]"
    for sentence in summary(report):
        console.print(f"{mark} {escape(sentence)}")


def _print(finding: Finding, style: str, console: Console) -> None:
    console.print(f"[{style}]{finding.rule}[/] {escape(_INDENTED.join(finding.message.splitlines()))}")
