"""Disaster recovery as the program declares it: both regions, associated; and nothing where there is one region."""

from infra.capacity import Assumptions, Capacity
from infra.recovery.grants import GRANTS
from infra.recovery.plans import PLANS
from infra.recovery.recovery import backup_schedule
from tests.unit.infra.recording import Recording, moved, recorded, run_program

KINDS = {"DrProtectionGroup", "DrPlan", "VolumeGroup"}


def production() -> Recording:
    """The program as us-prod runs it, in both regions."""
    return recorded("us-prod")


def test_each_region_has_a_group_and_the_primary_names_the_other() -> None:
    primary, standby = (production().one("DrProtectionGroup", f"recovery-{key}") for key in ("iad", "phx"))
    assert primary.inputs["association"] == {
        "role": "PRIMARY",
        "peerId": production().id_of("DrProtectionGroup", "recovery-phx"),
        "peerRegion": "us-phoenix-1",
    }
    assert "association" not in standby.inputs
    assert standby.ignored_changes == ("association",)
    assert "us-ashburn-1" in primary.provider
    assert "us-phoenix-1" in standby.provider


def test_plans_stand_in_the_standbys_region_after_the_association() -> None:
    plans = production().of("DrPlan")
    assert sorted(each.inputs["type"] for each in plans) == sorted(PLANS)
    group = production().one("DrProtectionGroup", "recovery-iad")
    for each in plans:
        assert each.inputs["drProtectionGroupId"] == production().id_of("DrProtectionGroup", "recovery-phx")
        assert "us-phoenix-1" in each.provider
        assert group.urn in each.dependencies


def test_the_cluster_is_backed_up_into_the_other_region() -> None:
    member, _ = production().one("DrProtectionGroup", "recovery-iad").inputs["members"]
    assert (member["memberType"], member["memberId"], member["peerClusterId"]) == (
        "OKE_CLUSTER",
        production().id_of("Cluster", "cluster-iad"),
        production().id_of("Cluster", "cluster-phx"),
    )
    bucket = production().one("Bucket", "recovery-phx")
    assert member["backupLocation"] == {"namespace": "statesideus", "bucket": bucket.inputs["name"]}
    assert "us-phoenix-1" in bucket.provider


def test_what_is_restored_goes_into_the_standbys_cluster_which_is_a_member_too() -> None:
    (member,) = production().one("DrProtectionGroup", "recovery-phx").inputs["members"]
    assert (member["memberId"], member["peerClusterId"]) == (
        production().id_of("Cluster", "cluster-phx"),
        production().id_of("Cluster", "cluster-iad"),
    )
    assert member["backupLocation"]["bucket"] == production().one("Bucket", "recovery-phx").inputs["name"]
    assert "backupConfig" not in member
    assert {each["id"] for each in member["managedNodePoolConfigs"]} == {
        production().id_of("NodePool", f"nodes-phx-{pool}") for pool in ("cpu", "gpu")
    }


def test_recovery_makes_volumes_by_the_one_call_that_turns_a_replica_into_them() -> None:
    made = [grant for grant in GRANTS if "VOLUME_CREATE" in grant.does]
    assert [(grant.system, grant.data_class, grant.conditions) for grant in made] == [
        ("training", None, ("request.operation = 'CreateVolumeGroup'",))
    ]
    assert {"VOLUME_GROUP_CREATE", "VOLUME_GROUP_INSPECT", "VOLUME_CREATE", "VOLUME_WRITE"} <= set(made[0].does)


def test_the_recovery_point_says_how_often_clusters_are_backed_up() -> None:
    def every(minutes: int) -> str:
        return backup_schedule(Capacity(1, 2, Assumptions(recovery_point_minutes=minutes)))

    assert (every(30), every(60), every(180), every(2880)) == (
        "FREQ=HOURLY;INTERVAL=1",
        "FREQ=HOURLY;INTERVAL=1",
        "FREQ=HOURLY;INTERVAL=3",
        "FREQ=HOURLY;INTERVAL=24",
    )


def test_the_head_nodes_disk_has_a_replica_under_the_other_regions_key() -> None:
    group = production().one("VolumeGroup").inputs
    (replica,) = group["volumeGroupReplicas"]
    assert replica["xrrKmsKeyId"] == production().id_of("Key", "vault-phx-volumes")
    assert group["sourceDetails"]["volumeIds"] == ["ocid1.bootvolume.oc1.iad.training-iad"]
    assert group["availabilityDomain"] == production().one("Instance", "training-iad").inputs["availabilityDomain"]
    _, member = production().one("DrProtectionGroup", "recovery-iad").inputs["members"]
    assert member["memberId"] == production().id_of("VolumeGroup")
    assert member["commonDestinationKey"]["vaultId"] == production().id_of("Vault", "vault-phx")


def test_where_there_is_one_region_nothing_recovers() -> None:
    assert not [each for each in recorded("rehearsal").resources if each.kind in KINDS]
    alone = run_program("us-staging", moved("us-staging", "us-phoenix-1"))
    assert not [each for each in alone.resources if each.kind in KINDS]
