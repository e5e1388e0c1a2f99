"""The judge: one resource in, findings out.

Every rule runs behind a guard. One that raises becomes a finding of its own rule that says that it could not run, so
that a bug never hides another rule's finding and never lets a resource pass.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from boundary import Lane
from boundary.clock import now
from policies.core.constraints import Constraint
from policies.core.entries import Denial, LookUp
from policies.core.findings import Finding, Problem, path_text
from policies.core.lanes import Lanes
from policies.core.observed import differing
from policies.core.plain import UNKNOWN, Plain, Resource, hides_secret
from policies.core.ruleset import RuleSet, Scope
from policies.core.tree import ANYTHING, UNLISTED, Node
from policies.core.walk import Path, Visit, walk

Clock = Callable[[], datetime]

# The rule that an argument which the catalogue lacks belongs to.
UNCLASSIFIED = "unclassified"

_UNLISTED = Problem("is an argument that the catalogue doesn't know")
_MISSING = Problem("is not set")
_UNKNOWN = Problem(
    "decides whether this crosses the boundary, and isn't known before `up`",
    hint="write the value itself, or take it from stacks/boundary.yaml or the stack's configuration, rather than from "
    "an output of a resource that doesn't exist yet",
    unread=True,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a resource violates, and the names of the lanes that excepted something."""

    findings: tuple[Finding, ...]
    lanes: frozenset[str] = frozenset()


_CLEAN = Verdict(())
_SEVERAL = (
    "a lane is for one crossing, and here are several; whichever is wanted needs a resource of its own before it can "
    "have a lane"
)


