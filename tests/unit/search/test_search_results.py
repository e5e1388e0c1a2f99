"""What Oracle's Search finds, asked through the unmodified SDK."""

from datetime import UTC, datetime, timedelta
from typing import Any

import oci
import pytest
from oci.resource_search.models import FreeTextSearchDetails, StructuredSearchDetails

from rehearsal.world import World, order_late_states
from rehearsal.world import service as services
from tests.unit.search.conftest import Client, Query
from tests.unit.world.small import (
    ASHBURN,
    BUCKET,
    COMPARTMENT,
    DRG,
    FRANKFURT,
    OURS,
    PHOENIX,
    POLICY,
    TAG,
    TAG_NAMESPACE,
    THEIRS,
    make,
    make_subnet,
    make_vcn,
    tenancy,
)

VOLUME = "oci:Core/volume:Volume"


def names(found: list[Any]) -> list[str]:
    return [each.display_name for each in found]


def test_a_resource_has_the_summary_of_oracle(world: World, query: Query) -> None:
    make(world, TAG_NAMESPACE, name="Operations")
    namespace = world.find(TAG_NAMESPACE)[-1]
    make(world, TAG, name="CostCenter", tagNamespaceId=namespace.id)
    tags: dict[str, Any] = {"definedTags": {"Operations": {"CostCenter": "42"}}, "freeformTags": {"role": "web"}}
    volume = make(world, VOLUME, displayName="data", availabilityDomain="Uocm:US-ASHBURN-AD-1", sizeInGbs="50", **tags)
    (found,) = query("query volume resources")
    assert (found.resource_type, found.identifier, found.compartment_id) == ("Volume", volume.id, OURS)
    assert (found.display_name, found.availability_domain) == ("data", "Uocm:US-ASHBURN-AD-1")
    assert (found.lifecycle_state, found.system_tags, found.additional_details) == ("AVAILABLE", {}, {})
    assert (found.defined_tags, found.freeform_tags) == (tags["definedTags"], tags["freeformTags"])
    assert datetime.now(UTC) - found.time_created < timedelta(minutes=5)


def test_fields_of_its_own_come_when_they_are_asked_for(world: World, query: Query) -> None:
    make(world, VOLUME, displayName="data", sizeInGbs="50")
    (every,) = query("query volume resources return allAdditionalFields")
    assert every.additional_details["sizeInGBs"] == 50
    assert every.additional_details["kmsKeyId"] is None
    assert not {"displayName", "definedTags", "id"} & every.additional_details.keys()
    (some,) = query("query volume resources return sizeingbs, nothing where sizeInGBs >= 50")
    assert some.additional_details == {"sizeInGBs": 50}
    assert query("query volume resources where sizeInGBs > 50") == []


def test_regions_are_apart_and_iam_is_at_home(world: World, query: Query) -> None:
    make(world, VOLUME, displayName="east")
    make(world, VOLUME, region=PHOENIX, displayName="west")
    make(world, COMPARTMENT, name="ours")
    everything = {
        region: names(query("query volume, compartment resources", region=region)) for region in (ASHBURN, PHOENIX)
    }
    assert everything == {ASHBURN: ["ours", "east"], PHOENIX: ["west"]}


def test_a_tenancy_finds_what_is_its_own(world: World, query: Query) -> None:
    make(world, VOLUME, displayName="ours")
    make_vcn(world, region=FRANKFURT, of=THEIRS)
    make(world, POLICY, of=THEIRS, statements=["Allow any-user to manage all-resources in tenancy"])
    assert all(each.compartment_id == THEIRS for each in query("query all resources", region=FRANKFURT, of=THEIRS))
    assert query("query vcn resources", region=FRANKFURT, of=THEIRS)
    assert query("query vcn resources", region=FRANKFURT) == []


def test_what_is_deleted_is_gone(world: World, query: Query) -> None:
    volume = make(world, VOLUME)
    assert query(f"query all resources where identifier = '{volume.id}'")
    services.delete(world, volume.id)
    assert query(f"query all resources where identifier = '{volume.id}'") == []


def test_a_bucket_is_known_by_its_ocid(world: World, query: Query) -> None:
    bucket = make(world, BUCKET, namespace=tenancy(world).namespace, name="logs")
    (found,) = query("query bucket resources return allAdditionalFields")
    assert found.identifier == bucket.body["bucketId"]
    assert found.additional_details["namespace"] == tenancy(world).namespace


def test_what_is_in_an_identity_domain_is_known_by_its_ocid(world: World, query: Query) -> None:
    body = {"displayName": "people", "homeRegion": ASHBURN, "licenseType": "free", "description": "of ours"}
    domain = make(world, "oci:Identity/domain:Domain", **body)
    member = {"displayName": "network", "idcsEndpoint": domain.body["url"]}
    make(world, "oci:Identity/domainsGroup:DomainsGroup", **member)
    (found,) = query("query group resources")
    assert (found.display_name, found.compartment_id) == ("network", OURS)
    assert found.identifier.startswith("ocid1.group.oc1..")


def test_what_lies_in_no_compartment_lies_where_its_parent_does(world: World, query: Query) -> None:
    compartment = make(world, COMPARTMENT, name="network")
    drg = make(world, DRG, compartmentId=compartment.id)
    vcn = make_vcn(world)
    services.create(
        world,
        "oci:Core/drgAttachment:DrgAttachment",
        region=ASHBURN,
        tenancy=tenancy(world),
        body={"drgId": drg.id, "networkDetails": {"type": "VCN", "id": vcn.id}},
    )
    (found,) = query(f"query DrgAttachment resources where compartmentId = '{compartment.id}'")
    assert found.resource_type == "DrgAttachment"


