"""Findings by their cause: one mistake, however many rules find it.

Every finding is in exactly one cause, so that grouping loses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from policies.core import Finding


@dataclass(frozen=True, slots=True)
class Cause:
    """One mistake: the finding that says most about it, and what else was found of it; both by their numbers."""

    main: int
    also: tuple[int, ...] = ()


def causes(findings: Sequence[Finding]) -> tuple[Cause, ...]:
    """The causes of findings, in the order in which each was found first."""
    groups: dict[str, list[int]] = {}
    for number, each in enumerate(findings):
        groups.setdefault(each.urn or each.resource, []).append(number)
    return tuple(Cause(numbers[0], tuple(numbers[1:])) for numbers in groups.values())
