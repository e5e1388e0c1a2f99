"""Every hint about a lane can be followed to the letter: the crossing passes then, and nothing more is found of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from policies.core import Finding, Plain, Resource
from policies.pack import Pack
from policies.rules.lanes import lane_namer
from tests.policies.builder import boundary, lane, resource, stack_resource, urn
from tests.policies.cases import CASES, DENIED, Case

POLICY = "oci:Identity/policy:Policy"
VCN = "oci:Core/vcn:Vcn"
LANE = re.compile(
    r"a lane in stacks/boundary\.yaml with rule (?P<rule>\S+) and resource (?P<resource>.+)\.$", re.MULTILINE
)
CALLED = re.compile(r"first call the resource (?P<name>.+) in the program, because a lane is for one environment; then")

PackWith = Callable[..., Pack]


def followed(found: Finding, judged: Resource) -> tuple[Resource, dict[str, object]] | None:
    """The resource and the lane as a message asks for them; None where it asks for no lane."""
    asked = LANE.search(found.message)
    if asked is None:
        return None
    anew = CALLED.search(found.message)
    name = anew["name"] if anew else judged.name
    assert asked["resource"] == f"{judged.type}::{name}"
    return replace(judged, name=name, urn=urn(judged.type, name)), lane(asked["rule"], asked["resource"])


def called(found: Finding) -> bool:
    """Whether the resource must have another name first."""
    return found.lane != found.resource


def every_violation() -> Iterator[Resource]:
    """A resource for each way to violate each rule that the catalogue knows."""
    for case in CASES:
        yield from _of(case)
    for token in DENIED:
        yield resource(token, {}, "denied")
        yield resource(token, {}, "rehearsal-denied")
    yield resource(VCN, {"cidrBlock": "10.0.0.0/16", "displayName": "via eu-madrid-1"}, "odd [1] {a}*\t")
    yield resource(VCN, {"cidrBlock": "10.0.0.0/16", "displayName": "via eu-madrid-1"}, "  spaces around ")
    yield resource(VCN, {"displayName": "at api.outside.example of theirspace"}, "prod-other")


def _of(case: Case) -> Iterator[Resource]:
    for number, value in enumerate(case.violating):
        yield replace(case.resource(value), name=f"violates-{number}", urn=urn(case.token, f"violates-{number}"))


def rules_of(pack: Pack, judged: Resource) -> set[str]:
    """What is found of a resource and of the stack that it is in."""
    stack = stack_resource()
    of_stack, own = pack.judge.judge(stack), pack.judge.judge(judged)
    unused = pack.rules.stack["unused-lane"]([stack, judged], own.lanes)
    return {each.rule for each in (*of_stack.findings, *own.findings, *unused)}


def test_every_hint_about_a_lane_can_be_followed_to_the_letter(pack: Pack, pack_with: PackWith) -> None:
    seen = set()
    for judged in every_violation():
        before = pack.judge.judge(judged).findings
        for found in before:
            asked = followed(found, judged)
            assert (asked is not None) == (found.excusable and found.lane != ""), found.message
            # Once a rule, with the name that the resource has and with another.
            if asked is None or (found.rule, called(found)) in seen:
                continue
            seen.add((found.rule, called(found)))
            again, wanted = asked
            after = rules_of(pack_with(wanted), again)
            assert after == {each.rule for each in before} - {found.rule}, (found.message, after)
    assert len({rule for rule, _ in seen}) >= 15


def test_a_rule_that_allows_no_lane_asks_for_none(pack: Pack) -> None:
    (found,) = pack.judge.judge(resource("oci:New/thing:Thing", {})).findings
    assert (found.rule, found.lane, "lane" in found.message) == ("unclassified", "", False)


def test_several_crossings_in_one_resource_ask_for_a_resource_each_and_for_no_lane(pack: Pack) -> None:
    statements: list[Plain] = [
        "endorse group x to read buckets in tenancy a",
        "endorse group y to read buckets in tenancy a",
    ]
    found = [each for each in pack.judge.judge(resource(POLICY, {"statements": statements})).findings if each.excusable]
    assert {each.path for each in found} == {"statements[0]", "statements[1]"}
    for each in found:
        assert "whichever is wanted needs a resource of its own before it can have a lane" in each.message
        assert LANE.search(each.message) is None


def test_in_a_stack_of_no_environment_no_lane_is_asked_for(pack: Pack) -> None:
    elsewhere = replace(resource(VCN, {"displayName": "eu-madrid-1"}), urn=f"urn:pulumi:dev::stateside::{VCN}::it")
    (found,) = pack.judge.judge(elsewhere).findings
    assert (found.lane, "lane" in found.message) == ("", False)


NAMES = {
    ("prod-a", "prod"): "prod-a",
    ("a", "prod"): "prod-a",
    ("a-prod-", "prod"): "prod-a-prod-",
    ("rehearsal-a", "prod"): "prod-rehearsal-a",
    ("a\tb\x07c", "prod"): "prod-abc",
    ("  a b ", "prod"): "prod-a b",
}


@pytest.mark.parametrize(("name", "stack"), NAMES)
def test_a_lane_names_a_resource_by_a_name_of_its_environment(name: str, stack: str) -> None:
    judged = Resource(f"urn:pulumi:{stack}::stateside::{VCN}::{name}", VCN, name, {})
    assert lane_namer(boundary())(judged) == f"{VCN}::{NAMES[name, stack]}"
