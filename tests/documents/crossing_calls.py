"""Who may make which call that crosses, by hand, in us-prod: from its own statements, with the boundary's reasons."""

from collections.abc import Iterator
from pathlib import Path

from boundary import load_boundary
from iam import Statement, StatementKind, parse_statements
from policies.rules.statements.crossings import crossings_of
from policies.rules.statements.who import granted_to, may_cross, subjects
from tests.unit.infra.recording import recorded

FILE = Path("docs") / "crossing-calls.md"

_STACK = "us-prod"
_TITLE = f"""# Crossing calls

<!-- Written by `make docs`. -->

Who may make which call that crosses, by hand, in {_STACK}: every one of its statements held against
[the list of such calls](../policies/rules/statements/crossings.yaml). Everybody but the administrators of the boundary
is named under `granted` in [boundary.yaml](../stacks/boundary.yaml), from where the reasons are; anything else is a
violation ([statements](statements.md)).

| who | where | calls | why |
|---|---|---|---|
"""
_BY_DESIGN = "They are the one role that may cross"
_SERVED = "Oracle's services do it only for somebody who has the same right"


def text() -> str:
    """The page."""
    rows: dict[tuple[str, str, str], set[str]] = {}
    for statement in _statements():
        for who, where, why, call in _crossings(statement):
            rows.setdefault((who, where, why), set()).add(call)
    lines = (
        f"| {who} | {where} | {', '.join(f'`{call}`' for call in sorted(calls))} | {why} |"
        for (who, where, why), calls in sorted(rows.items())
    )
    return _TITLE + "\n".join(lines) + "\n"


def _statements() -> Iterator[Statement]:
    for policy in recorded(_STACK).of("Policy"):
        for written in policy.inputs["statements"]:
            yield from (each for each in parse_statements(written) if each.kind is StatementKind.ALLOW)


def _crossings(statement: Statement) -> Iterator[tuple[str, str, str, str]]:
    boundary = load_boundary()
    closed = tuple(f"{each}-{boundary.roles.crossings}" for each in boundary.addresses.environments)
    where = ":".join(statement.place.values) or "the tenancy"
    for crossing in crossings_of(statement, closed):
        for who in subjects(boundary, statement):
            reasons = [each.why for each in granted_to(boundary, statement, who) if crossing.call in each.calls]
            why = _BY_DESIGN if may_cross(boundary, statement) else " ".join(reasons) or _SERVED
            yield who.label, where, why, crossing.call