def test_the_newest_come_first_unless_another_order_is_asked_for(world: World, query: Query) -> None:
    for name, size in (("b", "100"), ("a", "50"), ("C", "9")):
        make(world, VOLUME, displayName=name, sizeInGbs=size)
    make(world, VOLUME)
    assert names(query("query volume resources"))[1:] == ["C", "a", "b"]
    assert names(query("query volume resources sorted by displayName asc")) == ["a", "b", "C", None]
    assert names(query("query volume resources sorted by sizeInGBs desc")) == ["b", "a", "C", None]


def test_what_is_on_the_way_says_so(world: World, query: Query) -> None:
    order_late_states(world, 3600)
    make(world, VOLUME)
    assert [each.lifecycle_state for each in query("query volume resources")] == ["PROVISIONING"]


def test_a_type_that_search_has_not_is_refused_and_one_that_it_does_not_index_is_absent(
    world: World, query: Query
) -> None:
    make(world, "oci:Redis/redisCluster:RedisCluster")
    assert "RedisCluster" not in {each.resource_type for each in query("query all resources")}
    with pytest.raises(oci.exceptions.ServiceError) as refused:
        query("query vcn, rediscluster resources")
    assert (refused.value.status, refused.value.code) == (400, "CannotParseRequest")
    assert refused.value.message == "Unknown resource type 'rediscluster'"


def test_a_text_is_looked_for_in_every_field_and_marked(world: World, client: Client) -> None:
    vcn = make_vcn(world)
    make_subnet(world, vcn, displayName="Front & back")
    asked = StructuredSearchDetails(query="query subnet resources matching 'front'", matching_context_type="HIGHLIGHTS")
    (found,) = client().search_resources(asked).data.items
    assert found.search_context.highlights == {"displayName": ["<h1>Front</h1> &amp; back"]}
    for text, types in (
        ("nowhere BACK", {"Subnet"}),
        (vcn.id, {"Vcn", "Subnet", "RouteTable", "SecurityList", "DHCPOptions", "DnsResolver"}),
    ):
        items = client().search_resources(FreeTextSearchDetails(text=text)).data.items
        assert {each.resource_type for each in items} == types
        assert {each.search_context for each in items} == {None}


def test_results_come_in_pages(world: World, client: Client) -> None:
    for number in range(5):
        make(world, VOLUME, displayName=str(number))
    asked = StructuredSearchDetails(query="query volume resources sorted by displayName asc")
    found = oci.pagination.list_call_get_all_results(client().search_resources, asked, limit=2)
    assert names(found.data) == ["0", "1", "2", "3", "4"]
    first = client().search_resources(asked, limit=2)
    assert first.has_next_page and names(first.data.items) == ["0", "1"]
    other = StructuredSearchDetails(query="query volume resources")
    for options in ({"page": first.next_page}, {"page": "x"}, {"limit": 0}, {"limit": 1001}, {"limit": "000019999999"}):
        with pytest.raises(oci.exceptions.ServiceError) as refused:
            client().search_resources(other, **options)
        assert (refused.value.status, refused.value.code) == (400, "InvalidParameter")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "MissingParameter"),
        (b"[]", 400, "InvalidParameter"),
        (b"{", 400, "InvalidParameter"),
        (b'{"type": "Structured"}', 400, "MissingParameter"),
        (b'{"type": "Other"}', 400, "InvalidParameter"),
        (b'{"type": "Structured", "query": 1}', 400, "InvalidParameter"),
        (b'{"type": "Structured", "query": "query"}', 400, "CannotParseRequest"),
        (
            b'{"type": "Structured", "query": "query vcn resources", "matchingContextType": "ALL"}',
            400,
            "InvalidParameter",
        ),
    ],
)
def test_a_body_that_is_no_search_is_refused(client: Client, body: bytes, status: int, code: str) -> None:
    base = client().base_client
    with pytest.raises(oci.exceptions.ServiceError) as refused:
        base.call_api(
            "/resources", "POST", header_params={"content-type": "application/json"}, body=body.decode() or None
        )
    assert (refused.value.status, refused.value.code) == (status, code)


def test_another_tenancy_or_region_is_refused(client: Client) -> None:
    asked = StructuredSearchDetails(query="query all resources")
    for search in (
        lambda: client().search_resources(asked, tenant_id=THEIRS),
        lambda: client("ap-tokyo-1").search_resources(asked),
        lambda: client().get_resource_type("rediscluster"),
    ):
        with pytest.raises(oci.exceptions.ServiceError) as refused:
            search()
        assert (refused.value.status, refused.value.code) == (404, "NotAuthorizedOrNotFound")
    assert client().search_resources(asked, tenant_id=OURS).status == 200


def test_types_are_listed_with_the_fields_that_a_query_may_name(client: Client, query: Query) -> None:
    listed = oci.pagination.list_call_get_all_results(client().list_resource_types, limit=100).data
    assert len(listed) == len({each.name for each in listed}) > 150
    security_list = client().get_resource_type("securitylist").data
    fields = {each.field_name: each for each in security_list.fields}
    assert fields["compartmentId"].field_type == "IDENTIFIER"
    assert fields["timeCreated"].field_type == "DATETIME"
    assert [each.field_name for each in fields["definedTags"].object_properties] == ["namespace", "key", "value"]
    rules = fields["ingressSecurityRules"]
    assert (rules.field_type, rules.is_array) == ("OBJECT", True)
    assert "isStateless" in {each.field_name for each in rules.object_properties if each.field_type == "BOOLEAN"}
    assert query(f"query {', '.join(each.name for each in listed)} resources return allAdditionalFields")
