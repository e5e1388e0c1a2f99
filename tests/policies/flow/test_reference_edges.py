"""References: data goes between a resource and what it names, in the direction that the table gives."""

import pytest

from policies.flow.builders.references import references
from tests.policies.flow.edges import Built
from tests.policies.flow.kit import Ref, Sample, tags

BUCKET = "ObjectStorage/bucket"


def buckets() -> Sample:
    stack = Sample().add(BUCKET, "lake", definedTags=tags("us-user"))
    return stack.add(BUCKET, "copy", definedTags=tags("operational"))


@pytest.mark.parametrize("known", [True, False])
def test_data_goes_both_ways_unless_the_table_gives_one(known: bool) -> None:
    stack = buckets()
    stack.add("Nobody/knows", "it", bucket=Ref("lake"))
    stack.add("ObjectStorage/replicationPolicy", "copying", bucket=Ref("lake"), destinationBucketName=Ref("copy"))
    stack.add("ObjectStorage/preauthrequest", "link", bucket=Ref("lake"))
    built = Built(stack, references, known=known)
    assert built.edges == {
        "knows it → bucket lake",
        "bucket lake → knows it",
        "bucket lake → replication policy copying",
        "replication policy copying → bucket copy",
    }
    # What has no edge is a node all the same.
    assert built.node("pre-authenticated request link")


def test_an_argument_of_a_kind_with_directions_that_has_none_leads_both_ways() -> None:
    built = Built(buckets().add("Functions/function", "f", image="here", config=Ref("lake")), references)
    assert built.edges == {"function f → bucket lake", "bucket lake → function f"}


def test_what_is_inert_neither_names_nor_is_named() -> None:
    stack = buckets().add("Kms/key", "key", bucket=Ref("lake"))
    built = Built(stack.change("copy", kmsKeyId=Ref("key"), vcn=Ref("net")).add("Core/vcn", "net"), references)
    assert built.edges == set()
    assert {node.words for node in built.graph.nodes} == {"bucket lake", "bucket copy"}


def test_what_is_recorded_becomes_operational_and_what_is_copied_into_a_store_does_not() -> None:
    stack = buckets().add("Logging/log", "log", configuration={"resource": Ref("lake")})
    built = Built(stack.change("copy", sources=[Ref("lake")]), references)
    assert built.edges == {
        "bucket lake → (log)",
        "(log) → log log",
        "bucket copy → bucket lake",
        "bucket lake → bucket copy",
    }
