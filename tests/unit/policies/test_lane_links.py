"""What a lane excepts is read: the end and the way of its link, its bucket, and that it is the only one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from policies.core import UNKNOWN, Plain, Resource, Secret
from policies.pack import Pack
from tests.policies.builder import lane, resource, stack_resource, urn

LINK = "oci:ObjectStorage/preauthrequest:Preauthrequest"
BUCKET = "oci:ObjectStorage/bucket:Bucket"
NAME = "rehearsal-link"
OUT: Mapping[str, Plain] = {"namespace": "ourspace", "bucket": "public", "name": "x", "accessType": "AnyObjectRead"}
END = "2026-07-01T00:00:00Z"

PackWith = Callable[..., Pack]


def link(**arguments: Plain) -> Resource:
    """A link until the lane's end."""
    return resource(LINK, {**OUT, "timeExpires": END, **arguments}, NAME)


def bucket(holds: str = "public", name: str = "public") -> Resource:
    """A bucket that holds data of a class."""
    tags: dict[str, Plain] = {"stateside-rehearsal.DataClass": holds}
    private: dict[str, Plain] = {"namespace": "ourspace", "name": name, "accessType": "NoPublicAccess"}
    return resource(BUCKET, {**private, "definedTags": tags}, f"rehearsal-{name}")


def of_link(pack: Pack, one: Resource) -> list[str]:
    """What is said of a link by itself, and by which rule."""
    return [f"{each.rule}: {each.says}" for each in pack.judge.judge(one).findings]


def of_stack(pack: Pack, *resources: Resource) -> list[str]:
    """What the rule over the stack says of a link."""
    found = pack.rules.stack["lane-crossing"]([stack_resource(), *resources], frozenset())
    return [f"{each.name}: {each.says}" for each in found]


@pytest.fixture
def out(pack_with: PackWith) -> Pack:
    """A pack with a lane out."""
    return pack_with(lane("exposure", f"{LINK}::{NAME}"))


@pytest.fixture
def way_in(pack_with: PackWith) -> Pack:
    """A pack with a lane in."""
    return pack_with(lane("exposure", f"{LINK}::{NAME}") | {"direction": "in"})


NO_TIME = "lane: has no `timeExpires` that can be read as a time, and lane wanted has an end"
ENDS: dict[str, tuple[Plain, list[str]]] = {
    "the lane's end": (END, []),
    "before": ("2026-06-02T00:00:00Z", []),
    "the same moment elsewhere": ("2026-07-01T02:00:00+02:00", []),
    "a second later": (
        "2026-07-01T00:00:01Z",
        ["lane: is there until 2026-07-01, and lane wanted until 2026-07-01"],
    ),
    "far later": ("2099-01-01T00:00:00Z", ["lane: is there until 2099-01-01, and lane wanted until 2026-07-01"]),
    "later elsewhere": (
        "2026-07-01T00:00:00-01:00",
        ["lane: is there until 2026-07-01, and lane wanted until 2026-07-01"],
    ),
    "no time zone": ("2026-06-02T00:00:00", [NO_TIME]),
    "no time": ("soon", [NO_TIME]),
    "unknown": (UNKNOWN, [NO_TIME]),
    "absent": (None, [NO_TIME]),
}


@pytest.mark.parametrize(("end", "says"), ENDS.values(), ids=ENDS)
def test_a_link_ends_with_its_lane(out: Pack, end: Plain, says: list[str]) -> None:
    assert of_link(out, link(timeExpires=end)) == says


def test_a_secret_end_is_read_too(out: Pack) -> None:
    assert of_link(out, link(timeExpires=Secret(END))) == []
    assert len(of_link(out, link(timeExpires=Secret("2099-01-01T00:00:00Z")))) == 1


OUTWARD = {"AnyObjectRead": True, "ObjectRead": True, "AnyObjectReadWrite": False, "ObjectReadWrite": False}
INWARD = {"AnyObjectWrite": True, "ObjectWrite": True, "AnyObjectReadWrite": False, "ObjectReadWrite": False}


