"""What statements may not say: IAM policies, quotas, matching rules of dynamic groups, ZPR policies.

Each is parsed first. What can't be parsed can't be judged, so that it is a violation too. `docs/statements.md` has the
forms that pass.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from boundary import Boundary, BoundaryError
from iam import Statement, StatementKind, parse_matching_rule, parse_quota, parse_statements, parse_zpr
from policies.core import Plain, Problem
from policies.core.constraints import Constraint
from policies.core.ruleset import Check
from policies.rules.statements.granted import check_granted
from policies.rules.statements.matching_rules import matching_rule_problems
from policies.rules.statements.packets import zpr_problems
from policies.rules.statements.quotas import quota_problems
from policies.rules.statements.regions import region_problems, service_problems
from policies.rules.statements.roles import role_problems
from policies.rules.statements.subjects import subject_problems
from policies.rules.statements.tenancies import tenancy_problems

_DENYING = frozenset({StatementKind.DENY, StatementKind.DENY_ADMIT, StatementKind.DENY_ENDORSE})

# Judges one text by a boundary.
JudgeText = Callable[[str, Boundary], Sequence[Problem]]


def judge_text(text: str, boundary: Boundary) -> tuple[Problem, ...]:
    """What is wrong with a text of IAM policy statements, usually one; nothing for what may stand."""
    try:
        statements = parse_statements(text)
    except BoundaryError as error:
        return (_unreadable(error, "allow group <name> to <verb> <type> in compartment <name>"),)
    found = (_quoting(text, _problems(boundary, each), which) for each, which in _numbered(statements))
    return tuple(problem for problems in found for problem in problems)


def only_denies(text: str) -> bool:
    """Whether a text is IAM policy statements that all only take away: they may name what they deny."""
    try:
        return all(each.kind in _DENYING for each in parse_statements(text))
    except BoundaryError:
        return False


def judge_quota(text: str, boundary: Boundary) -> tuple[Problem, ...]:
    """What is wrong with a text of one quota statement."""
    try:
        quota = parse_quota(text)
    except BoundaryError as error:
        return (_unreadable(error, "zero <family> quotas in compartment <name> where request.region = '<full name>'"),)
    return _quoting(text, quota_problems(boundary, quota))


def judge_matching_rule(text: str, _: Boundary) -> tuple[Problem, ...]:
    """What is wrong with the matching rule of a dynamic group."""
    try:
        rule = parse_matching_rule(text)
    except BoundaryError as error:
        return (_unreadable(error, "all {instance.compartment.id = '<OCID>', …}"),)
    return _quoting(text, matching_rule_problems(rule))


def judge_zpr(text: str, boundary: Boundary) -> tuple[Problem, ...]:
    """What is wrong with a text of one ZPR statement."""
    try:
        statement = parse_zpr(text)
    except BoundaryError as error:
        form = (
            "in <attribute>:<value> VCN allow <attribute>:<value> endpoints to connect to <attribute>:<value> endpoints"
        )
        return (_unreadable(error, form),)
    return _quoting(text, zpr_problems(boundary, statement))


# The judge of each kind of statement, by the name of its check in the catalogue.
JUDGES: dict[str, JudgeText] = {
    "statements": judge_text,
    "quota-statements": judge_quota,
    "matching-rule": judge_matching_rule,
    "zpr-statements": judge_zpr,
}


def statement_checks(boundary: Boundary) -> dict[str, Check]:
    """The checks of texts of statements, by the name that the catalogue calls them.

    Raises:
        BoundaryError: the boundary grants calls or types that nobody knows.
    """
    check_granted(boundary)
    return {name: _check(judge, boundary) for name, judge in JUDGES.items()}


def _problems(boundary: Boundary, statement: Statement) -> Iterator[Problem]:
    yield from tenancy_problems(boundary, statement)
    # The other kinds define, take away, or are a problem as a whole.
    if statement.kind is StatementKind.ALLOW:
        yield from subject_problems(statement)
        yield from service_problems(boundary, statement)
        yield from region_problems(boundary, statement)
        yield from role_problems(boundary, statement)


def _check(judge: JudgeText, boundary: Boundary) -> Check:
    def check(value: Plain, _: Constraint) -> Iterator[Problem]:
        if isinstance(value, str):
            yield from judge(value, boundary)
        else:
            yield Problem("is not a text of statements", unread=True)

    return check


def _numbered(statements: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Statements of one text, each with what tells it from the others: each is a crossing of its own."""
    for number, statement in enumerate(statements, 1):
        yield statement, f" (statement {number} of {len(statements)} in one text)" if len(statements) > 1 else ""


def _quoting(text: str, problems: Iterable[Problem], which: str = "") -> tuple[Problem, ...]:
    """Problems of a text that could be read, and so is a statement and may be shown."""
    return tuple(replace(problem, statement=" ".join(text.split()) + which) for problem in problems)


def _unreadable(error: BoundaryError, form: str) -> Problem:
    return Problem(
        str(error),
        lets_through="whatever Oracle reads in a statement that can't be judged here",
        instead=f"a statement in the form `{form}`",
        unread=True,
    )
