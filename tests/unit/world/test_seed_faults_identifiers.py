"""The world at the start, faults on order, and identifiers."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boundary import OutsideTenancy, parse_ocid, regions
from rehearsal.errors import RehearsalError
from rehearsal.world import FaultKind, World, is_seeded, order, seed
from rehearsal.world.faults import Fault, cancel_all, next_fault
from rehearsal.world.identifiers import make_ocid, shown_id, world_id
from rehearsal.world.seed import IMAGE, SERVICE
from tests.unit.world.small import (
    ASHBURN,
    BOUNDARY,
    BUCKET,
    DRG,
    FRANKFURT,
    LPG,
    OURS,
    PHOENIX,
    RPC,
    THEIRS,
    VCN,
    picture,
)

SINGAPORE = "ap-singapore-1"


def test_seeding_again_changes_nothing(world: World) -> None:
    before = picture(world)
    seed(world, BOUNDARY)
    assert picture(world) == before
    assert list(world.tenancies()) == [OURS, THEIRS]


def test_the_outside_has_something_to_reach_in_each_of_its_regions(world: World) -> None:
    (outside,) = BOUNDARY.outside.tenancies
    for name in outside.regions:
        for type in (VCN, LPG, DRG, RPC, BUCKET):
            (found,) = world.find(type, tenancy=THEIRS, region=name)
            assert parse_ocid(found.id if type != BUCKET else found.body["bucketId"])
            assert is_seeded(found)


def test_the_outside_lies_in_the_declared_ranges_and_its_networks_do_not_overlap(world: World) -> None:
    ranges = [found.body["cidrBlock"] for found in world.find(VCN, tenancy=THEIRS)]
    assert ranges == ["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16"]


def test_we_are_still_subscribed_to_the_regions_that_we_were_cut_out_of(world: World) -> None:
    assert world.tenancies()[OURS].regions == (ASHBURN, PHOENIX, SINGAPORE, FRANKFURT)
    (left,) = world.find(BUCKET, tenancy=OURS)
    assert (left.region, left.body["name"]) == (SINGAPORE, "left-in-ap-singapore-1")


def test_every_region_of_ours_offers_services_and_images(world: World) -> None:
    for name in world.tenancies()[OURS].regions:
        assert len(world.find(SERVICE, region=name)) == 2
        images = [image.body for image in world.find(IMAGE, region=name)]
        assert {(image["operatingSystem"], image["operatingSystemVersion"]) for image in images} == {
            ("Canonical Ubuntu", "22.04"),
            ("Canonical Ubuntu", "24.04"),
            ("Oracle Linux", "8"),
            ("Oracle Linux", "9"),
        }


def test_the_world_follows_the_boundary(tmp_path: Path) -> None:
    other = OutsideTenancy(
        name="other", ocid="ocid1.tenancy.oc1..aaaaother", namespace="otherns", regions=("uk-london-1",)
    )
    outside = BOUNDARY.outside.model_copy(update={"tenancies": (other,)})
    world = World.open(tmp_path / "other.db")
    seed(world, BOUNDARY.model_copy(update={"outside": outside}))
    assert list(world.tenancies()) == [OURS, other.ocid]
    assert world.tenancies()[OURS].regions == (ASHBURN, PHOENIX, "uk-london-1")
    assert {found.region for found in world.find(VCN)} == {"uk-london-1"}


def kinds(world: World, type: str, operation: str, calls: int) -> list[FaultKind | None]:
    faults = [next_fault(world, type, operation) for _ in range(calls)]
    return [fault.kind if fault else None for fault in faults]


def test_an_order_strikes_as_often_as_was_asked_and_only_what_it_names(world: World) -> None:
    order(world, FaultKind.INTERNAL_ERROR, type="oci:Core/*", operation="create", times=2)
    assert kinds(world, BUCKET, "create", 2) == [None, None]
    assert kinds(world, VCN, "delete", 2) == [None, None]
    assert kinds(world, VCN, "create", 3) == [FaultKind.INTERNAL_ERROR, FaultKind.INTERNAL_ERROR, None]


def test_orders_strike_in_the_order_they_were_given(world: World) -> None:
    order(world, FaultKind.SLOW, operation="*", seconds=2.5)
    order(world, FaultKind.LOST_REPLY)
    assert next_fault(world, VCN, "read") == Fault(FaultKind.SLOW, 2.5)
    assert kinds(world, VCN, "update", 2) == [FaultKind.LOST_REPLY, None]


def test_cancelled_orders_do_not_strike(world: World) -> None:
    order(world, FaultKind.SLOW, times=5)
    cancel_all(world)
    assert next_fault(world, VCN, "create") is None


@pytest.mark.parametrize(
    ("order_of", "sentence"),
    [
        ({"operation": "drop"}, "'drop' is no operation; take one of create, read, update, delete, *"),
        ({"times": 0}, "0 times, 0 seconds: order a fault once or more, and no negative seconds"),
        ({"seconds": -1}, "1 times, -1 seconds: order a fault once or more, and no negative seconds"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(world: World, order_of: dict[str, int], sentence: str) -> None:
    with pytest.raises(RehearsalError) as caught:
        order(world, FaultKind.SLOW, **order_of)  # type: ignore[arg-type]
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("kind", "status", "retried"),
    [
        (FaultKind.TOO_MANY_REQUESTS, 429, True),
        (FaultKind.INTERNAL_ERROR, 500, True),
        (FaultKind.OUT_OF_CAPACITY, 500, False),
    ],
)
def test_a_fault_is_answered_as_oracle_answers(kind: FaultKind, status: int, retried: bool) -> None:
    error = kind.error()
    assert error
    assert (error.status, error.may_be_retried) == (status, retried)


def test_slow_and_lost_replies_are_no_answers() -> None:
    assert FaultKind.SLOW.error() is FaultKind.LOST_REPLY.error() is None


@given(st.from_regex(r"[a-z][a-z0-9]{0,20}", fullmatch=True), st.sampled_from(["", *regions()]), st.lists(st.text()))
def test_identifiers_read_back_as_what_they_were_made_of(kind: str, region: str, parts: list[str]) -> None:
    text = make_ocid(kind, "oc1", region, *parts)
    parsed = parse_ocid(text)
    assert (parsed.type, parsed.realm) == (kind, "oc1")
    assert parsed.region == (regions()[region].key if region else "")
    assert len(parsed.unique) == 60
    assert make_ocid(kind, "oc1", region, *parts) == text
    assert make_ocid(kind, "oc1", region, *parts, "more") != text
    assert shown_id(world_id(text, region)) == text


@pytest.mark.parametrize("shown", ["n/ns/b/lake", "n/ns/b/a/n/b", "tagNamespaces/x/tags/n/y"])
def test_object_storage_names_are_told_apart_by_region(shown: str) -> None:
    inside = {world_id(shown, region) for region in (ASHBURN, PHOENIX)}
    assert len(inside) == (2 if shown.startswith("n/") else 1)
    assert {shown_id(identifier) for identifier in inside} == {shown}
