"""What the engine is told: a cause once in full, and every rule that found something by its own name."""

from collections.abc import Callable
from typing import Any

import pytest

from policies.core import Finding, Plain, Resource
from policies.core.findings import Step
from policies.pack import Pack
from policies.results.diagnostics import Diagnostic, diagnostics
from tests.policies.builder import THEIRS, resource

RPC = "oci:Core/remotePeeringConnection:RemotePeeringConnection"
POLICY = "oci:Identity/policy:Policy"
PEERING = resource(
    RPC, {"drgId": "x", "peerRegionName": "eu-madrid-1", "displayName": "to eu-madrid-1"}, "rehearsal-away"
)


@pytest.fixture
def found(pack: Pack) -> Callable[[Resource], list[Finding]]:
    """What the judge finds."""
    return lambda judged: [*pack.judge.judge(judged).findings]


def test_a_cause_is_told_once_and_each_further_rule_in_one_line(found: Any) -> None:
    told = diagnostics(found(PEERING))
    assert [(each.rule, len(each.message.splitlines())) for each in told] == [("peering", 4), ("foreign-region", 1)]
    assert told[0].message.startswith(
        f"rehearsal-away ({RPC}), peerRegionName: `eu-madrid-1` is a region outside the boundary.\n"
    )
    assert told[1].message == (
        "displayName: `eu-madrid-1` is a region outside the boundary. Would let through: data, packets or "
        "authority to a region that the boundary doesn't allow. Write instead: one of us-ashburn-1, "
        "us-phoenix-1, or nothing. Hint: this is a text that carries words, so it may be only a mention; if "
        "so, reword it. If this crossing is wanted: a lane in stacks/boundary.yaml with rule foreign-region "
        f"and resource {RPC}::rehearsal-away, too. It has one cause with what rule peering found of "
        "rehearsal-away; mend that."
    )


def test_what_one_rule_found_of_one_cause_is_one_diagnostic(found: Any) -> None:
    statements: list[Plain] = [f"define tenancy them as {THEIRS}", "endorse group x to read buckets in tenancy them"]
    (only,) = diagnostics(found(resource(POLICY, {"statements": statements}, "rehearsal-p")))
    assert only.rule == "statement"
    assert only.message.splitlines()[1] == f"Statement: define tenancy them as {THEIRS}"
    assert only.message.splitlines()[-1] == (
        "Also statement: statements[1]: endorses a group of ours in another tenancy. Statement: endorse group"
        " x to read buckets in tenancy them. Would let through: our people and services to what belongs to "
        "another tenancy, with data under their arm."
    )


def test_a_path_out_of_what_was_told_already_is_one_line(found: Any) -> None:
    before = found(PEERING)
    steps = (Step("bucket lake", "urn:lake"), Step("remote peering rehearsal-away", PEERING.urn))
    path = Finding(
        "flow", PEERING.urn, f"{RPC}::rehearsal-away", "", "data can leave: a → b", "", "", through=steps[1:]
    )
    assert diagnostics([*before, path], len(before)) == [
        Diagnostic(
            "flow",
            PEERING.urn,
            f"rehearsal-away ({RPC}): data can leave: a → b. It has one cause with what rule peering found of "
            "rehearsal-away; mend that.",
        )
    ]


def test_what_has_been_told_is_not_told_again(found: Any) -> None:
    before = found(PEERING)
    assert diagnostics(before, len(before)) == []
    assert diagnostics([]) == []


def test_every_rule_that_found_something_of_a_resource_is_told(found: Any) -> None:
    mixed = resource(RPC, {"drgId": "x", "peerRegionName": "eu-madrid-1", "displayName": "10.0.0.1 theirspace"}, "odd")
    assert {each.rule for each in diagnostics(found(mixed))} == {each.rule for each in found(mixed)}


def test_a_rule_that_could_not_run_is_told_by_itself(pack: Pack) -> None:
    broken = pack.judge.could_not_read("urn:x", RPC, "x", ValueError()).findings
    told = diagnostics(broken)
    assert [each.message for each in told] == [each.message for each in broken]
