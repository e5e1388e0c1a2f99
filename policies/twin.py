"""The dry-run twin: the same resources judged by the boundary in force and by a proposed one, and what differs.

So that a change of `stacks/boundary.yaml` (a region more, a lane that ends, a range that moves) is seen beforehand.
Nothing is written, and neither boundary knows of the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from boundary import Boundary
from policies.core import Finding, Resource
from policies.core.judge import Clock
from policies.pack import build_pack


@dataclass(frozen=True, slots=True)
class Difference:
    """What the proposed boundary would change.

    Findings are in the order of the resources, those of the stack last. A finding that stays is in the words of the
    proposed boundary. Lanes are the names of those that except something, by boundary.
    """

    appearing: tuple[Finding, ...]
    disappearing: tuple[Finding, ...]
    staying: tuple[Finding, ...]
    lanes_now: frozenset[str]
    lanes_then: frozenset[str]

    @property
    def loosens(self) -> bool:
        """Whether something that blocks now would pass."""
        return bool(self.disappearing)


def compare(resources: Sequence[Resource], current: Boundary, proposed: Boundary, clock: Clock) -> Difference:
    """The difference that a proposed boundary makes to the resources of one stack, at the clock's moment.

    Raises:
        BoundaryError: the catalogue or the rules can't be used.
    """
    now, lanes_now = _judged(resources, current, clock)
    then, lanes_then = _judged(resources, proposed, clock)
    return Difference(
        appearing=tuple(finding for key, finding in then.items() if key not in now),
        disappearing=tuple(finding for key, finding in now.items() if key not in then),
        staying=tuple(finding for key, finding in then.items() if key in now),
        lanes_now=lanes_now,
        lanes_then=lanes_then,
    )


# What makes two findings the same: the remedy's words name the boundary's own regions, and so may differ.
_Key = tuple[str, str, str, str]


def _judged(
    resources: Sequence[Resource], boundary: Boundary, clock: Clock
) -> tuple[dict[_Key, Finding], frozenset[str]]:
    judge = build_pack(boundary, clock).judge
    verdicts = [judge.judge(resource) for resource in resources]
    lanes = frozenset(name for verdict in verdicts for name in verdict.lanes)
    findings = [finding for verdict in verdicts for finding in verdict.findings]
    findings.extend(judge.judge_stack(resources, lanes))
    return {(each.rule, each.urn, each.path, each.says): each for each in findings}, lanes
