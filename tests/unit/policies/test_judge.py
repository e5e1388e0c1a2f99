"""The judge: messages, guards around rules, and that nothing unusual passes silently."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from boundary import load_boundary
from policies.core import Judge, Plain, Problem, Resource
from policies.core.findings import Hit
from policies.core.lanes import Lanes
from policies.core.walk import Path
from policies.pack import Pack, build_pack
from tests.policies.builder import NOW, resource, stack_resource

VCN = "oci:Core/vcn:Vcn"
BUCKET = "oci:ObjectStorage/bucket:Bucket"
LPG = "oci:Core/localPeeringGateway:LocalPeeringGateway"


def test_a_message_says_what_where_why_and_what_instead(pack: Pack) -> None:
    properties: dict[str, Plain] = {"destinationRegion": "eu-frankfurt-1"}
    (finding,) = pack.judge.judge(
        resource("oci:Core/volumeBackupPolicy:VolumeBackupPolicy", properties, "nightly")
    ).findings
    assert finding.message == (
        "nightly (oci:Core/volumeBackupPolicy:VolumeBackupPolicy), destinationRegion: "
        "`eu-frankfurt-1` is a region outside the boundary.\n"
        "Would let through: whole volumes, as backups, across the boundary.\n"
        "Write instead: one of us-ashburn-1, us-phoenix-1.\n"
        "If this crossing is wanted: first call the resource rehearsal-nightly in the program, because a lane is for "
        "one environment; then a lane in stacks/boundary.yaml with rule backup-copy and resource "
        "oci:Core/volumeBackupPolicy:VolumeBackupPolicy::rehearsal-nightly."
    )


def test_a_message_of_a_denied_type_has_no_path_and_one_of_a_fault_no_lane(pack: Pack) -> None:
    (denied,) = pack.judge.judge(resource(LPG, {}, "to-global")).findings
    (unclassified,) = pack.judge.judge(resource("oci:New/thing:Thing", {})).findings
    assert denied.message.splitlines()[0] == f"to-global ({LPG}): this type is denied."
    assert "lane" not in unclassified.message


def test_findings_come_in_the_order_of_the_document_and_only_once(pack: Pack) -> None:
    properties: dict[str, Plain] = {
        "cidrBlocks": ["10.0.0.0/16", "10.128.0.0/16", "10.1.0.0/16"],
        "dnsLabel": "theirspace",
        "peer": "eu-madrid-1",
    }
    assert [(each.rule, each.path) for each in pack.judge.judge(resource(VCN, properties)).findings] == [
        ("outside-address", "cidrBlocks[0]"),
        ("outside-address", "cidrBlocks[2]"),
        ("outside-namespace", "dnsLabel"),
        ("unclassified", "peer"),
        ("foreign-region", "peer"),
    ]


class BrokenError(Exception):
    """Raised by rules that don't work, quoting what they saw."""


def broken_rule(seen: Resource) -> Iterator[Problem]:
    """A rule that fails after it has found something."""
    yield Problem("found something")
    raise BrokenError(str(seen.properties))


def broken_check(value: Plain, _: object) -> Iterable[Problem]:
    """A check that fails."""
    raise BrokenError(str(value))


def broken_sweep(_: Path, text: str) -> tuple[Hit, ...]:
    """A sweep that fails."""
    raise BrokenError(text)


def judge_with(pack: Pack, **changed: Any) -> Judge:
    """The pack's judge with other rules."""
    return Judge(replace(pack.rules, **changed), pack.catalogue.look_up, Lanes(), lambda: NOW)


def test_a_rule_that_raises_becomes_a_finding_and_hides_no_other(pack: Pack) -> None:
    judge = judge_with(pack, resource={**pack.rules.resource, "package": broken_rule})
    found = judge.judge(resource(VCN, {"cidrBlock": "10.0.0.0/16", "dnsLabel": "hunter2"})).findings
    assert {(each.rule, each.could_not_run) for each in found} == {("package", True), ("outside-address", False)}
    (failed,) = (each for each in found if each.could_not_run)
    assert failed.message == (
        "it (oci:Core/vcn:Vcn): rule package could not run here (BrokenError).\n"
        "Would let through: anything, because nothing was checked.\n"
        "Write instead: nothing: this is a fault of the policy pack, and it blocks until the rule is repaired."
    )


