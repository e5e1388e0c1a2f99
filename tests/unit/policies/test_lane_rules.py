"""Lanes: one rule, one resource, while open; and what is wrong with a lane is a violation itself."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from boundary import Boundary, Lane
from policies.core import UNKNOWN, Judge, Plain, Problem, Resource, Secret
from policies.core.lanes import Lanes
from policies.pack import Pack, build_pack
from tests.policies.builder import NOW, boundary_data, lane, resource, stack_resource, urn

LPG = "oci:Core/localPeeringGateway:LocalPeeringGateway"
POLICY = "oci:Core/volumeBackupPolicy:VolumeBackupPolicy"

PackWith = Callable[..., Pack]


def gateway(name: str = "rehearsal-to-global") -> Resource:
    """A local peering gateway, which is denied."""
    return resource(LPG, {"displayName": name}, name)


def test_an_open_lane_excepts_its_rule_on_its_resource_and_is_used(pack_with: PackWith) -> None:
    pack = pack_with(lane("peering", f"{LPG}::rehearsal-to-global"))
    verdict = pack.judge.judge(gateway())
    assert verdict.findings == ()
    assert verdict.lanes == {"wanted"}


@pytest.mark.parametrize(
    ("rule", "target"),
    [
        ("replication", f"{LPG}::rehearsal-to-global"),
        ("peering", f"{LPG}::other"),
        ("peering", "oci:Core/drg:Drg::rehearsal-to-global"),
        ("peering", f"{LPG}::rehearsal-to-global2"),
        ("peering", f"{LPG}::*"),
    ],
)
def test_a_lane_excepts_nothing_else(pack_with: PackWith, rule: str, target: str) -> None:
    verdict = pack_with(lane(rule, target)).judge.judge(gateway())
    assert [finding.rule for finding in verdict.findings] == ["peering"]
    assert verdict.lanes == frozenset()


def test_a_lane_leaves_other_findings_on_its_resource(pack_with: PackWith) -> None:
    pack = pack_with(lane("peering", f"{LPG}::rehearsal-to-global"))
    verdict = pack.judge.judge(resource(LPG, {"displayName": "via eu-madrid-1"}, "rehearsal-to-global"))
    assert [finding.rule for finding in verdict.findings] == ["foreign-region"]


@pytest.mark.parametrize("now", [NOW - timedelta(seconds=1), NOW + timedelta(days=30)])
def test_a_lane_that_is_not_open_excepts_nothing_and_says_when_it_is(pack_with: PackWith, now: datetime) -> None:
    pack = pack_with(lane("peering", f"{LPG}::rehearsal-to-global"), now=now)
    (finding,) = pack.judge.judge(gateway()).findings
    assert finding.hint == (
        "lane wanted would except this, but it is open from 2026-06-01 until 2026-07-01 only; have it approved anew if "
        "the crossing is still wanted"
    )


def test_what_could_not_be_read_is_never_excepted(pack_with: PackWith) -> None:
    pack = pack_with(lane("peering", "oci:Core/vcn:Vcn::it"))
    found = pack.judge.judge(resource("oci:Core/vcn:Vcn", {"x": object()})).findings  # type: ignore[dict-item]
    assert "peering" in {finding.rule for finding in found}


def test_a_check_that_could_not_run_is_excepted_by_no_lane(pack_with: PackWith) -> None:
    def broken(*_: object) -> list[Problem]:
        raise ValueError

    pack = pack_with()
    rules = replace(pack.rules, checks={**pack.rules.checks, "allowed-region": broken})
    wanted = Lane.model_validate(lane("backup-copy", f"{POLICY}::nightly"))
    judge = Judge(rules, pack.catalogue.look_up, Lanes([wanted]), lambda: NOW)
    verdict = judge.judge(resource(POLICY, {"destinationRegion": "eu-madrid-1"}, "nightly"))
    assert [(finding.rule, finding.could_not_run) for finding in verdict.findings] == [("backup-copy", True)]
    assert verdict.lanes == frozenset()


FAULTS = {
    "no such rule": (lane("peerings", f"{LPG}::rehearsal-a"), "names the rule peerings, which doesn't exist"),
    "no rule to except": (
        lane("unclassified", f"{LPG}::rehearsal-a"),
        "names the rule unclassified, from which nothing may be excepted",
    ),
    "any name": (lane("peering", f"{LPG}::rehearsal-*"), f"names {LPG}::rehearsal-*, which isn't one resource"),
    "any environment": (
        lane("peering", f"{LPG}::global"),
        f"names {LPG}::global, which every environment could have; begin its name with the environment's",
    ),
    "people's data and more": (
        lane("peering", f"{LPG}::rehearsal-a") | {"data_classes": ["us-user", "content"]},
        "is for content, us-user at once; give what belongs to users a lane of its own",
    ),
    "others' data and more": (
        lane("peering", f"{LPG}::rehearsal-a") | {"data_classes": ["non-us-user", "content"]},
        "is for content, non-us-user at once; give what belongs to users a lane of its own",
    ),
    "two kinds of people's data": (
        lane("peering", f"{LPG}::rehearsal-a") | {"data_classes": ["us-user", "non-us-user"]},
        "is for non-us-user, us-user at once; give what belongs to users a lane of its own",
    ),
}


@pytest.mark.parametrize(("faulty", "says"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_lane_is_a_violation_on_the_stack_before_anything_is_created(
    pack_with: PackWith, faulty: dict[str, str], says: str
) -> None:
    good = lane("peering", f"{LPG}::rehearsal-to-global", name="good")
    (finding,) = pack_with(faulty, good).judge.judge(stack_resource()).findings
    assert (finding.rule, finding.says) == ("lane", f"lane wanted in stacks/boundary.yaml {says}")


def test_a_lane_that_has_ended_is_no_fault_of_the_file_and_what_is_left_of_it_is_found(pack_with: PackWith) -> None:
    wanted = lane("peering", f"{LPG}::rehearsal-to-global", days=30)
    end = NOW + timedelta(days=30)
    for now, findings in {end - timedelta(seconds=1): [], end: ["peering"]}.items():
        pack = pack_with(wanted, now=now)
        assert pack.judge.judge(stack_resource()).findings == ()
        assert [each.rule for each in pack.judge.judge(gateway()).findings] == findings


def test_a_lane_excepts_nothing_in_the_stack_of_another_environment(pack_with: PackWith) -> None:
    judge = pack_with(lane("peering", f"{LPG}::prod-out")).judge
    for stack, lanes in {"prod": {"wanted"}, "rehearsal": set(), "dev": set()}.items():
        there = replace(gateway("prod-out"), urn=urn(LPG, "prod-out", stack))
        assert judge.judge(there).lanes == lanes, stack


def test_what_a_tenancy_holds_is_of_no_stack_and_a_lane_goes_by_its_name(pack_with: PackWith) -> None:
    judge = pack_with(lane("peering", f"{LPG}::prod-out")).judge
    assert judge.judge(replace(gateway("prod-out"), urn="ocid1.localpeeringgateway.oc1.iad.a")).lanes == {"wanted"}


def test_a_lane_may_name_its_resource_by_urn_and_excepts_no_other_of_that_name(pack_with: PackWith) -> None:
    below = f"stateside:transfer:WayOut${LPG}"
    named = urn(below, "out", "prod")
    pack = pack_with(lane("peering", named))
    assert pack.judge.judge(stack_resource("prod")).findings == ()
    for where, lanes in {named: {"wanted"}, urn(LPG, "out", "prod"): set(), urn(below, "out"): set()}.items():
        assert pack.judge.judge(replace(gateway("out"), urn=where)).lanes == lanes, where


def test_a_lane_whose_name_two_environments_could_have_is_to_name_a_urn() -> None:
    data = boundary_data(lane("peering", f"{LPG}::prod-west-out"))
    data["addresses"]["environments"]["prod-west"] = 2
    pack = build_pack(Boundary.model_validate(data), lambda: NOW)
    for stack in ("prod", "prod-west"):
        (finding,) = pack.judge.judge(stack_resource(stack)).findings
        assert finding.says.endswith("which prod and prod-west could have; name it by its URN")


def test_a_lane_is_of_the_environment_that_the_name_begins_with_whatever_follows(pack_with: PackWith) -> None:
    pack = pack_with(lane("peering", f"{LPG}::rehearsal-a::b"))
    assert pack.judge.judge(stack_resource()).findings == ()


def test_a_lane_for_one_class_of_peoples_data_is_fine(pack_with: PackWith) -> None:
    wanted = lane("peering", f"{LPG}::rehearsal-exit") | {"data_classes": ["us-user"]}
    assert pack_with(wanted).judge.judge(stack_resource()).findings == ()


IDENTITY = "oci:Identity/policy:Policy"
# Two things are said about it: no region limits it, and it makes a crossing.
JOINS = "allow group A to manage drgs in tenancy"
USES = "allow group A to use subnets in tenancy"


def test_a_lane_excepts_one_statement_and_not_two(pack_with: PackWith) -> None:
    judge = pack_with(lane("statement", f"{IDENTITY}::rehearsal-wide")).judge
    one = judge.judge(resource(IDENTITY, {"statements": [JOINS]}, "rehearsal-wide"))
    assert one.findings == ()
    assert one.lanes == {"wanted"}
    two = judge.judge(resource(IDENTITY, {"statements": [JOINS, USES]}, "rehearsal-wide"))
    assert two.lanes == frozenset()
    assert [(finding.path, finding.hint) for finding in two.findings] == [
        (
            place,
            "lane wanted is for one crossing, and here are several; give each a resource and a lane of its own",
        )
        for place in ("statements[0]", "statements[0]", "statements[1]")
    ]


def test_what_another_rule_says_of_another_statement_leaves_a_lane_for_one_as_it_is(pack_with: PackWith) -> None:
    judge = pack_with(lane("statement", f"{IDENTITY}::rehearsal-wide")).judge
    harmless = "allow group A to inspect instances in compartment eu-madrid-1 where request.region = 'iad'"
    verdict = judge.judge(resource(IDENTITY, {"statements": [JOINS, harmless]}, "rehearsal-wide"))
    assert [(finding.rule, finding.path) for finding in verdict.findings] == [("foreign-region", "statements[1]")]
    assert verdict.lanes == {"wanted"}


VCN = "oci:Core/vcn:Vcn"
SEVERAL: dict[str, tuple[str, str, str, Mapping[str, Plain]]] = {
    "two arguments of one rule": (
        "foreign-region",
        VCN,
        "displayName dnsLabel",
        {"displayName": "via eu-madrid-1", "dnsLabel": "eu-madrid-1"},
    ),
    "two places in one text": ("foreign-region", VCN, "displayName", {"displayName": "eu-madrid-1, eu-paris-1"}),
    "two hosts in one text": (
        "connector",
        "oci:DataFlow/runStatement:RunStatement",
        "code",
        {"code": "https://a.example/x,https://b.example/y"},
    ),
    "two recipients in one text": (
        "connector",
        "oci:Budget/rule:Rule",
        "recipients",
        {"recipients": "x@a.example, y@a.example"},
    ),
    "two statements in one text": (
        "statement",
        IDENTITY,
        "statements[0]",
        {"statements": ["endorse group A to read objects in any-tenancy\nallow any-user to manage drgs in tenancy"]},
    ),
}


@pytest.mark.parametrize(("rule", "token", "places", "arguments"), SEVERAL.values(), ids=SEVERAL)
def test_several_crossings_of_one_resource_are_too_many_for_a_lane(
    pack_with: PackWith, rule: str, token: str, places: str, arguments: Mapping[str, Plain]
) -> None:
    verdict = pack_with(lane(rule, f"{token}::rehearsal-it")).judge.judge(resource(token, arguments, "rehearsal-it"))
    assert verdict.lanes == frozenset()
    found = [each for each in verdict.findings if each.rule == rule]
    assert {each.path for each in found} == set(places.split())
    assert len(found) > 1
    assert all(each.hint.startswith("lane wanted is for one crossing, and here are several") for each in found)


UNREAD: dict[str, tuple[str, str, Mapping[str, Plain]]] = {
    "a statement that is none": ("statement", IDENTITY, {"statements": ["allow any-user to do whatever they want"]}),
    "an unknown statement": ("statement", IDENTITY, {"statements": [UNKNOWN]}),
    "a statement that is secret": ("statement", IDENTITY, {"statements": [Secret(JOINS)]}),
    "an unknown region": ("backup-copy", POLICY, {"destinationRegion": UNKNOWN}),
    "a secret": ("foreign-region", VCN, {"displayName": Secret("eu-madrid-1")}),
    "no host": ("connector", "oci:DataFlow/runStatement:RunStatement", {"code": "https://not_one/"}),
}


@pytest.mark.parametrize(("rule", "token", "arguments"), UNREAD.values(), ids=UNREAD)
def test_what_can_not_be_read_is_excepted_by_no_lane(
    pack_with: PackWith, rule: str, token: str, arguments: Mapping[str, Plain]
) -> None:
    verdict = pack_with(lane(rule, f"{token}::rehearsal-it")).judge.judge(resource(token, arguments, "rehearsal-it"))
    assert verdict.lanes == frozenset()
    found = [each for each in verdict.findings if each.rule == rule]
    assert found
    assert {(each.excusable, each.lane) for each in found} == {(False, "")}


def test_two_lanes_for_one_crossing_are_one_too_many(pack_with: PackWith) -> None:
    target = f"{LPG}::rehearsal-to-global"
    pack = pack_with(lane("peering", target), lane("foreign-region", target, "other"), lane("peering", target, "again"))
    (finding,) = pack.judge.judge(stack_resource()).findings
    assert finding.says == "lane again in stacks/boundary.yaml excepts what lane wanted excepts; keep one of them"


def test_a_lane_for_several_classes_without_peoples_data_is_fine(pack_with: PackWith) -> None:
    wanted = lane("peering", f"{LPG}::rehearsal-a") | {"data_classes": ["content", "public"]}
    assert pack_with(wanted).judge.judge(stack_resource()).findings == ()


def test_a_faulty_lane_holds_up_no_environment_but_its_own(pack_with: PackWith) -> None:
    pack = pack_with(lane("peerings", f"{LPG}::prod-a"))
    assert pack.judge.judge(stack_resource("rehearsal")).findings == ()
    assert [finding.rule for finding in pack.judge.judge(stack_resource("prod")).findings] == ["lane"]


def test_an_open_lane_that_nothing_used_is_a_violation_of_the_stack(pack_with: PackWith) -> None:
    pack = pack_with(
        lane("peering", f"{LPG}::rehearsal-to-global"),
        lane("backup-copy", f"{POLICY}::rehearsal-nightly", name="nightly"),
    )
    stack = stack_resource()
    (finding,) = pack.judge.judge_stack([gateway(), stack], frozenset({"wanted"}))
    assert (finding.rule, finding.urn) == ("unused-lane", stack.urn)
    assert finding.says == f"lane nightly is open for {POLICY}::rehearsal-nightly, and nothing in this stack needs it"
    assert "If this crossing is wanted" not in finding.message, "no lane can except that a lane is unused"
    assert pack.judge.judge_stack([stack], frozenset({"wanted", "nightly"})) == ()
    assert pack.judge.judge_stack([gateway()], frozenset()) == (), "a lane is no concern of what isn't a whole stack"


def test_a_lane_of_a_resource_that_is_declared_and_crosses_nothing_is_unused(pack_with: PackWith) -> None:
    pack = pack_with(lane("peering", f"{LPG}::rehearsal-to-global"))
    found = pack.judge.judge_stack([gateway(), stack_resource()], frozenset())
    assert [finding.rule for finding in found] == ["unused-lane"]


def test_a_lane_that_is_closed_is_not_called_unused(pack_with: PackWith) -> None:
    pack = pack_with(lane("peering", f"{LPG}::rehearsal-a"), now=NOW + timedelta(days=30))
    assert pack.judge.judge_stack([stack_resource()], frozenset()) == ()


def test_a_lane_of_another_environment_is_not_this_stacks_to_use(pack_with: PackWith) -> None:
    pack = pack_with(lane("peering", f"{LPG}::prod-to-global"))
    assert pack.judge.judge_stack([stack_resource("rehearsal")], frozenset()) == ()
    assert len(pack.judge.judge_stack([stack_resource("prod")], frozenset())) == 1


SECURITY_RULE = "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule"
OUT: dict[str, Plain] = {"direction": "EGRESS", "destination": "17.0.0.0/8"}


@pytest.mark.parametrize(
    ("rule", "arguments", "name", "unused"),
    [
        ("connector", OUT, "rehearsal-push", False),
        ("exposure", OUT, "rehearsal-push", True),
        ("connector", OUT | {"direction": "INGRESS"}, "rehearsal-push", True),
        ("connector", OUT | {"destination": "10.128.0.0/16"}, "rehearsal-push", True),
        ("connector", OUT, "rehearsal-other", True),
    ],
)
def test_a_lane_of_a_call_to_the_internet_is_used_by_the_rule_that_lets_it_out(
    pack_with: PackWith, rule: str, arguments: dict[str, Plain], name: str, unused: bool
) -> None:
    pack = pack_with(lane(rule, f"{SECURITY_RULE}::rehearsal-push"))
    others = [resource(SECURITY_RULE, {"direction": "INGRESS"}, "rehearsal-in"), gateway()]
    stack = [stack_resource(), resource(SECURITY_RULE, arguments, name), *others]
    found = pack.rules.stack["unused-lane"](stack, frozenset())
    assert [each.rule for each in found] == (["unused-lane"] if unused else [])
