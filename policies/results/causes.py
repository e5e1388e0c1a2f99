"""Findings by their cause: one mistake, however many rules find it and in however many resources.

Every finding is in exactly one cause, so that grouping loses nothing. Two findings have one cause where

- they are about one argument of one resource, or one element of a list (a statement, a route rule);
- one of them is about the resource as a whole, or both break one rule, elements of lists apart;
- one is only a mention that a sweep found, beside the one thing that is wrong with the resource;
- one statement defines the tenancy that another names;
- they are about resources of one provider that may not be used;
- one is a path of the flow proof, and the other is about what takes the data out there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policies.core import Finding
from policies.rules.lanes import STACK
from policies.rules.sweeps import SWEPT

_PROVIDER, _FLOW = "provider", "flow"
_PROVIDER_TYPE = "pulumi:providers:"
_ELEMENT = re.compile(r"^\w+\[\d+\]")
_ARGUMENT = re.compile(r"^\w+")
_DEFINES = re.compile(r"^define\s+tenancy\s+(?P<name>\S+)\s+as\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cause:
    """One mistake: the finding that says most about it, and what else was found of it; both by their numbers."""

    main: int
    also: tuple[int, ...] = ()


def causes(findings: Sequence[Finding]) -> tuple[Cause, ...]:
    """The causes of findings, in the order in which each was found first."""
    groups = _Groups(len(findings))
    by_resource: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(findings):
        by_resource[each.urn or each.resource].append(number)
    for numbers in by_resource.values():
        _join_in_resource(findings, numbers, groups)
    _join_providers(findings, groups)
    for number, each in enumerate(findings):
        for step in each.through:
            groups.join(number, *_at(findings, by_resource.get(step.urn, ()), step.path))
    return tuple(_cause(findings, numbers) for numbers in groups.all())


class _Groups:
    """Numbers that belong together."""

    def __init__(self, size: int) -> None:
        self._first = list(range(size))

    def join(self, *numbers: int) -> None:
        """Puts the groups of these numbers together."""
        firsts = [self.first(number) for number in numbers]
        for first in firsts:
            self._first[first] = min(firsts)

    def first(self, number: int) -> int:
        """The lowest number of a group."""
        while self._first[number] != number:
            number = self._first[number]
        return number

    def all(self) -> list[list[int]]:
        """Every group."""
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._first)):
            found[self.first(number)].append(number)
        return list(found.values())


def _join_in_resource(findings: Sequence[Finding], numbers: Sequence[int], groups: _Groups) -> None:
    """Joins what is found of one resource. What is found of a stack itself is about several things: lanes, say."""
    if findings[numbers[0]].type == STACK:
        return
    # What the provider behind a resource does wrong has nothing to do with the resource itself.
    judged = [number for number in numbers if findings[number].rule not in (_FLOW, _PROVIDER)]
    if any(not findings[number].path for number in judged):
        groups.join(*judged)
        return
    same: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number in judged:
        each = findings[number]
        element = _ELEMENT.match(each.path)
        argument = _ARGUMENT.match(each.path)
        if element is None:
            same["rule", each.rule].append(number)
        same["argument", (element or argument or [each.path])[0]].append(number)
    for alike in same.values():
        groups.join(*alike)
    _join_mentions(findings, judged, groups)
    _join_definitions(findings, judged, groups)


def _join_mentions(findings: Sequence[Finding], numbers: Sequence[int], groups: _Groups) -> None:
    """A region or an address that is only mentioned goes with what is wrong, where that is one thing."""
    wrong = {groups.first(number) for number in numbers if findings[number].rule not in SWEPT}
    if len(wrong) == 1:
        groups.join(*wrong, *(number for number in numbers if not _ELEMENT.match(findings[number].path)))


def _join_definitions(findings: Sequence[Finding], numbers: Sequence[int], groups: _Groups) -> None:
    """A tenancy is defined in one statement and named in others: neither does anything without the other."""
    for number in numbers:
        defined = _DEFINES.match(findings[number].statement)
        if defined:
            named = re.compile(rf"(?<!\S){re.escape(defined['name'])}(?!\S)", re.IGNORECASE)
            groups.join(number, *(other for other in numbers if named.search(findings[other].statement)))


def _join_providers(findings: Sequence[Finding], groups: _Groups) -> None:
    """One provider stands behind many resources."""
    same: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(findings):
        if each.type.startswith(_PROVIDER_TYPE):
            same[f"has a provider whose {each.path} {each.says}"].append(number)
        elif each.rule == _PROVIDER:
            same[each.says].append(number)
    for alike in same.values():
        groups.join(*alike)


def _at(findings: Sequence[Finding], numbers: Iterable[int], path: str) -> list[int]:
    """What is found of a resource at a path or in it; everything, where the path is empty."""
    return [number for number in numbers if not path or _within(findings[number].path, path)]


def _within(path: str, whole: str) -> bool:
    return not path or path == whole or path.startswith((f"{whole}.", f"{whole}["))


def main_of(findings: Sequence[Finding], numbers: Iterable[int]) -> int:
    """Which of the findings of one cause says most about it."""
    return min(numbers, key=lambda number: (_weight(findings[number]), number))


def _cause(findings: Sequence[Finding], numbers: Sequence[int]) -> Cause:
    main = main_of(findings, numbers)
    return Cause(main, tuple(number for number in numbers if number != main))


def _weight(finding: Finding) -> int:
    """What says most comes first: what somebody declared, then what is mentioned, then what follows from it."""
    if finding.rule == _FLOW:
        return 2
    return int(finding.rule in SWEPT)
