"""Data sources: those that the world answers, filtered as the provider filters; any other fails by name."""

from typing import Any

import pytest

from rehearsal.doors.provider.data_sources import answer
from rehearsal.world import ServiceError, World
from tests.unit.world.small import ASHBURN, OURS, PHOENIX, THEIRS, tenancy

SERVICES = "oci:Core/getServices:getServices"
IMAGES = "oci:Core/getImages:getImages"
DOMAINS = "oci:Identity/getAvailabilityDomains:getAvailabilityDomains"
ANY_IN_ASHBURN = {"name": "name", "values": ["IAD"], "regex": True}
UNKNOWN_FILTER = "filters: there is no property {} to filter by; take one of cidr_block, description, "
NAMESPACE = "oci:ObjectStorage/getNamespace:getNamespace"


def ask(world: World, token: str, region: str = ASHBURN, **arguments: Any) -> dict[str, Any]:
    return answer(token, world, tenancy(world), region, arguments)


def names(found: list[dict[str, Any]], field: str = "name") -> list[str]:
    return [item[field] for item in found]


def test_services_are_those_of_the_region(world: World) -> None:
    found = ask(world, SERVICES)
    assert found["id"] == "getServices-us-ashburn-1"
    assert names(found["services"]) == ["All IAD Services In Oracle Services Network", "OCI IAD Object Storage"]
    assert names(ask(world, SERVICES, PHOENIX)["services"])[1] == "OCI PHX Object Storage"
    assert found["services"][0]["cidrBlock"] == "all-iad-services-in-oracle-services-network"


@pytest.mark.parametrize(
    ("rules", "left"),
    [
        ([{"name": "name", "values": ["OCI IAD Object Storage"]}], 1),
        ([{"name": "name", "values": ["OCI IAD"]}], 0),
        ([{"name": "name", "values": ["^All .* Services"], "regex": True}], 1),
        ([{"name": "name", "values": ["^All", "Storage$"], "regex": True}], 2),
        ([ANY_IN_ASHBURN, {"name": "cidr_block", "values": ["oci-iad-objectstorage"]}], 1),
        ([], 2),
    ],
)  # fmt: skip
def test_filters_take_any_of_their_values_and_all_of_them_hold(
    world: World, rules: list[dict[str, Any]], left: int
) -> None:
    assert len(ask(world, SERVICES, filters=rules)["services"]) == left


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({"name": "cidrBlock", "values": ["x"]}, UNKNOWN_FILTER.format("cidrBlock")),
        ({"name": "colour", "values": ["x"]}, UNKNOWN_FILTER.format("colour")),
        ({"name": "name", "values": ["("], "regex": True}, "filters: ['('] holds no regular expression ("),
    ],
)  # fmt: skip
def test_a_filter_that_could_only_find_nothing_is_an_error(world: World, rule: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ServiceError) as caught:
        ask(world, SERVICES, filters=[rule])
    assert caught.value.message.startswith(sentence)


def test_images_are_picked_by_system_version_and_name(world: World) -> None:
    images = ask(world, IMAGES, compartmentId=OURS)["images"]
    assert set(names(images, "operatingSystem")) == {"Canonical Ubuntu", "Oracle Linux"}
    found = ask(world, IMAGES, compartmentId=OURS, operatingSystem="Canonical Ubuntu", operatingSystemVersion="24.04")
    assert found["operatingSystem"] == "Canonical Ubuntu"
    assert all(name.startswith("Canonical-Ubuntu-24.04") for name in names(found["images"], "displayName"))
    assert len(found["images"]) == 2
    rule = {"name": "display_name", "values": ["Minimal"], "regex": True}
    assert len(ask(world, IMAGES, compartmentId=OURS, filters=[rule])["images"]) == 1


def test_availability_domains_are_those_that_our_tenancy_sees(world: World) -> None:
    found = ask(world, DOMAINS, compartmentId=OURS)["availabilityDomains"]
    assert [name.split(":")[1] for name in names(found)] == [f"US-ASHBURN-AD-{number}" for number in (1, 2, 3)]
    assert len(ask(world, DOMAINS, "ap-singapore-1", compartmentId=OURS)["availabilityDomains"]) == 1


def test_the_namespace_is_our_own_and_no_other(world: World) -> None:
    assert ask(world, NAMESPACE)["namespace"] == ask(world, NAMESPACE, compartmentId=OURS)["namespace"] == "statesideus"
    with pytest.raises(ServiceError, match=f"compartmentId: {THEIRS} is no tenancy of ours"):
        ask(world, NAMESPACE, compartmentId=THEIRS)


@pytest.mark.parametrize("token", ["oci:Core/getVcns:getVcns", "oci:Made/getUp:getUp"])
def test_any_other_data_source_fails_by_its_name_and_says_which_are_answered(world: World, token: str) -> None:
    with pytest.raises(ServiceError) as caught:
        ask(world, token)
    assert caught.value.status == 501
    assert caught.value.message.startswith(f"the rehearsal does not answer the data source {token}; it answers ")
    assert IMAGES in caught.value.message
