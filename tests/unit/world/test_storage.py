"""How storage, keys and IAM objects behave: names, replicas, endpoints."""

from typing import Any

import pytest

from rehearsal.world import Resource, ServiceError, World
from rehearsal.world import service as services
from tests.unit.world.small import (
    ASHBURN,
    BACKUP_POLICY,
    BUCKET,
    FRANKFURT,
    KEY,
    PHOENIX,
    POLICY,
    REPLICATION,
    TAG,
    TAG_NAMESPACE,
    VAULT,
    change,
    make,
    tenancy,
)

NAMESPACE = "statesideus"


def bucket(world: World, name: str, region: str = ASHBURN) -> Resource:
    return make(world, BUCKET, region=region, namespace=NAMESPACE, name=name)


def replicate(world: World, source: str, to: str, region: str, name: str = "copy") -> Resource:
    body = {"namespace": NAMESPACE, "bucket": source, "name": name}
    return services.create(
        world,
        REPLICATION,
        region=ASHBURN,
        tenancy=tenancy(world),
        body=body | {"destinationRegionName": region, "destinationBucketName": to},
    )


def test_a_bucket_is_named_as_oracle_names_it_and_private_by_default(world: World) -> None:
    made = bucket(world, "lake")
    assert made.shown_id == f"n/{NAMESPACE}/b/lake"
    assert made.body["bucketId"].startswith("ocid1.bucket.oc1.iad.")
    assert (made.body["accessType"], made.body["versioning"]) == ("NoPublicAccess", "Disabled")


def test_a_bucket_name_is_free_in_another_region_and_taken_in_this_one(world: World) -> None:
    first, second = bucket(world, "lake"), bucket(world, "lake", PHOENIX)
    assert first.shown_id == second.shown_id
    assert first.id != second.id
    with pytest.raises(ServiceError, match="has this already"):
        bucket(world, "lake")
    services.delete(world, first.id)
    assert world.get(second.id) == second


def test_a_bucket_lies_in_our_own_namespace(world: World) -> None:
    with pytest.raises(ServiceError, match="namespace: globalvideo is not the tenancy's statesideus"):
        make(world, BUCKET, namespace="globalvideo", name="lake")


@pytest.mark.parametrize("region", [PHOENIX, FRANKFURT])
def test_a_replication_policy_closes_its_destination_until_it_goes(world: World, region: str) -> None:
    source, destination = bucket(world, "lake"), bucket(world, "copy", region)

    def marks() -> tuple[Any, Any]:
        ends = [world.get(end.id) for end in (source, destination)]
        assert ends[0]
        assert ends[1]
        return ends[0].body["replicationEnabled"], ends[1].body["isReadOnly"]

    assert marks() == (False, False)
    policy = replicate(world, "lake", "copy", region)
    assert policy.shown_id.startswith(f"n/{NAMESPACE}/b/lake/replicationPolicies/")
    assert marks() == (True, True)
    services.delete(world, policy.id)
    assert marks() == (False, False)


def test_replication_needs_a_source_a_destination_and_a_subscription_and_is_one_a_bucket(world: World) -> None:
    bucket(world, "lake")
    bucket(world, "copy", PHOENIX)
    for arguments, sentence in (
        (("nothing", "copy", PHOENIX), "bucket nothing in us-ashburn-1"),
        (("lake", "nothing", PHOENIX), "bucket nothing in us-phoenix-1"),
        (("lake", "copy", "uk-london-1"), "destinationRegionName: the tenancy is not subscribed to uk-london-1"),
    ):
        with pytest.raises(ServiceError, match=sentence):
            replicate(world, *arguments)
    replicate(world, "lake", "copy", PHOENIX)
    with pytest.raises(ServiceError, match="lake has a replication policy already"):
        replicate(world, "lake", "copy", PHOENIX, name="second")


def test_a_backup_policy_copies_to_a_region_that_the_tenancy_is_subscribed_to(world: World) -> None:
    assert make(world, BACKUP_POLICY)
    assert make(world, BACKUP_POLICY, destinationRegion=FRANKFURT)
    with pytest.raises(ServiceError, match="the tenancy is not subscribed to uk-london-1"):
        make(world, BACKUP_POLICY, destinationRegion="uk-london-1")


def test_a_key_lives_in_the_vault_whose_endpoint_it_names(world: World) -> None:
    vault = make(world, VAULT, displayName="v", vaultType="DEFAULT")
    assert vault.body["managementEndpoint"].endswith("-management.kms.us-ashburn-1.oraclecloud.com")
    assert vault.body["cryptoEndpoint"].endswith("-crypto.kms.us-ashburn-1.oraclecloud.com")
    endpoint = vault.body["managementEndpoint"]
    key = make(world, KEY, displayName="k", managementEndpoint=endpoint, keyShape={"algorithm": "AES", "length": 32})
    assert (key.body["vaultId"], key.state) == (vault.id, "ENABLED")
    assert key.body["currentKeyVersion"].startswith("ocid1.keyversion.oc1.iad.")
    with pytest.raises(ServiceError, match="no vault in us-phoenix-1 has this endpoint"):
        make(
            world,
            KEY,
            region=PHOENIX,
            displayName="k",
            managementEndpoint=endpoint,
            keyShape={"algorithm": "AES", "length": 32},
        )


def test_only_a_private_vault_can_be_replicated(world: World) -> None:
    for kind, replicable in (("DEFAULT", False), ("VIRTUAL_PRIVATE", True)):
        vault = make(world, VAULT, displayName=kind, vaultType=kind)
        assert vault.body["isVaultReplicable"] is replicable


def test_iam_objects_lie_in_no_region_and_tags_have_identifiers_of_their_own(world: World) -> None:
    namespace = make(world, TAG_NAMESPACE, name="ns", description="d")
    tag = make(world, TAG, tagNamespaceId=namespace.id, name="Key", description="d")
    assert tag.id.startswith("ocid1.tagdefinition.oc1..")
    assert (tag.region, namespace.region, namespace.body["isRetired"]) == ("", "", False)
    assert namespace.id.startswith("ocid1.tagnamespace.oc1..")


def test_a_policy_needs_a_statement(world: World) -> None:
    with pytest.raises(ServiceError, match="statements: is required and not given"):
        change(world, make(world, POLICY, name="p", description="d", statements=["s"]), statements=[])


def test_the_destination_of_a_replication_is_not_deleted(world: World) -> None:
    for region in (ASHBURN, PHOENIX):
        make(world, BUCKET, region=region, namespace="statesideus", name="models")
    ends = {"bucket": "models", "destinationBucketName": "models", "destinationRegionName": PHOENIX}
    policy = make(world, REPLICATION, namespace="statesideus", name="copy", **ends)
    source, replica = (world.find(BUCKET, region=region, fields={"name": "models"})[0] for region in (ASHBURN, PHOENIX))
    with pytest.raises(ServiceError, match="models is the destination of a replication; end that first"):
        services.delete(world, replica.id)
    services.delete(world, policy.id)
    services.delete(world, replica.id)
    services.delete(world, source.id)
