"""What mutation testing showed that no other fast test held: the edges of conditions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from boundary import Lane
from policies.core import UNKNOWN, Judge, Plain, Problem, Resource, Secret
from policies.core.lanes import Lanes
from policies.core.plain import Provider
from policies.pack import Pack
from tests.mutation.verdicts import current, recorded
from tests.policies.builder import THEIRS, lane, resource, stack_resource
from tests.policies.cases import CASES

Findings = Callable[[Resource], set[tuple[str, str]]]

OBJECT = "oci:ObjectStorage/storageObject:StorageObject"


def test_no_verdict_has_changed_without_being_looked_at_twice() -> None:
    assert current() == recorded(), "read the difference, then: python -m tests.mutation.verdicts"


def test_below_a_secret_nothing_of_the_path_is_shown(findings: Findings) -> None:
    source: dict[str, Plain] = {"region": "eu-madrid-1", "namespace": "ourspace"}
    assert findings(resource(OBJECT, {"namespace": "ourspace", "sourceUriDetails": Secret(source)})) == {
        ("replication", "sourceUriDetails")
    }


LPG = "oci:Core/localPeeringGateway:LocalPeeringGateway"
VCN = "oci:Core/vcn:Vcn"


def says(pack: Pack, one: Resource) -> list[tuple[str, str, str]]:
    """Which rules a resource violates, where, and what is said."""
    return [(each.rule, each.path, each.says) for each in pack.judge.judge(one).findings]


def test_a_value_that_its_check_lets_pass_is_swept_all_the_same(findings: Findings) -> None:
    case = next(case for case in CASES if case.constraint.check == "own-bucket")
    passing = case.resource("oci://code@ourspace/eu-madrid-1.zip")
    assert findings(passing) == {("foreign-region", case.path)}


def test_what_the_cloud_says_besides_is_swept_beside_what_is_declared(findings: Findings) -> None:
    one = replace(resource(VCN, {"displayName": "x"}), observed={"peer": "eu-madrid-1", "other": None, "more": UNKNOWN})
    assert findings(one) == {("foreign-region", "peer")}


def test_a_rule_about_a_whole_resource_shows_the_token_that_it_names(pack: Pack) -> None:
    rules = replace(pack.rules, resource={"package": lambda _: [Problem("{token} is odd", "abc")]})
    (finding,) = Judge(rules, pack.catalogue.look_up, Lanes()).judge(resource(VCN, {})).findings
    assert finding.says == "`abc` is odd"


def test_a_judge_without_a_clock_goes_by_the_real_one(pack: Pack) -> None:
    for days, excepted in ((-1, True), (-40, False)):
        wanted = Lane.model_validate(lane("peering", f"{LPG}::it", opens=datetime.now(UTC) + timedelta(days=days)))
        judge = Judge(pack.rules, pack.catalogue.look_up, Lanes([wanted]))
        assert (judge.judge(resource(LPG, {})).findings == ()) is excepted


def test_a_rule_that_fails_on_no_resources_is_told_of_the_stack(pack: Pack) -> None:
    def broken(*_: object) -> list[object]:
        raise ValueError

    judge = Judge(replace(pack.rules, stack={"unused-lane": broken}), pack.catalogue.look_up, Lanes())
    (finding,) = judge.judge_stack([], frozenset())
    assert finding.resource == "pulumi:pulumi:Stack::stack"
    (finding,) = judge.judge_stack([stack_resource()], frozenset())
    assert finding.resource == "pulumi:pulumi:Stack::stateside-rehearsal"


def test_a_message_gives_the_hint_and_a_name_may_have_colons(pack: Pack) -> None:
    unknown = resource("oci:Core/volumeBackupPolicy:VolumeBackupPolicy", {"destinationRegion": UNKNOWN}, "a::b")
    (finding,) = pack.judge.judge(unknown).findings
    assert finding.message.startswith("a::b (oci:Core/volumeBackupPolicy:VolumeBackupPolicy), destinationRegion: ")
    assert "\nHint: write the value itself" in finding.message
    (finding,) = pack.judge.judge(resource(LPG, {})).findings
    assert "Hint" not in finding.message


@pytest.mark.parametrize("type", ["pulumi:providers:oci", "oci:Core/vcn:Vcn"])
def test_the_package_of_a_provider_is_what_it_provides(type: str) -> None:
    assert Resource("urn:pulumi:prod::p::t::n", type, "n", {}).package == "oci"
    assert Resource("urn:pulumi:prod::p::t::n", type, "n", {}).stack == "prod"
    assert Provider(type, "n", {}).name == "n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (THEIRS, f"`{THEIRS}` is a tenancy that isn't ours"),
        ("ocid1.vcn.oc1.iad.a", "`ocid1.vcn.oc1.iad.a` is not our tenancy"),
        ("", "is not our tenancy"),
        (1.0, "is not our tenancy"),
    ],
)
def test_what_is_said_of_a_tenancy_is_what_it_is(pack: Pack, value: Plain, expected: str) -> None:
    one = resource("pulumi:providers:oci", {"region": "us-ashburn-1", "tenancyOcid": value})
    assert says(pack, one) == [("provider", "tenancyOcid", expected)]


def test_a_secret_in_a_secret_shows_no_more_of_the_path_than_the_first(findings: Findings) -> None:
    nested: Plain = Secret({"a": Secret("eu-madrid-1")})
    assert findings(resource("stateside:a:B", {"here": nested})) == {("foreign-region", "here")}
