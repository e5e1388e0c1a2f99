"""A live inventory: arguments are judged, what the services computed is swept, and lanes go by the declared name."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from boundary import BoundaryError
from policies.core.observed import differing
from policies.inventory import read_inventory
from policies.pack import Pack
from policies.reading import Reading
from tests.policies.builder import REGION, THEIRS, lane
from tests.unit.policies.files import inventory_file, live, write

VCN = "oci:Core/vcn:Vcn"
ROUTES = "oci:Core/routeTable:RouteTable"
LPG = "oci:Core/localPeeringGateway:LocalPeeringGateway"

Read = Callable[..., Reading]


@pytest.fixture
def read(tmp_path: Path, pack: Pack) -> Read:
    """Reads an inventory of these entries."""
    return lambda *entries: read_inventory(inventory_file(tmp_path, *entries), pack.catalogue.look_up, REGION)


@pytest.fixture
def found(read: Read, pack: Pack) -> Callable[[Mapping[str, Any]], set[tuple[str, str]]]:
    """Which rules an entry violates, and where."""

    def judge(entry: Mapping[str, Any]) -> set[tuple[str, str]]:
        (resource,) = read(entry).resources
        return {(each.rule, each.path) for each in pack.judge.judge(resource).findings}

    return judge


def test_arguments_and_what_the_services_computed_are_told_apart_however_deep(read: Read) -> None:
    rules = [{"destination": "0.0.0.0/0", "etag": "x"}, {"destination": "10.128.0.0/16"}]
    (resource,) = read(live(ROUTES, {"displayName": "edge", "timeCreated": "now", "routeRules": rules})).resources
    declared = [{"destination": "0.0.0.0/0"}, {"destination": "10.128.0.0/16"}]
    assert resource.properties == {"displayName": "edge", "routeRules": declared}
    assert differing(resource.observed, resource.properties) == {
        "timeCreated": "now",
        "routeRules": [{"etag": "x"}, None],
        "id": "ocid1.thing.oc1.iad.a",
    }


def test_defined_tags_are_flat_as_a_program_writes_them(read: Read) -> None:
    tags = {"stateside-prod": {"DataClass": "us-user", "Lane": "none"}, "Oracle-Tags": {"CreatedBy": "x"}}
    (resource,) = read(live(VCN, {"definedTags": tags})).resources
    assert resource.properties["definedTags"] == {
        "stateside-prod.DataClass": "us-user",
        "stateside-prod.Lane": "none",
        "Oracle-Tags.CreatedBy": "x",
    }


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (live(VCN, {"displayName": "x", "lifecycleState": "AVAILABLE"}), set()),
        (live(VCN, {"cidrBlocks": ["10.0.0.0/16"]}), {("outside-address", "cidrBlocks[0]")}),
        (live(VCN, {"peeredWith": "eu-madrid-1"}), {("foreign-region", "peeredWith")}),
        (live(VCN, {}, region="eu-madrid-1"), {("provider", "")}),
        (live(VCN, {}, tenancy=THEIRS), {("provider", "")}),
        (live(VCN, {}, id="ocid1.vcn.oc1.fra.a"), {("foreign-region", "id")}),
        (live("oci:Identity/compartment:Compartment", {}, region=""), set()),
        (live(LPG, {"isCrossTenancyPeering": True}), {("peering", "")}),
        (live("oci:New/thing:Thing", {}), {("unclassified", "")}),
    ],
)
def test_an_entry_is_judged_by_where_it_is_and_what_it_says(
    found: Callable[[Mapping[str, Any]], set[tuple[str, str]]], entry: Mapping[str, Any], expected: set[tuple[str, str]]
) -> None:
    assert found(entry) == expected


def test_a_lane_goes_by_the_declared_name(read: Read, pack_with: Callable[..., Pack]) -> None:
    judge = pack_with(lane("peering", f"{LPG}::rehearsal-to-global")).judge
    named, unnamed = read(live(LPG, {}, name="rehearsal-to-global"), live(LPG, {})).resources
    assert judge.judge(named).lanes == {"wanted"}
    assert [each.rule for each in judge.judge(unnamed).findings] == ["peering"]


def test_an_entry_whose_body_can_not_be_read_is_counted(read: Read) -> None:
    deep: Any = "x"
    for _ in range(400):
        deep = {"a": deep}
    reading = read(live(VCN, {"deep": deep}), live(VCN, {}))
    assert (reading.registered, len(reading.resources) + len(reading.unread)) == (2, 2)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"version": 2, "resources": []}, "version: Input should be 1; correct the value"),
        ({"version": 1}, "resources is missing; add it"),
        ({"version": 1, "resources": [{"type": VCN}]}, "resources.0.id is missing; add it"),
        (
            {"version": 1, "resources": [live(VCN, {}, note="hunter2")]},
            "resources.0.note is not a known key; remove it or correct its spelling",
        ),
        (
            {"version": 1, "resources": [live(VCN, {}) | {"body": "hunter2"}]},
            "resources.0.body: Input should be a valid dictionary; correct the value",
        ),
    ],
)
def test_what_is_no_inventory_is_refused_with_a_sentence_that_quotes_nothing(
    tmp_path: Path, pack: Pack, content: Any, says: str
) -> None:
    path = write(tmp_path / "inventory.json", content)
    with pytest.raises(BoundaryError) as refused:
        read_inventory(path, pack.catalogue.look_up, REGION)
    assert str(refused.value) == f"{path}: {says}"