def test_a_check_that_raises_becomes_a_finding_at_its_path(pack: Pack) -> None:
    judge = judge_with(pack, checks={**pack.rules.checks, "one-of": broken_check})
    found = judge.judge(resource(BUCKET, {"namespace": "other", "accessType": "hunter2"})).findings
    assert {(each.rule, each.path, each.could_not_run) for each in found} == {
        ("outside-namespace", "namespace", False),
        ("exposure", "accessType", True),
    }
    assert all("hunter2" not in each.message for each in found)


def test_a_sweep_that_raises_becomes_a_finding_of_each_of_its_rules(pack: Pack) -> None:
    found = judge_with(pack, sweep=broken_sweep).judge(resource(BUCKET, {"namespace": "other", "name": "x"})).findings
    failed = {(each.rule, each.path) for each in found if each.could_not_run}
    assert failed == {(rule, "name") for rule in pack.rules.swept}
    assert {each.rule for each in found if not each.could_not_run} == {"outside-namespace"}


@pytest.mark.parametrize("strange", [object(), b"bytes", {"a": {1, 2}}, [object()]])
def test_a_value_that_is_no_plain_data_stops_every_rule_with_a_finding(pack: Pack, strange: object) -> None:
    found = pack.judge.judge(resource(VCN, {"displayName": strange})).findings  # type: ignore[dict-item]
    assert {each.rule for each in found} == {info.id for info in pack.rules.info.values() if info.scope == "resource"}
    assert all(each.could_not_run and not each.excusable for each in found)


def test_drift_that_is_no_plain_data_stops_every_rule_with_a_finding_of_its_resource(pack: Pack) -> None:
    declared = resource(VCN, {"displayName": "x"})
    found = pack.judge.judge_drift(replace(declared, observed={"displayName": object()})).findings  # type: ignore[dict-item]
    assert {each.rule for each in found} == {info.id for info in pack.rules.info.values() if info.scope == "resource"}
    assert {(each.urn, each.resource, each.could_not_run) for each in found} == {(declared.urn, f"{VCN}::it", True)}


def test_what_the_cloud_says_of_a_type_whose_arguments_nobody_knows_is_no_drift(pack: Pack) -> None:
    """Such a type is a finding as a whole, when it is declared."""
    unknown = replace(resource("oci:New/thing:Thing", {"a": "x"}), observed={"a": "eu-madrid-1"})
    assert pack.judge.judge_drift(unknown).findings == ()


def test_a_stack_rule_that_raises_becomes_a_finding(pack: Pack) -> None:
    def broken(*_: object) -> Iterable[object]:
        raise BrokenError

    (found,) = judge_with(pack, stack={"unused-lane": broken}).judge_stack([stack_resource()], frozenset())
    assert (found.rule, found.could_not_run, found.urn) == ("unused-lane", True, stack_resource().urn)
    (found,) = judge_with(pack, stack={"unused-lane": broken}).judge_stack([], frozenset())
    assert found.could_not_run


def test_what_a_stack_rule_says_twice_is_found_once(pack: Pack) -> None:
    said = pack.judge.unreadable("urn", VCN, "it", "it is cut off")
    twice = judge_with(pack, stack={"unused-lane": lambda *_: [said, replace(said)]})
    assert twice.judge_stack([stack_resource()], frozenset()) == (said,)


def test_the_declared_boundary_makes_a_pack() -> None:
    pack = build_pack()
    assert pack.boundary == load_boundary()
    assert len(pack.rules.info) >= 15


def test_what_could_not_be_read_of_a_file_could_not_be_judged_and_is_excused_by_nothing(pack: Pack) -> None:
    found = pack.judge.unreadable("urn:x", "oci:Core/vcn:Vcn", "it", "its urn is wrong")
    assert (found.rule, found.says) == ("unclassified", "can't be read, because its urn is wrong")
    assert (found.could_not_run, found.excusable, found.lane) == (True, False, "")


def test_what_a_stack_only_reads_is_a_finding(pack: Pack) -> None:
    found = pack.judge.judge(replace(resource("oci:Core/vcn:Vcn", {}), read=True)).findings
    assert [(each.rule, each.says) for each in found] == [("package", "is read, and not declared by this stack")]
