"""What the pack found, each mistake once, with the line that declares it and what to write instead."""

from collections import Counter
from collections.abc import Iterable

from rich.console import Console

from runs.mistakes import Mistake, mistakes
from runs.results import Finding
from runs.screen.facts import Facts
from runs.screen.layout import labelled, row, title
from runs.verdict import counted

_WHOLE = 12
_CALLS = 4
_JOINTS = {"is": " "}


def show_findings(facts: Facts, console: Console) -> None:
    """The mistakes: the first ones whole, a line for each other."""
    for number, mistake in enumerate(mistakes(facts.causes, facts.places), 1):
        if number <= _WHOLE:
            _show(number, mistake, facts, console)
        else:
            if number == _WHOLE + 1:
                console.print()
            main = mistake.cause.main
            more = f", and {len(mistake.alike):,} more" if mistake.alike else ""
            row(console, f"{number}.", f"{main.rule}: {_place(main, facts)}{more}")
    for message in facts.violated:
        console.print()
        first, *rest = message.splitlines()
        row(console, "✗", "\n".join((first, *rest)), "bold red")


def _show(number: int, mistake: Mistake, facts: Facts, console: Console) -> None:
    main = mistake.cause.main
    others = [each for cause in mistake.causes for each in cause.also]
    title(console, f"{number}. {main.rule}: {_subject(main)}")
    labelled(
        console,
        (
            ("declared at", _calls(main, facts)),
            ("also on", _alike(mistake)),
            ("found", _found(main)),
            ("statement", main.text("statement")),
            ("lets through", main.text("letsThrough")),
            ("path", _path((main, *others))),
            ("write instead", main.text("instead")),
            ("hint", main.text("hint")),
            ("if wanted", _lane(mistake)),
            ("found too", _others(others)),
        ),
    )


def _subject(finding: Finding) -> str:
    """`buckets-iad-us-raw (oci:ObjectStorage/bucket:Bucket)`."""
    token, _, name = finding.text("resource").partition("::")
    return f"{name} ({token})" if name else token


def _found(finding: Finding) -> str:
    path, says = finding.text("path"), finding.text("says")
    return f"{path}{_JOINTS.get(says.partition(' ')[0], ': ')}{says}" if path else says


def _calls(finding: Finding, facts: Facts) -> str:
    """The line that declares it, and the calls that led there."""
    there = facts.places.get(finding.urn)
    if not there:
        return ""
    return " ← ".join(str(place) for place in there.trace[:_CALLS] or (there.place,))


def _place(finding: Finding, facts: Facts) -> str:
    there = facts.places.get(finding.urn)
    return f"{_subject(finding)}, {there.place}" if there else _subject(finding)


def _path(findings: Iterable[Finding]) -> str:
    """The shortest way that data could take, where one of the findings has one."""
    ways: list[list[str]] = [steps for each in findings if (steps := each.raw.get("flow"))]
    return " → ".join(sorted(ways, key=len)[0]) if ways else ""


def _lane(mistake: Mistake) -> str:
    main = mistake.cause.main
    if not main.raw.get("excusable"):
        return ""
    each = ", and one for each other resource" if mistake.alike else ""
    return f"a lane in stacks/boundary.yaml with rule {main.rule} and resource {main.text('resource')}{each}"


def _alike(mistake: Mistake) -> str:
    """The other resources that the same line declares, with the same fault."""
    return ", ".join(cause.main.text("resource").partition("::")[2] for cause in mistake.alike)


def _others(also: Iterable[Finding]) -> str:
    rules = Counter(each.rule for each in also)
    return ", ".join(f"{rule} ({counted(count, 'time')})" if count > 1 else rule for rule, count in rules.items())
