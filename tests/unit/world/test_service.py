"""What the services do for every type: references, tags, names, limits, updates, and what is in use."""

from typing import Any

import pytest

from rehearsal.world import Resource, ServiceError, World
from rehearsal.world import service as services
from rehearsal.world.behaviour.network import BEHAVIOURS as NETWORK
from tests.unit.world.small import (
    ASHBURN,
    COMPARTMENT,
    OURS,
    PHOENIX,
    POLICY,
    QUEUE,
    TAG,
    TAG_NAMESPACE,
    THEIRS,
    TOPIC,
    VCN,
    change,
    make,
    make_subnet,
    make_vcn,
    picture,
)

MISSING = "ocid1.vcn.oc1.iad.aaaaaaaamissing"


def the_seeded(world: World, type: str, region: str, of: str = THEIRS) -> Resource:
    (found,) = world.find(type, tenancy=of, region=region)
    return found


def test_a_created_resource_has_what_was_asked_what_is_computed_and_a_place(world: World) -> None:
    made = make(world, QUEUE, displayName="views", urn="urn")
    assert made.id.startswith("ocid1.queue.oc1.iad.")
    assert (made.type, made.region, made.tenancy, made.compartment) == (QUEUE, ASHBURN, OURS, OURS)
    assert (made.state, made.urn, made.asked) == ("AVAILABLE", "urn", {"compartmentId": OURS, "displayName": "views"})
    assert made.body == made.asked | {"timeCreated": made.created}
    assert world.get(made.id) == made


def test_the_state_that_is_asked_for_is_the_state(world: World) -> None:
    made = make(world, TOPIC, state="INACTIVE")
    assert made.state == "INACTIVE"
    assert change(world, made, state="ACTIVE").state == "ACTIVE"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"vcnId": MISSING}, "vcnId"),
        ({"details": {"vcnIds": ["x", MISSING]}}, "details.vcnIds[1]"),
        ({"rules": [{"target": MISSING}]}, "rules[0].target"),
    ],
)
def test_a_reference_must_exist_however_deep_it_is(world: World, body: dict[str, Any], path: str) -> None:
    before = picture(world)
    with pytest.raises(ServiceError) as caught:
        make(world, TOPIC, **body)
    assert caught.value.status == 404
    assert caught.value.message.endswith(f"not found: {path}: {MISSING}")
    assert picture(world) == before


def test_a_reference_must_lie_in_the_region_and_the_tenancy(world: World) -> None:
    in_phoenix = make_vcn(world, region=PHOENIX)
    foreign = the_seeded(world, VCN, ASHBURN)
    for out_of_reach in (in_phoenix, foreign):
        with pytest.raises(ServiceError, match=f"not found: vcnId: {out_of_reach.id}"):
            make(world, TOPIC, vcnId=out_of_reach.id)
    assert make(world, TOPIC, region=PHOENIX, vcnId=in_phoenix.id)


def test_what_lies_in_no_region_may_name_what_lies_in_any(world: World) -> None:
    vcn = make_vcn(world, region=PHOENIX)
    assert make(world, POLICY, name="p", statements=["allow ..."], about=vcn.id).region == ""


def test_a_compartment_must_be_one_of_ours(world: World) -> None:
    vcn = make_vcn(world)
    for not_ours in (THEIRS, vcn.id, "ocid1.tenancy.oc1..nobody"):
        with pytest.raises(ServiceError, match=f"not found: compartmentId: {not_ours}"):
            make(world, TOPIC, compartmentId=not_ours)
    compartment = make(world, COMPARTMENT, name="c", description="c")
    assert make(world, TOPIC, compartmentId=compartment.id).compartment == compartment.id


def test_defined_tags_must_be_defined_however_deep_they_are(world: World) -> None:
    def tagged(tags: object) -> Resource:
        return make(world, TOPIC, details=[{"definedTags": tags}], definedTags=tags)

    with pytest.raises(ServiceError, match="definedTags: there is no tag namespace ns"):
        tagged({"ns": {"Key": "x"}})
    namespace = make(world, TAG_NAMESPACE, name="ns", description="d")
    with pytest.raises(ServiceError, match="definedTags: the tag namespace ns has no key Key"):
        tagged({"ns": {"Key": "x"}})
    make(world, TAG, tagNamespaceId=namespace.id, name="Key", description="d")
    assert tagged({"ns": {"Key": "x"}, "Oracle-Tags": {"CreatedBy": "me"}})
    with pytest.raises(ServiceError, match="no key Other"):
        make(world, TOPIC, details=[{"definedTags": {"ns": {"Other": "x"}}}])


