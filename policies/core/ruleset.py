"""Rules as data and functions: what the judge is given. Where they come from is `policies.rules`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from policies.core.constraints import Constraint
from policies.core.findings import Finding, Hit, Problem
from policies.core.plain import Plain, Resource
from policies.core.walk import Path

Severity = Literal["low", "medium", "high", "critical"]
Scope = Literal["resource", "stack"]


@dataclass(frozen=True)
class RuleInfo:
    """What is said about a rule. `lets_through` and `instead` end a sentence in each of its messages."""

    id: str
    title: str
    severity: Severity
    category: str
    lets_through: str
    instead: str
    references: tuple[str, ...]
    lane: bool
    scope: Scope
    why: str


# A rule about a resource as a whole; a check of one constrained value; a sweep of one string, told whether the argument
# is in the catalogue by name; a rule about a stack, which is told the names of the lanes that were used.
ResourceRule = Callable[[Resource], Iterable[Problem]]
Check = Callable[[Plain, Constraint], Iterable[Problem]]
Sweep = Callable[[Path, str, bool], tuple[Hit, ...]]
StackRule = Callable[[Sequence[Resource], frozenset[str]], Iterable[Finding]]


@dataclass(frozen=True)
class RuleSet:
    """Everything that judges.

    `swept` names the rules that `sweep` speaks for; `carried` is a sweep of what is in a text in base64.

    `lane_of` says what a lane for a resource would name: its type token and logical name, or the name that it needs.
    """

    info: Mapping[str, RuleInfo]
    resource: Mapping[str, ResourceRule]
    checks: Mapping[str, Check]
    sweep: Sweep
    carried: Callable[[str], tuple[Hit, ...]]
    swept: tuple[str, ...]
    stack: Mapping[str, StackRule] = field(default_factory=dict)
    lane_of: Callable[[Resource], str] = lambda resource: f"{resource.type}::{resource.name}"
