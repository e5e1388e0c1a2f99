"""Findings by their cause: what belongs together, what doesn't, and that nothing is lost."""

import itertools
from collections.abc import Sequence

import pytest

from policies.core import Finding
from policies.core.findings import Step
from policies.results.causes import Cause, causes

INSTANCE, POLICY, LPG = "oci:Core/instance:Instance", "oci:Identity/policy:Policy", "oci:Core/x:X"


def found(rule: str, path: str = "", name: str = "a", type: str = INSTANCE, **more: str) -> Finding:
    """A finding of a rule at a path of a resource."""
    return Finding(rule, f"urn:{name}", f"{type}::{name}", path, more.pop("says", "is wrong"), "", "", **more)  # type: ignore[arg-type]


def flow(name: str, *through: tuple[str, str]) -> Finding:
    """A path of the flow proof that ends at a resource."""
    steps = tuple(Step("words", f"urn:{urn}", path) for urn, path in through)
    return Finding("flow", f"urn:{name}", f"{LPG}::{name}", "", "data can leave", "", "", through=steps)


CASES: dict[str, tuple[list[Finding], list[Cause]]] = {
    "one finding": ([found("peering")], [Cause(0)]),
    "a type that is denied, and what it mentions": (
        [found("foreign-region", "peerRegionName"), found("peering"), found("foreign-ocid", "peerId")],
        [Cause(1, (0, 2))],
    ),
    "two arguments of one resource, each wrong by itself": (
        [found("public-address", "createVnicDetails.assignPublicIp"), found("outside-code", "sourceDetails.sourceId")],
        [Cause(0), Cause(1)],
    ),
    "two lanes of one stack": (
        [found("lane", type="pulumi:pulumi:Stack", says=f"{name} expired") for name in ("one", "two")],
        [Cause(0), Cause(1)],
    ),
    "one rule in two arguments": (
        [found("peering", "peerId"), found("peering", "peerRegionName")],
        [Cause(0, (1,))],
    ),
    "two parts of one argument": (
        [found("public-address", "details.a"), found("outside-code", "details.b.c")],
        [Cause(0, (1,))],
    ),
    "a mention beside what is wrong": (
        [found("foreign-region", "displayName"), found("public-address", "createVnicDetails.assignPublicIp")],
        [Cause(1, (0,))],
    ),
    "a mention beside two that are wrong": (
        [found("public-address", "a"), found("foreign-region", "b"), found("outside-code", "c")],
        [Cause(0), Cause(1), Cause(2)],
    ),
    "two mentions of different things": (
        [found("foreign-region", "a"), found("outside-address", "b")],
        [Cause(0), Cause(1)],
    ),
    "two statements": (
        [found("statement", "statements[0]", type=POLICY), found("statement", "statements[1]", type=POLICY)],
        [Cause(0), Cause(1)],
    ),
    "two faults of one statement": (
        [found("foreign-ocid", "statements[3]", type=POLICY), found("statement", "statements[3]", type=POLICY)],
        [Cause(1, (0,))],
    ),
    "a tenancy and the statements that name it": (
        [
            found("statement", "statements[0]", type=POLICY, statement="define tenancy Them as ocid1.tenancy.oc1..a"),
            found(
                "statement", "statements[1]", type=POLICY, statement="endorse group x to read buckets in tenancy them"
            ),
            found(
                "statement",
                "statements[2]",
                type=POLICY,
                statement="endorse group x to read buckets in tenancy themselves",
            ),
        ],
        [Cause(0, (1,)), Cause(2)],
    ),
    "two resources": ([found("peering", name="a"), found("peering", name="b")], [Cause(0), Cause(1)]),
    "a provider behind three resources, one of which is wrong itself": (
        [
            found("foreign-region", "region", "eu", "pulumi:providers:oci", says="`x` is outside"),
            found("provider", name="a", says="has a provider whose region `x` is outside"),
            found("provider", name="b", says="has a provider whose region `x` is outside"),
            found("peering", name="b"),
            found("provider", name="c", says="has a provider whose region `y` is outside"),
        ],
        [Cause(1, (0, 2)), Cause(3), Cause(4)],
    ),
    "a path over what is wrong, and the route and the rule that lead there": (
        [
            found("outside-address", "destination", "rule"),
            found("outside-address", "routeRules[1].destination", "table"),
            found("outside-address", "routeRules[2].destination", "table"),
            found("peering", name="gateway"),
            flow("gateway", ("rule", ""), ("table", "routeRules[1]"), ("gateway", "")),
        ],
        [Cause(3, (0, 1, 4)), Cause(2)],
    ),
    "a path over one argument of two that are wrong": (
        [
            found("exposure", "accessType", "bucket"),
            found("outside-key", "kmsKeyId", "bucket"),
            flow("bucket", ("bucket", "accessType")),
        ],
        [Cause(0, (2,)), Cause(1)],
    ),
    "two paths that nothing else explains": ([flow("a", ("a", "")), flow("b", ("b", ""))], [Cause(0), Cause(1)]),
    "what holds the data is no part of the way out": (
        [found("outside-key", "kmsKeyId", "bucket"), flow("gateway", ("gateway", ""))],
        [Cause(0), Cause(1)],
    ),
    "what is in no resource": (
        [
            Finding("program-import", "infra/a.py:3", "program::infra/a.py", "", "imports", "", ""),
            Finding("program-import", "infra/a.py:9", "program::infra/a.py", "", "imports", "", ""),
        ],
        [Cause(0), Cause(1)],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_belongs_together_is_one_cause(name: str) -> None:
    findings, expected = CASES[name]
    assert list(causes(findings)) == expected


def grouped(findings: Sequence[Finding]) -> set[frozenset[Finding]]:
    """Which findings are together."""
    return {frozenset(findings[number] for number in (each.main, *each.also)) for each in causes(findings)}


@pytest.mark.parametrize("name", CASES)
def test_every_finding_is_in_one_cause_in_whatever_order_they_come(name: str) -> None:
    findings, _ = CASES[name]
    expected = grouped(findings)
    for order in itertools.islice(itertools.permutations(findings), 24):
        numbers = [number for each in causes(order) for number in (each.main, *each.also)]
        assert sorted(numbers) == list(range(len(findings)))
        assert grouped(order) == expected


def test_no_finding_has_no_cause() -> None:
    assert causes([]) == ()