class Judge:
    """Judges resources by a rule set, a catalogue and the lanes. It keeps nothing of what it has judged."""

    def __init__(self, rules: RuleSet, look_up: LookUp, lanes: Lanes, clock: Clock | None = None) -> None:
        self._rules = rules
        self._look_up = look_up
        self._lanes = lanes
        self._clock = clock or now

    def judge(self, resource: Resource) -> Verdict:
        """Everything that a resource violates."""
        try:
            values = self._about_values(resource) if resource.declared else ()
            return self._verdict(resource, [*self._about_whole(resource), *values])
        except Exception as error:
            return self.could_not_read(resource.urn, resource.type, resource.name, error)

    def judge_drift(self, resource: Resource) -> Verdict:
        """What a resource whose declared arguments were judged violates by what the cloud says of its arguments."""
        try:
            tree = self._tree(resource)
            arguments = {name: value for name, value in resource.observed.items() if name in (tree.children or ())}
            drift = _differing(arguments, resource, tree)
            return self._verdict(resource, self._about_visits(resource, drift))
        except Exception as error:
            return self.could_not_read(resource.urn, resource.type, resource.name, error)

    def judge_stack(self, resources: Sequence[Resource], used_lanes: frozenset[str]) -> tuple[Finding, ...]:
        """What a stack as a whole violates, each finding once, given the lanes that its resources used."""
        found: list[Finding] = []
        for rule, judge in self._rules.stack.items():
            try:
                found.extend(judge(resources, used_lanes))
            except Exception as error:
                stack = resources[0] if resources else Resource("", "pulumi:pulumi:Stack", "stack", {})
                found.append(self._could_not_run(rule, stack, (), error))
        return tuple(dict.fromkeys(found))

    def could_not_read(self, urn: str, type: str, name: str, error: Exception, scope: Scope = "resource") -> Verdict:
        """The verdict on a resource, or a stack, that can't be read: no rule could run on it."""
        resource = Resource(urn, type, name, {})
        rules = (info.id for info in self._rules.info.values() if info.scope == scope)
        return Verdict(tuple(self._could_not_run(rule, resource, (), error) for rule in rules))

    def unreadable(self, urn: str, type: str, name: str, why: str) -> Finding:
        """What is said of a resource of a file that can't be read: no rule could run on it."""
        problem = Problem(
            f"can't be read, because {why}",
            lets_through="anything, because nothing of it was judged",
            instead="nothing by hand: export the file anew",
        )
        finding = self._finding(UNCLASSIFIED, Resource(urn, type, name, {}), (), problem)
        return replace(finding, excusable=False, lane="", could_not_run=True)

    def _about_whole(self, resource: Resource) -> Iterator[Finding]:
        for rule, judge in self._rules.resource.items():
            yield from self._guarded(rule, resource, (), judge, resource)
        entry = self._look_up(resource.type)
        if entry is not None and entry.denial is not None:
            yield self._finding(entry.denial.rule, resource, (), _denied(entry.denial))
        if entry is not None and entry.fault:
            yield self._finding(UNCLASSIFIED, resource, (), Problem(entry.fault))

    def _about_values(self, resource: Resource) -> Iterator[Finding]:
        tree = self._tree(resource)
        visits = chain(walk(resource.properties, tree), _differing(resource.observed, resource, tree))
        return self._about_visits(resource, visits)

    def _tree(self, resource: Resource) -> Node:
        entry = self._look_up(resource.type)
        return entry.tree if entry else ANYTHING

    def _about_visits(self, resource: Resource, visits: Iterable[Visit]) -> Iterator[Finding]:
        entry = self._look_up(resource.type)
        encoded = entry.encoded if entry else frozenset()
        for visit in visits:
            path, value, node, shown = visit
            if node is UNLISTED:
                yield self._finding(UNCLASSIFIED, resource, path[:shown], _UNLISTED)
                continue
            if node.constraints or value is UNKNOWN or value is None:
                constrained = self._constrained(resource, visit)
                yield from constrained
                # What a constraint has found needs no second finding from a sweep.
                if constrained or not all(constraint.swept for constraint in node.constraints):
                    continue
            if isinstance(value, str):
                try:
                    hits = self._rules.sweep(path, value, node is not ANYTHING)
                    if encoded and tuple(part for part in path if isinstance(part, str)) in encoded:
                        hits += self._rules.carried(value)
                except Exception as error:
                    yield from (self._could_not_run(rule, resource, path[:shown], error) for rule in self._rules.swept)
                    continue
                for hit in hits:
                    yield self._finding(hit.rule, resource, path[:shown], hit.problem, shown is not None)

    def _constrained(self, resource: Resource, visit: Visit) -> Sequence[Finding]:
        whole, value, node, shown = visit
        path = whole[:shown]
        if value is UNKNOWN:
            decisive = (constraint for constraint in (*node.constraints, *node.below()) if constraint.decisive)
            return [self._finding(each.rule, resource, path, _with_words(_UNKNOWN, each)) for each in decisive]
        if value is None:
            missing = ((each, _MISSING if each in node.constraints else _lacking(each)) for each in node.missing)
            return [self._finding(each.rule, resource, path, _with_words(says, each)) for each, says in missing]
        found: list[Finding] = []
        for constraint in node.constraints:
            secret = shown is not None or hides_secret(value)
            found.extend(self._guarded(constraint.rule, resource, path, self._check, value, constraint, secret=secret))
        return found

    def _check(self, value: Plain, constraint: Constraint) -> Iterator[Problem]:
        for problem in self._rules.checks[constraint.check](value, constraint):
            yield _with_words(problem, constraint)

    def _guarded(
        self,
        rule: str,
        resource: Resource,
        path: Path,
        run: Callable[..., Iterable[Problem]],
        *arguments: object,
        secret: bool = False,
    ) -> Sequence[Finding]:
        try:
            problems = tuple(run(*arguments))
            # Most of what is judged is clean, and there is much of it.
            return [self._finding(rule, resource, path, each, secret) for each in problems] if problems else ()
        except Exception as error:
            return [self._could_not_run(rule, resource, path, error)]

    def _finding(self, rule: str, resource: Resource, path: Path, problem: Problem, secret: bool = False) -> Finding:
        info = self._rules.info[rule]
        # Who approves a lane must be able to see what crosses.
        excusable = info.lane and not secret and not problem.unread
        return Finding(
            rule=rule,
            urn=resource.urn,
            resource=f"{resource.type}::{resource.name}",
            path=path_text(path),
            says=problem.sentence(secret),
            lets_through=problem.lets_through or info.lets_through,
            instead=problem.instead or info.instead,
            hint=problem.hint,
            excusable=excusable,
            value="" if secret else problem.token,
            statement="" if secret else problem.statement,
            lane=self._rules.lane_of(resource) if excusable else "",
        )

    def _could_not_run(self, rule: str, resource: Resource, path: Path, error: Exception) -> Finding:
        # The error's own text may quote a secret: its kind is all that is said.
        problem = Problem(
            f"rule {rule} could not run here ({type(error).__name__})",
            lets_through="anything, because nothing was checked",
            instead="nothing: this is a fault of the policy pack, and it blocks until the rule is repaired",
        )
        return replace(self._finding(rule, resource, path, problem), excusable=False, lane="", could_not_run=True)

    def _verdict(self, resource: Resource, found: Iterable[Finding]) -> Verdict:
        distinct = dict.fromkeys(found)
        return self._except_lanes(resource, distinct) if distinct else _CLEAN

    def _except_lanes(self, resource: Resource, found: Iterable[Finding]) -> Verdict:
        kept: list[Finding] = []
        used: set[str] = set()
        found = list(found)
        crossings: dict[str, set[tuple[str, str]]] = {}
        for finding in found:
            crossings.setdefault(finding.rule, set()).add(_crossing(finding))
        for finding in found:
            lane = self._lanes.of(finding.rule, resource) if finding.excusable else None
            several = finding.excusable and len(crossings.get(finding.rule, ())) > 1
            if lane is None:
                kept.append(replace(finding, hint=finding.hint or _SEVERAL, lane="") if several else finding)
            elif not lane.is_open(self._clock()):
                kept.append(replace(finding, hint=_closed(lane), lane=""))
            elif several:
                kept.append(replace(finding, hint=_too_narrow(lane), lane=""))
            else:
                used.add(lane.name)
        return Verdict(tuple(kept), frozenset(used))


def _differing(observed: Mapping[str, Plain], resource: Resource, tree: Node) -> Iterator[Visit]:
    """Every value that isn't what was declared. What only the cloud has is no argument, and what it lacks no matter."""
    for path, value, node, shown in walk(differing(observed, resource.properties), tree):
        if value is not None and node is not UNLISTED:
            filled = any(constraint.filled for constraint in node.constraints)
            yield path, value, ANYTHING if filled else node, shown


def _denied(denial: Denial) -> Problem:
    return Problem("this type is denied", lets_through=denial.lets_through, instead=denial.instead)


def _lacking(constraint: Constraint) -> Problem:
    return Problem(f"is not set, and so {constraint.path} isn't either")


def _with_words(problem: Problem, constraint: Constraint) -> Problem:
    return replace(
        problem,
        lets_through=problem.lets_through or constraint.lets_through,
        instead=problem.instead or constraint.instead,
    )


def _crossing(finding: Finding) -> tuple[str, str]:
    """What makes a crossing the one that it is: the argument, and in it the statement, host or whatever was found."""
    return finding.path, finding.statement or finding.says


def _too_narrow(lane: Lane) -> str:
    return f"lane {lane.name} is for one crossing, and here are several; give each a resource and a lane of its own"


def _closed(lane: Lane) -> str:
    return (
        f"lane {lane.name} would except this, but it is open from {lane.opens:%Y-%m-%d} until {lane.expires:%Y-%m-%d} "
        "only; have it approved anew if the crossing is still wanted"
    )
