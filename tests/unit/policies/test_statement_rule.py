"""Statements in resources: whichever argument they stand in, unknown, secret, and beside what the sweeps find.

What statements themselves may say is in `statements.yaml`.
"""

from collections.abc import Callable

import pytest

from policies.core import UNKNOWN, Plain, Resource, Secret
from policies.pack import Pack
from tests.policies.builder import THEIRS, resource

POLICY = "oci:Identity/policy:Policy"


def judged(pack: Pack, statement: Plain) -> list[str]:
    """What is said about a policy of one statement."""
    verdict = pack.judge.judge(resource(POLICY, {"name": "p", "statements": [statement]}))
    assert {(finding.rule, finding.path) for finding in verdict.findings} <= {("statement", "statements[0]")}
    return [finding.says for finding in verdict.findings]


def test_an_unknown_statement_is_a_violation_with_a_hint(pack: Pack) -> None:
    verdict = pack.judge.judge(resource(POLICY, {"statements": UNKNOWN}))
    (finding,) = verdict.findings
    assert (finding.rule, finding.path) == ("statement", "statements")
    assert finding.says == "decides whether this crosses the boundary, and isn't known before `up`"
    assert finding.hint.startswith("write the value itself, or take it from stacks/boundary.yaml")


def test_a_secret_statement_is_judged_and_not_shown(pack: Pack) -> None:
    (says,) = judged(pack, Secret(f"define tenancy Global as {THEIRS}"))
    assert says == "defines a secret value, a tenancy that isn't ours"


@pytest.mark.parametrize("value", [5.0, True, {"a": "b"}])
def test_a_statement_that_is_no_text_is_a_violation(pack: Pack, value: Plain) -> None:
    found = pack.judge.judge(resource(POLICY, {"name": "p", "statements": value})).findings
    assert [finding.says for finding in found if finding.rule == "statement"] == ["is not a text of statements"]


def test_each_statement_is_judged_at_its_place(findings: Callable[[Resource], set[tuple[str, str]]]) -> None:
    statements: list[Plain] = [
        "deny group A to use drgs in tenancy",
        "allow group A to read vcns in tenancy",
        "allow group A to read vcns in compartment eu-frankfurt-1 where request.region = 'iad'",
    ]
    assert findings(resource(POLICY, {"name": "p", "statements": statements})) == {
        ("statement", "statements[1]"),
        # What a statement may say is one thing, what it names another.
        ("foreign-region", "statements[2]"),
    }
