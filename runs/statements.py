"""IAM statements before and after, compared as a set: their order means nothing to Oracle, and numbers shift.

A statement holds for the compartment that its policy is attached to; one that moves from one policy to another of the
same compartment is no change.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from runs.changes import Change
from runs.digest import State
from runs.urns import name_of

_KEY = "statements"
_WHERE = "compartmentId"


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """One statement, and the policy that has it (its name in the program)."""

    policy: str
    text: str


@dataclass(frozen=True, slots=True)
class StatementChange:
    """The statements that a run adds and those that it takes away, by policy and text."""

    added: tuple[Statement, ...]
    removed: tuple[Statement, ...]


def compare_statements(found: Iterable[Change]) -> StatementChange:
    """What changes of all policies, quotas and network policies together."""
    before: dict[tuple[str, str], list[Statement]] = {}
    after: dict[tuple[str, str], list[Statement]] = {}
    for change in found:
        policy = name_of(change.urn)
        for where, text in _statements(change.old):
            before.setdefault((where, text), []).append(Statement(policy, text))
        for where, text in _statements(change.new):
            after.setdefault((where, text), []).append(Statement(policy, text))
    return StatementChange(_more(after, before), _more(before, after))


def _more(
    these: dict[tuple[str, str], list[Statement]], those: dict[tuple[str, str], list[Statement]]
) -> tuple[Statement, ...]:
    left = Counter({key: len(found) for key, found in these.items()})
    left.subtract({key: len(found) for key, found in those.items()})
    return tuple(sorted(each for key, count in left.items() if count > 0 for each in these[key][:count]))


def _statements(state: State | None) -> Iterator[tuple[str, str]]:
    if state is None:
        return
    inputs = state.inputs
    listed = inputs.get(_KEY)
    for each in listed if isinstance(listed, list) else ():
        yield str(inputs.get(_WHERE, "")), " ".join(str(each).split())
