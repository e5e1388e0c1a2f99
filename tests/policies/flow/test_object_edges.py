"""Buckets that answer to whoever has an address, and copies into a bucket of another stack."""

import pytest

from policies.core import UNKNOWN, Plain
from policies.flow.builders.objects import objects
from tests.policies.flow.edges import Built
from tests.policies.flow.kit import Ref, Sample, tags

BUCKET, REQUEST, REPLICATION = "ObjectStorage/bucket", "ObjectStorage/preauthrequest", "ObjectStorage/replicationPolicy"
READS = {
    "bucket lake → pre-authenticated request link",
    "pre-authenticated request link → whoever has the address",
}
COPIES = {"replication policy copying → a bucket that isn't declared here"}


def lake() -> Sample:
    return Sample().add(BUCKET, "lake", name="prod-lake", definedTags=tags("model"))


@pytest.mark.parametrize(
    ("properties", "edges"),
    [
        ({"accessType": "ObjectRead"}, READS),
        ({"accessType": "AnyObjectReadWrite"}, READS),
        ({"accessType": UNKNOWN}, READS),
        ({"accessType": {"any": "ObjectWrite"}}, READS),
        ({}, READS),
        ({"accessType": "ObjectWrite"}, set()),
        ({"accessType": "AnyObjectWrite"}, set()),
        ({"accessType": "AnyObjectWrite", "bucketListingAction": "Deny"}, set()),
        ({"accessType": "AnyObjectWrite", "bucketListingAction": ""}, set()),
        # Who may list what is in a bucket reads its names.
        ({"accessType": "AnyObjectWrite", "bucketListingAction": "ListObjects"}, READS),
        ({"accessType": "AnyObjectWrite", "bucketListingAction": UNKNOWN}, READS),
    ],
)
def test_whoever_has_the_address_of_a_request_reads_unless_it_only_writes(
    properties: dict[str, Plain], edges: set[str]
) -> None:
    built = Built(lake().add(REQUEST, "link", bucket=Ref("lake"), **properties), objects)
    assert built.edges == edges
    assert [rule for rule, _ in built.breaks.values()] == ["exposure"] * bool(edges)


def test_a_request_that_only_writes_hides_no_other() -> None:
    stack = lake().add(REQUEST, "drop", bucket=Ref("lake"), accessType="ObjectWrite")
    assert Built(stack.add(REQUEST, "link", bucket=Ref("lake"), accessType="ObjectRead"), objects).edges == READS


def test_a_request_for_a_bucket_of_another_stack_is_a_way_out_of_the_request_alone() -> None:
    assert Built(Sample().add(REQUEST, "link", bucket="prod-lake", accessType="ObjectRead"), objects).edges == {
        "pre-authenticated request link → whoever has the address"
    }


@pytest.mark.parametrize(
    ("region", "target", "edges"),
    [
        ("us-phoenix-1", "elsewhere", COPIES),
        ("us-phoenix-1", "prod-lake", set()),
        ("us-phoenix-1", Ref("lake"), set()),
        ("us-phoenix-1", None, set()),
        # A region that isn't ours, or isn't known, is the catalogue's to find.
        ("eu-frankfurt-1", "elsewhere", set()),
        (UNKNOWN, "elsewhere", set()),
    ],
)
def test_a_copy_in_our_regions_goes_to_a_bucket_of_the_stack_or_out(
    region: Plain, target: Plain | Ref, edges: set[str]
) -> None:
    stack = lake().add(REPLICATION, "copying", bucket=Ref("lake"))
    built = Built(stack.change("copying", destinationRegionName=region, destinationBucketName=target), objects)
    assert built.edges == edges
    assert [rule for rule, _ in built.breaks.values()] == ["replication"] * bool(edges)
