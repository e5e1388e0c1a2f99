"""How clusters, builds, training and disaster recovery behave: what fits together, and what is refused."""

from typing import Any

import pytest

from rehearsal.world import Resource, ServiceError, World
from rehearsal.world import service as services
from rehearsal.world.behaviour.places import availability_domains
from rehearsal.world.seed import IMAGE
from tests.unit.world.small import (
    ASHBURN,
    BUCKET,
    INSTANCE,
    KEY,
    OURS,
    PHOENIX,
    VAULT,
    make,
    make_subnet,
    make_vcn,
    tenancy,
)

CLUSTER, POOL, ADDON = (
    f"oci:ContainerEngine/{each}" for each in ("cluster:Cluster", "nodePool:NodePool", "addon:Addon")
)
NLB, BACKENDS, LISTENER = (
    f"oci:NetworkLoadBalancer/{each}"
    for each in ("networkLoadBalancer:NetworkLoadBalancer", "backendSet:BackendSet", "listener:Listener")
)
CACHE = "oci:Redis/redisCluster:RedisCluster"
CONFIGURATION = "oci:Core/instanceConfiguration:InstanceConfiguration"
LUSTRE = "oci:Lustre/fileStorageLustreFileSystem:FileStorageLustreFileSystem"
GROUP, PLAN = "oci:DisasterRecovery/drProtectionGroup:DrProtectionGroup", "oci:DisasterRecovery/drPlan:DrPlan"
VOLUMES = "oci:Core/volumeGroup:VolumeGroup"
HERE, THERE = (availability_domains(OURS, region)[0] for region in (ASHBURN, PHOENIX))


def cluster(world: World, subnet: Resource, **body: Any) -> Resource:
    asked = {
        "compartmentId": OURS,
        "name": "c",
        "vcnId": subnet.body["vcnId"],
        "kubernetesVersion": "v1.33.1",
        "type": "ENHANCED_CLUSTER",
        "endpointConfig": {"subnetId": subnet.id},
    }
    return services.create(world, CLUSTER, region=ASHBURN, tenancy=tenancy(world), body=asked | body)


def key(world: World, algorithm: str) -> Resource:
    vault = make(world, VAULT, displayName=algorithm, vaultType="DEFAULT")
    endpoint = vault.body["managementEndpoint"]
    shape = {"algorithm": algorithm, "length": 32}
    return make(world, KEY, displayName=algorithm, managementEndpoint=endpoint, keyShape=shape)


def image(world: World, name: str) -> str:
    return next(r.id for r in world.find(IMAGE, region=ASHBURN) if name in r.body["displayName"])


def test_secrets_take_a_symmetric_key_and_signatures_an_asymmetric_one(world: World) -> None:
    subnet = make_subnet(world, make_vcn(world))
    aes, rsa = key(world, "AES").id, key(world, "RSA").id
    signed = {"isPolicyEnabled": True, "keyDetails": [{"kmsKeyId": rsa}]}
    made = cluster(world, subnet, kmsKeyId=aes, imagePolicyConfig=signed)
    assert made.body["endpoints"][0]["privateEndpoint"].endswith(".clusters.us-ashburn-1.oci.oraclecloud.com:6443")
    with pytest.raises(ServiceError, match="kmsKeyId: the key must be an AES key"):
        cluster(world, subnet, kmsKeyId=rsa)
    with pytest.raises(ServiceError, match=r"imagePolicyConfig.keyDetails.kmsKeyId: the key must be an RSA key"):
        cluster(world, subnet, imagePolicyConfig={"keyDetails": [{"kmsKeyId": aes}]})


def test_a_clusters_endpoint_is_in_its_vcn(world: World) -> None:
    subnet, other = make_subnet(world, make_vcn(world)), make_vcn(world, "10.129.0.0/16")
    with pytest.raises(ServiceError, match="the subnet is not in the cluster's VCN"):
        cluster(world, subnet, vcnId=other.id)