def test_a_tag_namespace_of_another_tenancy_does_not_count(world: World) -> None:
    make(world, TAG_NAMESPACE, of=THEIRS, name="ns", description="d")
    with pytest.raises(ServiceError, match="no tag namespace ns"):
        make(world, TOPIC, definedTags={"ns": {"Key": "x"}})


def test_a_name_is_taken_once_where_oracle_wants_it_so(world: World) -> None:
    first = make(world, COMPARTMENT, name="network", description="d")
    with pytest.raises(ServiceError, match=f"{first.id} has this already") as caught:
        make(world, COMPARTMENT, name="network", description="other")
    assert caught.value.status == 409
    assert make(world, COMPARTMENT, name="network", description="d", compartmentId=first.id)
    assert change(world, first, description="another").body["description"] == "another"


def test_a_limit_holds_in_one_region_and_one_tenancy(world: World) -> None:
    limit = NETWORK[VCN].limit
    assert limit == 50
    for _ in range(limit):
        last = make_vcn(world)
    with pytest.raises(ServiceError, match="the service limit of 50 is reached in us-ashburn-1") as caught:
        make_vcn(world)
    assert caught.value.code == "LimitExceeded"
    assert make_vcn(world, region=PHOENIX)
    assert change(world, last, displayName="still changeable")
    services.delete(world, last.id)
    assert make_vcn(world)


def test_an_update_replaces_what_was_asked_and_keeps_what_was_computed(world: World) -> None:
    vcn = make(world, VCN, cidrBlocks=["10.128.0.0/16"], displayName="old", freeformTags={"a": "b"})
    changed = services.update(world, vcn.id, {"compartmentId": OURS, "cidrBlocks": ["10.129.0.0/16"]})
    assert changed.body["cidrBlocks"] == ["10.129.0.0/16"]
    assert "displayName" not in changed.body
    assert "freeformTags" not in changed.body
    assert changed.body["defaultRouteTableId"] == vcn.body["defaultRouteTableId"]
    assert changed.id == vcn.id
    assert changed.updated > vcn.updated


def test_an_update_may_move_a_resource_to_another_compartment_and_must_find_it(world: World) -> None:
    compartment = make(world, COMPARTMENT, name="c", description="c")
    topic = make(world, TOPIC)
    assert change(world, topic, compartmentId=compartment.id).compartment == compartment.id
    with pytest.raises(ServiceError, match="not found: vcnId"):
        change(world, topic, vcnId=MISSING)
    with pytest.raises(ServiceError, match=MISSING):
        services.update(world, MISSING, {})


def test_what_is_referred_to_cannot_be_deleted(world: World) -> None:
    vcn = make_vcn(world)
    subnet = make_subnet(world, vcn)
    with pytest.raises(ServiceError) as caught:
        services.delete(world, vcn.id)
    assert (caught.value.status, caught.value.message) == (409, f"{vcn.id} is in use by Subnet {subnet.id}")
    services.delete(world, subnet.id)
    services.delete(world, vcn.id)
    assert world.get(vcn.id) is None


def test_a_compartment_that_holds_something_cannot_be_deleted(world: World) -> None:
    compartment = make(world, COMPARTMENT, name="c", description="c")
    topic = make(world, TOPIC, compartmentId=compartment.id)
    with pytest.raises(ServiceError, match=f"in use by NotificationTopic {topic.id}"):
        services.delete(world, compartment.id)
    services.delete(world, topic.id)
    services.delete(world, compartment.id)


def test_a_reference_that_an_update_drops_no_longer_holds(world: World) -> None:
    vcn = make_vcn(world)
    topic = make(world, TOPIC, vcnId=vcn.id)
    services.update(world, topic.id, {name: value for name, value in topic.asked.items() if name != "vcnId"})
    services.delete(world, vcn.id)


def test_deleting_what_is_not_there_is_an_error(world: World) -> None:
    with pytest.raises(ServiceError, match=MISSING):
        services.delete(world, MISSING)


def test_what_a_killed_first_run_left_is_taken_out_whatever_uses_it_and_nothing_else(world: World) -> None:
    vcn = make_vcn(world, urn="urn:pulumi:rehearsal::stateside::vcn")
    make_subnet(world, vcn, urn="urn:pulumi:rehearsal::stateside::subnet")
    others = make_vcn(world, "10.136.0.0/16", urn="urn:pulumi:rehearsal-two::stateside::vcn")
    assert services.discard(world, "rehearsal") == 2
    assert [each.urn for each in world.find() if each.urn] == [others.urn]
    assert services.discard(world, "rehearsal") == 0