@pytest.mark.parametrize(("access", "fits"), [*OUTWARD.items(), *dict.fromkeys(("AnyObjectWrite", ""), False).items()])
def test_a_link_out_lets_read_and_nothing_else(out: Pack, access: str, fits: bool) -> None:
    says = [] if fits else ["lane: isn't one way out, as lane wanted is"]
    assert of_link(out, link(accessType=access)) == says
    assert of_link(out, link(accessType=access, bucketListingAction="ListObjects")) == says


@pytest.mark.parametrize(("access", "fits"), [*INWARD.items(), ("AnyObjectRead", False)])
def test_a_link_in_lets_write_and_nothing_else(way_in: Pack, access: str, fits: bool) -> None:
    says = [] if fits else ["lane: isn't one way in, as lane wanted is"]
    assert of_link(way_in, link(accessType=access)) == says
    assert of_link(way_in, link(accessType=access, bucketListingAction="Deny")) == says


@pytest.mark.parametrize("lists", ["ListObjects", UNKNOWN])
def test_a_link_in_lists_nothing(way_in: Pack, lists: Plain) -> None:
    assert of_link(way_in, link(accessType="AnyObjectWrite", bucketListingAction=lists)) == [
        "lane: isn't one way in, as lane wanted is"
    ]


def test_what_is_said_of_a_link_says_what_to_write(out: Pack) -> None:
    found = out.judge.judge(link(timeExpires="2099-01-01T00:00:00Z", accessType="AnyObjectReadWrite")).findings
    assert [each.instead for each in found] == [
        "`timeExpires` 2026-07-01T00:00:00Z or earlier",
        "`accessType` AnyObjectRead or ObjectRead",
    ]


def test_a_lane_of_another_resource_says_nothing_of_a_link(pack_with: PackWith) -> None:
    pack = pack_with(lane("exposure", f"{LINK}::rehearsal-other"))
    assert [each.rule for each in pack.judge.judge(link(timeExpires="soon")).findings] == ["exposure"]


def test_two_resources_of_one_name_are_too_many_for_a_lane(out: Pack) -> None:
    twin = replace(link(), urn=urn(f"stateside:transfer:WayOut${LINK}", NAME))
    (says,) = of_stack(out, bucket(), link(), twin)
    assert says == (
        f"{NAME}: is one of 2 resources that lane wanted names; name one of them by its URN there: "
        f"{link().urn} and {twin.urn}"
    )
    assert of_stack(out, bucket(), link()) == []


def test_a_lane_by_urn_has_no_twin(pack_with: PackWith) -> None:
    named = urn(f"stateside:transfer:WayOut${LINK}", NAME)
    pack = pack_with(lane("exposure", named))
    assert of_stack(pack, bucket(), link(), replace(link(), urn=named)) == []


BUCKETS: dict[str, tuple[list[Resource], list[str]]] = {
    "declared": ([bucket()], []),
    "another": (
        [bucket(name="other")],
        [f"{NAME}: is a link to a bucket that isn't declared in this stack, which lane wanted is for"],
    ),
    "none": (
        [],
        [f"{NAME}: is a link to a bucket that isn't declared in this stack, which lane wanted is for"],
    ),
    "of another class": (
        [bucket("us-user")],
        [f"{NAME}: is a link to bucket rehearsal-public, which may hold us-user data, and lane wanted is not for it"],
    ),
}


@pytest.mark.parametrize(("buckets", "says"), BUCKETS.values(), ids=BUCKETS)
def test_a_link_is_of_a_bucket_of_this_stack_that_holds_what_the_lane_is_for(
    out: Pack, buckets: list[Resource], says: list[str]
) -> None:
    assert of_stack(out, *buckets, link()) == says


def test_a_bucket_that_is_not_made_yet_is_known_by_what_the_link_depends_on(out: Pack) -> None:
    made: dict[str, Any] = {"property_dependencies": {"bucket": (bucket().urn,)}}
    unknown = replace(link(bucket=UNKNOWN), **made)
    assert of_stack(out, bucket(), unknown) == []
    assert len(of_stack(out, bucket("us-user"), unknown)) == 1
    assert len(of_stack(out, bucket(), link(bucket=UNKNOWN))) == 1


def test_what_target_leaves_out_is_no_twin(out: Pack) -> None:
    left_out = Resource(urn(f"stateside:transfer:WayOut${LINK}", NAME), LINK, NAME, {})
    assert of_stack(out, bucket(), link(), left_out) == []
