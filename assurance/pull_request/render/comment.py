"""The comment on a pull request: what matters first, everything within GitHub's limit, what is left out counted.

Its first line is a marker that nobody sees, by which it is found again and updated in place. A pull request's body may
have 65,536 characters, a comment some more; both limits are kept in characters and in bytes.
"""

from collections.abc import Iterator

from assurance.pull_request.render.diagram import diagram
from assurance.pull_request.render.sections import CHANGES_HEAD, ORDER, change_rows
from assurance.pull_request.render.text import Links, plural
from assurance.pull_request.report import Operation, Report, Verdict

LIMIT = 65_000
"""Characters, and bytes as UTF-8."""

# How many entries a list may have: as many as fit.
_SCALES = (40, 20, 10, 5, 2, 1)
_ROOM_FOR_THE_END = 1_500
_SYMBOLS = {Verdict.CLEAN: "✅", Verdict.VIOLATION: "⛔", Verdict.NOT_JUDGED: "⚠️", Verdict.FAILED: "💥"}
_WORDS = {
    Operation.CREATE: "to create",
    Operation.UPDATE: "to update",
    Operation.REPLACE: "to replace",
    Operation.DELETE: "to delete",
}


def marker(stack: str) -> str:
    """The hidden line by which the comment about a stack is found."""
    return f"<!-- stateside:preview:v1 stack={stack} -->"


def comment(report: Report, *, run: str = "", links: Links | None = None) -> str:
    """The whole comment. `run` is the address of the run that made the report, or empty."""
    links = links or Links()
    for most in _SCALES:
        above = [*_head(report), *_sections(report, links, most), *_picture(report)]
        end = _end(report, run)
        room = LIMIT - size(above) - size(end)
        if room >= _ROOM_FOR_THE_END or most == _SCALES[-1]:
            return "\n".join([*above, *_changes(report, links, room), *end])
    raise AssertionError("there is always a last scale")


def headline(report: Report) -> str:
    """The verdict in a few words."""
    match report.verdict:
        case Verdict.CLEAN if report.losses.total:
            return (
                f"nothing crosses the boundary, but {plural(report.losses.total, 'store')} of data replaced or deleted"
            )
        case Verdict.CLEAN if report.changes.total:
            return "nothing crosses the boundary"
        case Verdict.CLEAN:
            return "nothing changes"
        case Verdict.VIOLATION:
            return f"blocked by {plural(report.findings.total, 'violation')}"
        case Verdict.NOT_JUDGED:
            return "not everything was judged, so this counts as failed"
        case Verdict.FAILED:
            return "the preview failed"


def symbol(verdict: Verdict) -> str:
    """What a verdict is seen by."""
    return _SYMBOLS[verdict]


def size(lines: list[str]) -> int:
    """How much lines take, whichever is more: characters or bytes."""
    return sum(len(line.encode()) + 1 for line in lines)


def _head(report: Report) -> list[str]:
    counts = dict.fromkeys(Operation, 0)
    for each in report.systems:
        for word in Operation:
            counts[word] += getattr(each, word)
    words = [f"{count:,} {_WORDS[word]}" for word, count in counts.items() if count]
    proof = report.proof
    return [
        marker(report.stack),
        f"## {symbol(report.verdict)} {report.stack}: {headline(report)}",
        "",
        f"**{', '.join(words) or 'No change'}** · {report.unchanged:,} unchanged",
        "",
        f"{proof.registered:,} registered, {proof.judged:,} judged, {proof.ran:,} of {proof.rules:,} rules ran"
        + ("." if proof.holds else ". **That doesn't prove that everything was judged.**"),
        "",
    ]


def _sections(report: Report, links: Links, most: int) -> Iterator[str]:
    for section in ORDER:
        yield from section(report, links, most)


def _picture(report: Report) -> list[str]:
    lines = diagram(report)
    if not lines:
        return []
    return ["<details><summary>Picture</summary>", "", "```mermaid", *lines, "```", "", "</details>", ""]


def _changes(report: Report, links: Links, room: int) -> list[str]:
    """Every change in a folded table, as many as there is room for."""
    if not report.changes.total:
        return []
    title = f"<details><summary>{plural(report.changes.total, 'change')}, one by one</summary>"
    frame = [title, "", *CHANGES_HEAD, "", f"… and {report.changes.total:,} changes more.", "", "</details>", ""]
    room -= size(frame)
    rows: list[str] = []
    for row in change_rows(report, links):
        room -= size([row])
        if room < 0:
            break
        rows.append(row)
    left = report.changes.total - len(rows)
    more = [f"… and {plural(left, 'change')} more.", ""] if left else []
    return [title, "", *CHANGES_HEAD, *rows, "", *more, "</details>", ""]


def _end(report: Report, run: str) -> list[str]:
    where = f" · [run]({run})" if run else ""
    unseen = report.judgement.unseen
    but = f", but for {plural(unseen, 'secret value')} that a preview leaves out" if unseen else ""
    return [
        f"<sub>Base `{report.base[:12]}`, change `{report.head[:12]}`{where} · made from what the change's own code "
        f"reports; its program was judged by the base's rules too{but}.</sub>",
        "",
    ]
