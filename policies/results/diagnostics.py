"""What the engine is told of findings: one diagnostic for each rule and resource, as it prints each by itself.

A cause is told in full once, by its main finding. What else was found of it is one line, of its own rule, so that the
engine's record of which rules failed where stays true.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policies.core import Finding
from policies.results.causes import causes, main_of
from policies.results.telling import following, in_full


class Diagnostic(NamedTuple):
    """What is told of one rule on one resource, by its URN."""

    rule: str
    urn: str
    message: str


def diagnostics(findings: Sequence[Finding], told: int = 0) -> list[Diagnostic]:
    """What is to be told of findings, of which the first so many have been told already.

    That a rule could not run is no finding of a cause: it is told by itself.
    """
    broken = [Diagnostic(each.rule, each.urn, each.message) for each in findings[told:] if each.could_not_run]
    told -= sum(each.could_not_run for each in findings[:told])
    findings = [each for each in findings if not each.could_not_run]
    return broken + [each for cause in causes(findings) for each in _of(findings, (cause.main, *cause.also), told)]


def _of(findings: Sequence[Finding], numbers: Sequence[int], told: int) -> Iterator[Diagnostic]:
    """The diagnostics of one cause, by the numbers of its findings."""
    earlier = [number for number in numbers if number < told]
    main = main_of(findings, earlier or numbers)
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number in numbers:
        if number >= told:
            alike[findings[number].rule, findings[number].urn].append(number)
    for (rule, urn), several in alike.items():
        if main in several:
            message = in_full(findings[main], (findings[number] for number in several if number != main))
        else:
            message = "\n".join(following(findings[number], findings[main]) for number in several)
        yield Diagnostic(rule, urn, message)
