"""The parts of a comment, each as lines of Markdown.

`most` is how many entries a list may have; the rest is counted.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from assurance.pull_request.render.text import Links, block_line, code, listing, plural, prose
from assurance.pull_request.report import (
    STATEMENT_LENGTH,
    Flow,
    FlowChange,
    FlowRank,
    Found,
    LaneNews,
    Listed,
    Looser,
    Operation,
    Report,
    Statement,
)

Item = TypeVar("Item")
Lines = list[str]

_BY = {Looser.BOUNDARY: "boundary.yaml", Looser.RULES: "the rules or the catalogue"}


def losses(report: Report, links: Links, most: int) -> Lines:
    """What holds data and goes."""
    rows = [
        f"- {'🔒' if each.protected else '🗑️'} {prose(each.says)} ({links.place(each.place)})"
        for each in report.losses.items[:most]
    ]
    return _titled("Data that goes", rows, report.losses.total, "resource that holds data", "resources that hold data")


def findings(report: Report, links: Links, most: int) -> Lines:
    """What is violated, once for each cause."""
    lines: Lines = []
    for number, each in enumerate(report.findings.items[:most], 1):
        lines += _finding(number, each, links)
    title = "Violations" if report.findings.total != 1 else "Violation"
    return _titled(title, lines, report.findings.total, "violation", shown=min(most, len(report.findings.items)))


def reasons(report: Report, _: Links, most: int) -> Lines:
    """Why the run failed, or why it doesn't count."""
    rows = [f"- {prose(each)}" for each in report.reasons.items[:most]]
    return _titled("What went wrong", rows, report.reasons.total, "message")


def opened(report: Report, _: Links, most: int) -> Lines:
    """What can flow that couldn't before."""
    return _flows("What can flow that could not before", report.opened, "can now be in", most)


def closed(report: Report, _: Links, most: int) -> Lines:
    """What no longer can."""
    return _flows("What can no longer flow", report.closed, "can no longer be in", most)


def loosened(report: Report, _: Links, most: int) -> Lines:
    """What the base's own judgement blocks and the change's doesn't."""
    found = report.judgement
    if found.failure:
        lines = [f"⚠️ The base's own rules could not judge this program: {prose(found.failure)}", ""]
        return ["### What this change loosens", "", *lines]
    rows = [
        f"- by {_BY[each.by]}: **{prose(each.rule)}** no longer blocks {code(each.name)}: {prose(each.says)}"
        for each in found.loosened.items[:most]
    ]
    lines = _titled("What this change loosens", rows, found.loosened.total, "entry", "entries")
    if found.tightened:
        lines += [f"It also tightens: {plural(found.tightened, 'violation')} only by its own rules.", ""]
    return lines


def lanes(report: Report, _: Links, most: int) -> Lines:
    """Lanes that open, change, close or end."""
    if not report.lanes.total:
        return []
    rows = ["| lane | | direction | data | owner · approver | ends |", "|---|---|---|---|---|---|"]
    for each in report.lanes.items[:most]:
        left = "is over" if each.news is LaneNews.ENDED else f"in {plural(each.days, 'day')}"
        people = f"{prose(each.owner)} · {prose(each.approver)}"
        rows.append(
            f"| {code(each.name)} | **{each.news}** | {each.direction} | {', '.join(each.classes)} "
            f"| {people} | {each.expires}, {left} |"
        )
    return _titled("Lanes", rows, report.lanes.total, "lane", shown=min(most, len(report.lanes.items)))


def systems(report: Report, _: Links, most: int) -> Lines:
    """What changes, by system."""
    if not report.systems:
        return []
    rows = ["| system | create | update | replace | delete |", "|---|--:|--:|--:|--:|"]
    rows += [
        f"| {code(each.name)} | " + " | ".join(_number(getattr(each, word)) for word in Operation) + " |"
        for each in report.systems[:most]
    ]
    return _titled("Changes by system", rows, len(report.systems), "system", shown=min(most, len(report.systems)))


def statements(report: Report, _: Links, most: int) -> Lines:
    """The statements that come and go, as a set."""
    total = report.added.total + report.removed.total
    if not total:
        return []
    rows = [*_statements("-", report.removed, most), *_statements("+", report.added, most)]
    shown = len(rows)
    return _titled("Statements", ["```diff", *rows, "```"], total, "statement", shown=shown)