def test_only_an_enhanced_cluster_has_add_ons(world: World) -> None:
    subnet = make_subnet(world, make_vcn(world))
    make(world, ADDON, clusterId=cluster(world, subnet).id, addonName="ClusterAutoscaler")
    with pytest.raises(ServiceError, match="only an enhanced cluster has add-ons"):
        make(world, ADDON, clusterId=cluster(world, subnet, type="BASIC_CLUSTER").id, addonName="ClusterAutoscaler")


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"kubernetesVersion": "v1.32.1"}, "is no image for nodes of Kubernetes v1.32.1"),
        ({"nodeShapeConfig": None}, "needs ocpus and memoryInGbs"),
        ({"placementConfigs": THERE}, "is not one of"),
    ],
)
def test_nodes_fit_their_cluster(world: World, wrong: dict[str, Any], because: str) -> None:
    subnet = make_subnet(world, make_vcn(world))
    domain = wrong.pop("placementConfigs", HERE)
    asked = {
        "clusterId": cluster(world, subnet).id,
        "kubernetesVersion": "v1.33.1",
        "nodeShape": "VM.Standard.E5.Flex",
        "nodeShapeConfig": {"ocpus": 1},
        "nodeSourceDetails": {"imageId": image(world, "OKE-1.33.1")},
        "nodeConfigDetails": {"placementConfigs": [{"availabilityDomain": HERE, "subnetId": subnet.id}]},
    }
    make(world, POOL, **asked)
    placed = {"nodeConfigDetails": {"placementConfigs": [{"availabilityDomain": domain, "subnetId": subnet.id}]}}
    with pytest.raises(ServiceError, match=because):
        make(world, POOL, **asked | placed | wrong)


def test_a_listener_needs_its_backend_set(world: World) -> None:
    subnet = make_subnet(world, make_vcn(world), "10.128.0.0/24")
    balancer = make(world, NLB, subnetId=subnet.id, isPrivate=True)
    assert balancer.body["ipAddresses"] == [{"ipAddress": "10.128.0.253", "isPublic": False}]
    asked = {"networkLoadBalancerId": balancer.id, "name": "l", "defaultBackendSetName": "b"}
    with pytest.raises(ServiceError, match="the network load balancer has no backend set b"):
        make(world, LISTENER, **asked)
    make(world, BACKENDS, networkLoadBalancerId=balancer.id, name="b")
    make(world, LISTENER, **asked)


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"shardCount": 4}, "shardCount: 4 is not an odd number"),
        ({"clusterMode": "NONSHARDED"}, "only a sharded cluster has shards"),
        ({"nodeMemoryInGbs": 501}, "nodeMemoryInGbs: is 501"),
        ({"shardCount": 99}, "at most 100 nodes"),
    ],
)
def test_a_cache_has_sizes_that_the_service_has(world: World, wrong: dict[str, Any], because: str) -> None:
    asked = {"displayName": "c", "clusterMode": "SHARDED", "shardCount": 11, "nodeCount": 3, "nodeMemoryInGbs": 180}
    make(world, CACHE, **asked)
    with pytest.raises(ServiceError, match=because):
        make(world, CACHE, **asked | wrong)


def test_only_machines_with_rdma_form_a_cluster_network(world: World) -> None:
    def network(shape: str) -> Resource:
        details = {"launchDetails": {"shape": shape}}
        configuration = make(world, CONFIGURATION, instanceDetails=details)
        pool = {"instanceConfigurationId": configuration.id, "size": 2}
        placement = {"availabilityDomain": HERE}
        return make(
            world, "oci:Core/clusterNetwork:ClusterNetwork", instancePools=[pool], placementConfiguration=placement
        )

    assert network("BM.GPU.H100.8").state == "RUNNING"
    with pytest.raises(ServiceError, match=r"machines of the shape VM.GPU.A10.1 have no cluster network"):
        network("VM.GPU.A10.1")


