"""What a person reads in a terminal."""

from rich.console import Console
from rich.markup import escape

from policies.results.difference import difference_lines
from policies.results.report import Report
from policies.results.summary import summary
from policies.results.telling import in_full

_INDENTED = "\n    "


def print_report(report: Report, console: Console) -> None:
    """The causes in the order in which they were found, and the outcome last, where the eye is."""
    for cause in report.causes:
        main = report.findings[cause.main]
        _print(main.rule, in_full(main, report.also(cause), report.declared(main)), "bold red", console)
    for each in report.could_not_run:
        _print(each.rule, each.message, "bold yellow", console)
    for used in report.lanes:
        console.print(f"[bold cyan]›[/] lane {escape(used.lane)} excepts {escape(used.resource)}")
    for line in difference_lines(report.compared) if report.compared else ():
        console.print(f"[bold cyan]›[/] {escape(line)}")
    clean = not report.findings and not report.unproved
    mark = "[bold green]✓[/]" if clean else "[bold red]✗[/]"
    for sentence in summary(report):
        console.print(f"{mark} {escape(sentence)}")


def _print(rule: str, text: str, style: str, console: Console) -> None:
    console.print(f"[{style}]{rule}[/] {escape(_INDENTED.join(text.splitlines()))}")
