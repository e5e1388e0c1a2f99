"""Writes the result of a run: what matters most comes first, and each list has an end, so that it stays one screen."""

from collections import Counter

from rich.console import Console
from rich.text import Text

from runs.changes import Change, by_system
from runs.digest import Operation
from runs.errors import Exit
from runs.screen.facts import Facts
from runs.screen.findings import show_findings
from runs.screen.layout import at_most, head, labelled, row, title
from runs.screen.night import show_night
from runs.statements import Statement
from runs.urns import kind_of
from runs.views.words import span

_LOSSES, _STATEMENTS, _TOO_MANY, _NAMED, _KINDS = 8, 6, 100, 2, 6
_STYLES = {
    Operation.CREATE: "green",
    Operation.UPDATE: "yellow",
    Operation.REPLACE: "magenta",
    Operation.DELETE: "red",
    Operation.IMPORT: "cyan",
}


def show(facts: Facts, console: Console) -> None:
    """The whole result. Outside a terminal the verdict comes again at the end, where a log is looked at first."""
    _verdict(facts, console)
    _losses(facts, console)
    if facts.verdict.code is Exit.VIOLATION:
        show_findings(facts, console)
    _locks(facts, console)
    if facts.errors:
        title(console, "What the engine says")
    for error in facts.errors:
        console.print(Text(error), soft_wrap=True)
    if facts.verdict.code not in (Exit.VIOLATION, Exit.FAILED):
        _changes(facts.changes, console)
        _statements(facts, console)
    _lanes(facts, console)
    if facts.at is not None:
        show_night(facts, facts.at, console)
    _facts(facts, console)
    if not console.is_terminal:
        _verdict(facts, console)


def _verdict(facts: Facts, console: Console) -> None:
    if facts.verdict.is_clean:
        head(console, "✓", f"{facts.done} ({span(facts.seconds)})", "bold green")
    else:
        head(console, "✗", facts.verdict.why, "bold red")


def _losses(facts: Facts, console: Console) -> None:
    if not facts.losses:
        return
    title(console, "Holds data and goes")
    for loss in facts.losses[:_LOSSES]:
        row(console, "!", loss.sentence, "bold red")
        if loss.change.declared:
            row(console, " ", str(loss.change.declared.place), text_style="dim")
    if len(facts.losses) > _LOSSES:
        row(console, " ", f"and {len(facts.losses) - _LOSSES:,} more")


def _locks(facts: Facts, console: Console) -> None:
    if not facts.locks:
        return
    title(console, "Who holds the lock")
    for holder, advice in facts.locks:
        row(console, "!", holder, "bold red")
        row(console, " ", advice)


def _changes(found: tuple[Change, ...], console: Console) -> None:
    if not found:
        return
    title(console, "Changes by system")
    rows = [(f"  {system}", _counted(counts)) for system, counts in by_system(found).items()]
    named = (_named([change for change in found if change.system == system]) for system in by_system(found))
    first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
    for (system, counted), names in zip(rows, named, strict=True):
        line = Text.assemble(system.ljust(first + 2), counted, " " * (second - len(counted) + 2), (names, "dim"))
        line.truncate(console.width, overflow="ellipsis")
        console.print(line)


def _counted(counts: Counter[Operation]) -> Text:
    parts = [(f"{operation} {counts[operation]:,}", style) for operation, style in _STYLES.items() if counts[operation]]
    return Text(", ").join(Text(*part) for part in parts)


def _named(found: list[Change]) -> str:
    """Names where they are few, else how many there are of which kind."""
    if len(found) <= _NAMED:
        return ", ".join(f"{kind_of(change.type)} {change.name}" for change in found)
    kinds = Counter(kind_of(change.type) for change in found).most_common()
    return ", ".join(at_most([f"{count:,} {kind}" if count > 1 else kind for kind, count in kinds], _KINDS))


def _statements(facts: Facts, console: Console) -> None:
    added, removed = facts.statements.added, facts.statements.removed
    if not added and not removed:
        return
    title(console, f"Statements: {len(added):,} added, {len(removed):,} removed")
    if len(added) + len(removed) > _TOO_MANY:
        return
    for sign, style, statements in (("+", "green", added), ("-", "red", removed)):
        for text in at_most([_stated(each) for each in statements], _STATEMENTS):
            row(console, sign, text, style)


def _stated(statement: Statement) -> str:
    return f"{statement.text} ({statement.policy})"


def _lanes(facts: Facts, console: Console) -> None:
    lanes = facts.lanes
    if not (lanes.opened or lanes.closed or lanes.near):
        return
    title(console, "Lanes")
    if lanes.opened:
        row(console, "+", f"opened: {', '.join(lanes.opened)}", "green")
    if lanes.closed:
        row(console, "-", f"closed: {', '.join(lanes.closed)}", "red")
    for each in lanes.near:
        row(console, "!", f"{each.lane.name} {each.sentence}", "bold yellow")


def _facts(facts: Facts, console: Console) -> None:
    proof = facts.proof.sentence if facts.proof and facts.verdict.code is not Exit.FAILED else ""
    if facts.verdict.is_clean and facts.proof and (left := len(facts.proof.unseen)):
        proof += f"; {left:,} left alone"
    pairs = [
        ("done", facts.stopped),
        ("hosts", "\n".join(facts.hosts)),
        ("proof", proof),
        ("look", "\n".join(facts.look)),
    ]
    if any(text for _, text in pairs):
        console.print()
    labelled(console, pairs)