@pytest.mark.parametrize("capacity", [31_199, 31_201, 20_800, 135_200])
def test_lustre_has_certain_capacities(world: World, capacity: int) -> None:
    asked = {"availabilityDomain": HERE, "fileSystemName": "training"}
    for fitting in (31_200, 41_600, 124_800, 166_400):
        make(world, LUSTRE, **asked, capacityInGbs=fitting)
    with pytest.raises(ServiceError, match=f"capacityInGbs: {capacity} is no capacity that Lustre has"):
        make(world, LUSTRE, **asked, capacityInGbs=capacity)


def test_a_stage_follows_one_of_its_own_pipeline(world: World) -> None:
    project = make(world, "oci:DevOps/project:Project", name="p")
    first, second = (
        make(world, "oci:DevOps/buildPipeline:BuildPipeline", projectId=project.id, displayName=name) for name in "ab"
    )

    def stage(after: str) -> Resource:
        before = {"items": [{"id": after}]}
        asked = {"buildPipelineId": first.id, "buildPipelineStagePredecessorCollection": before}
        return make(world, "oci:DevOps/buildPipelineStage:BuildPipelineStage", **asked)

    stage(stage(first.id).id)
    with pytest.raises(ServiceError, match="is not of this pipeline"):
        stage(second.id)


def group(world: World, region: str, **body: Any) -> Resource:
    location = {"namespace": "statesideus", "bucket": "recovery"}
    return make(world, GROUP, region=region, displayName="recovery", logLocation=location, **body)


def associated(world: World) -> tuple[Resource, Resource]:
    for region in (ASHBURN, PHOENIX):
        make(world, BUCKET, region=region, namespace="statesideus", name="recovery")
    standby = group(world, PHOENIX)
    association = {"role": "PRIMARY", "peerId": standby.id, "peerRegion": PHOENIX}
    return group(world, ASHBURN, association=association), standby


def test_two_protection_groups_are_associated_until_one_goes(world: World) -> None:
    primary, standby = associated(world)
    there = world.get(standby.id)
    assert there
    assert (there.body["role"], there.body["peerId"], there.body["peerRegion"]) == ("STANDBY", primary.id, ASHBURN)
    with pytest.raises(ServiceError, match="has a peer already"):
        group(world, ASHBURN, association={"role": "PRIMARY", "peerId": standby.id, "peerRegion": PHOENIX})
    services.delete(world, primary.id)
    left = world.get(standby.id)
    assert left
    assert left.body["role"] == "UNCONFIGURED"
    assert "peerId" not in left.body


def test_a_protection_group_needs_its_bucket(world: World) -> None:
    with pytest.raises(ServiceError, match="logLocation: bucket recovery in us-ashburn-1"):
        group(world, ASHBURN)


def test_plans_stand_with_the_standby(world: World) -> None:
    primary, standby = associated(world)
    make(world, PLAN, region=PHOENIX, drProtectionGroupId=standby.id)
    with pytest.raises(ServiceError, match="a plan is made in the protection group that is the standby"):
        make(world, PLAN, drProtectionGroupId=primary.id)


def test_a_volume_groups_replica_is_in_another_region_of_ours(world: World) -> None:
    subnet = make_subnet(world, make_vcn(world))
    vnic = {"createVnicDetails": {"subnetId": subnet.id}}
    machine = make(world, INSTANCE, availabilityDomain=HERE, shape="BM.GPU.H100.8", **vnic)

    def volumes(domain: str, replica: str) -> Resource:
        source = {"type": "volumeIds", "volumeIds": [machine.body["bootVolumeId"]]}
        copies = [{"availabilityDomain": replica}]
        return make(world, VOLUMES, availabilityDomain=domain, sourceDetails=source, volumeGroupReplicas=copies)

    volumes(HERE, THERE)
    with pytest.raises(ServiceError, match="is in no other region of ours"):
        volumes(HERE, HERE)
    with pytest.raises(ServiceError, match="is in another availability domain"):
        volumes(availability_domains(OURS, ASHBURN)[1], THERE)
