"""What a person reads of a cause: the finding that says most in full, each of the others in one line.

The same words in every form, so that a message in a terminal is found again in a report.
"""

from collections.abc import Iterable

from policies.core import Finding
from runs.places import Declared


def in_full(main: Finding, also: Iterable[Finding] = (), declared: Declared | None = None) -> str:
    """A cause in some lines: the main finding's message, where it is declared, and a line for each of the others."""
    first, *rest = main.message.splitlines()
    place = [declared_at(declared)] if declared else []
    return "\n".join([first, *place, *rest, *(f"Also {each.rule}: {in_short(each, main)}" for each in also)])


def declared_at(declared: Declared) -> str:
    """The line that declares a resource, and the calls that lead to it."""
    callers = ", ".join(str(each) for each in declared.trace if each != declared.place)
    return f"Declared at {declared.place}" + (f", called from {callers}" if callers else "") + "."


def in_short(finding: Finding, main: Finding) -> str:
    """A finding beside another of its cause, in one line that leaves out only what that one says."""
    of_main = finding.resource == main.resource
    where = finding.path if of_main else finding.place
    parts = [f"{where}: {finding.says}." if where else f"{finding.says}."]
    if finding.statement and finding.statement != main.statement:
        parts.append(f"Statement: {finding.statement}.")
    # A path says both by itself.
    if finding.lets_through not in ("", main.lets_through) and not finding.flow:
        parts.append(f"Would let through: {finding.lets_through}.")
    if finding.instead not in ("", main.instead) and not finding.flow:
        parts.append(f"Write instead: {finding.instead}.")
    if finding.hint and finding.hint != main.hint:
        parts.append(f"Hint: {finding.hint}.")
    if finding.lane and finding.rule != main.rule:
        parts.append(f"If this crossing is wanted: {finding.lane_words}, too.")
    return " ".join(parts)


def following(finding: Finding, main: Finding) -> str:
    """A finding in one line, for where the other one of its cause has been told by itself."""
    of_main = finding.resource == main.resource
    place = f"{finding.place}: " if of_main and not finding.path else ""
    says = in_short(finding, main)
    return f"{place}{says} It has one cause with what rule {main.rule} found of {main.name}; mend that."
