"""The twin: what a proposed boundary would find, stop finding and go on finding in the same resources."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from boundary import Boundary
from policies.core import UNKNOWN, Finding, Resource
from policies.twin import Difference, compare
from tests.policies.builder import NOW, boundary_data, lane, resource, stack_resource

LPG = "oci:Core/localPeeringGateway:LocalPeeringGateway"
VCN = "oci:Core/vcn:Vcn"
TARGET = f"{LPG}::rehearsal-to-global"

STACK = (
    stack_resource(),
    resource(LPG, {}, "rehearsal-to-global"),
    resource(VCN, {"displayName": "via eu-madrid-1"}, "named-madrid"),
    resource(VCN, {"displayName": "via us-phoenix-1"}, "named-phoenix"),
)


def declared(*lanes: Mapping[str, Any], regions: tuple[str, ...] = ("us-ashburn-1", "us-phoenix-1")) -> Boundary:
    """A boundary with lanes, and with other regions."""
    data = boundary_data(*lanes)
    data["regions"]["allowed"] = list(regions)
    return Boundary.model_validate(data)


def compared(current: Boundary, proposed: Boundary, *resources: Resource) -> Difference:
    return compare(resources or STACK, current, proposed, lambda: NOW)


def ids(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.resource.partition("::")[2]) for finding in findings]


def test_the_same_boundary_changes_nothing() -> None:
    difference = compared(declared(), declared())
    assert (difference.appearing, difference.disappearing) == ((), ())
    assert ids(difference.staying) == [("peering", "rehearsal-to-global"), ("foreign-region", "named-madrid")]
    assert not difference.loosens


def test_a_new_lane_lets_a_finding_go_and_is_used() -> None:
    difference = compared(declared(), declared(lane("peering", TARGET)))
    assert ids(difference.disappearing) == [("peering", "rehearsal-to-global")]
    assert ids(difference.staying) == [("foreign-region", "named-madrid")]
    assert difference.appearing == ()
    assert (difference.lanes_now, difference.lanes_then) == (frozenset(), frozenset({"wanted"}))
    assert difference.loosens


def test_a_lane_that_is_taken_out_brings_its_finding_back() -> None:
    difference = compared(declared(lane("peering", TARGET)), declared())
    assert ids(difference.appearing) == [("peering", "rehearsal-to-global")]
    assert (difference.lanes_now, difference.lanes_then) == (frozenset({"wanted"}), frozenset())
    assert not difference.loosens


def test_a_lane_that_nothing_needs_appears_as_a_finding_and_one_that_has_ended_does_not() -> None:
    difference = compared(
        declared(),
        declared(
            lane("peering", f"{LPG}::rehearsal-none", "spare"),
            lane("peering", f"{LPG}::rehearsal-old", "old", opens=NOW - timedelta(days=40)),
        ),
    )
    assert ids(difference.appearing) == [("unused-lane", "stateside-rehearsal")]


def test_a_region_that_is_taken_out_makes_what_names_it_foreign() -> None:
    difference = compared(declared(), declared(regions=("us-ashburn-1",)))
    assert ids(difference.appearing) == [("foreign-region", "named-phoenix")]


def test_a_finding_stays_though_its_remedy_is_worded_for_other_regions() -> None:
    (_, madrid) = compared(declared(), declared(regions=("us-ashburn-1",))).staying
    assert madrid.instead == "one of us-ashburn-1, or nothing"


def test_findings_that_differ_in_one_thing_alone_are_several() -> None:
    source: Mapping[str, Any] = {"namespace": "ourspace", "sourceUriDetails": UNKNOWN}
    resources = (
        resource(LPG, {}, "one"),
        resource(LPG, {}, "another"),
        resource(VCN, {"displayName": "from eu-madrid-1 to eu-paris-1", "dnsLabel": "eu-paris-1"}, "places"),
        resource("oci:ObjectStorage/storageObject:StorageObject", source, "two-rules"),
    )
    assert ids(compared(declared(), declared(), *resources).staying) == [
        ("peering", "one"),
        ("peering", "another"),
        *[("foreign-region", "places")] * 3,
        ("outside-namespace", "two-rules"),
        ("replication", "two-rules"),
    ]