def change_rows(report: Report, links: Links) -> Iterator[str]:
    """Every change, a row of a table each."""
    for each in report.changes.items:
        keys = listing([code(key) for key in each.keys]) if each.keys else "–"
        yield (
            f"| {each.operation} | {code(each.system)} | {code(_kind(each.type))} | {code(each.name)} | {keys} "
            f"| {links.place(each.place)} |"
        )


CHANGES_HEAD = ("| | system | type | name | arguments | declared |", "|---|---|---|---|---|---|")

Section = Callable[[Report, Links, int], Lines]
ORDER: Sequence[Section] = (losses, reasons, findings, opened, closed, loosened, lanes, systems, statements)


def _finding(number: int, each: Found, links: Links) -> Lines:
    path = f", {code(each.path)}" if each.path else ""
    old = "" if each.is_new else " (the base has it too)"
    lines = [f"{number}. **{prose(each.rule)}** on {code(each.name)}{path}, {links.place(each.place)}{old}"]
    lines.append(f"   - Found: {prose(each.says)}" + (f" (it is {code(each.value)})" if each.value else ""))
    if each.statement:
        lines.append(f"   - Statement: {code(each.statement, STATEMENT_LENGTH)}")
    if each.flow:
        lines.append(f"   - Way: {' → '.join(prose(step) for step in each.flow)}")
    lines.append(f"   - Would let through: {prose(each.lets_through)}")
    lines.append(f"   - Write instead: {prose(each.instead)}")
    if each.hint:
        lines.append(f"   - Hint: {prose(each.hint)}")
    if each.also.total:
        lines.append(f"   - The same cause: {plural(each.also.total, 'other finding')}")
        lines += [f"      - {prose(also)}" for also in each.also.items[:3]]
    return lines


def _flows(title: str, change: FlowChange, verb: str, most: int) -> Lines:
    """What ends outside or is between stops of both runs; what something new brings with it is folded."""
    near = [each for each in change.first.items if each.rank is not FlowRank.NEW]
    new = [each for each in change.first.items if each.rank is FlowRank.NEW]
    left = change.first.total - len(change.first.items)
    lines = [_flow(each) for each in near[:most]] + _more(len(near) - most, "such flow")
    reached: dict[str, list[str]] = {}
    for each in change.reaches:
        reached.setdefault(_stops(each.stops, 6), []).append(each.data_class)
    lines += [f"- **{', '.join(classes)}** data {verb} {stops}" for stops, classes in reached.items()]
    if change.following:
        lines.append(f"- {plural(change.following, 'flow')} more follow from that")
    if new or left:
        what = "between what is new, or goes, and the rest"
        lines += ["", f"<details><summary>{plural(len(new) + left, 'flow')} {what}</summary>", ""]
        lines += [_flow(each) for each in new[:most]]
        lines += [*_more(len(new) + left - most, "such flow"), "", "</details>"]
    return [f"### {title}", "", *lines, ""] if lines else []


def _flow(flow: Flow) -> str:
    by = f", by {' → '.join(prose(step) for step in flow.by)}" if flow.by else ""
    end = " **(ends there)**" if flow.rank is FlowRank.ENDS else ""
    return f"- **{', '.join(flow.classes)}**: {_stops(flow.sources, 3)} → {_stops(flow.targets, 3)}{end}{by}"


def _stops(stops: Listed[str], most: int) -> str:
    named = [prose(stop) for stop in stops.items[:most]]
    left = stops.total - len(named)
    return listing([*named, *([f"{left:,} more"] if left else [])], most + 1)


def _more(left: int, noun: str) -> Lines:
    return ["", f"… and {plural(left, f'{noun}')} more."] if left > 0 else []


def _statements(sign: str, found: Listed[Statement], most: int) -> Iterator[str]:
    for each in found.items[:most]:
        yield f"{sign} {block_line(each.text, STATEMENT_LENGTH)}  ({block_line(each.policy, 80)})"


def _titled(title: str, rows: Lines, total: int, one: str, many: str = "", *, shown: int | None = None) -> Lines:
    """A section with its title; nothing where there is nothing. What is left out is counted."""
    if not total:
        return []
    left = total - (len(rows) if shown is None else shown)
    noun = one if left == 1 else many or f"{one}s"
    more = ["", f"… and {left:,} {noun} more."] if left else []
    return [f"### {title}", "", *rows, *more, ""]


def _number(count: int) -> str:
    return f"{count:,}" if count else ""


def _kind(token: str) -> str:
    return token.rsplit(":", 1)[-1]
