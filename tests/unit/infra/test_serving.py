"""The serving system as the program declares it: private, under our keys, as large as the users ask for."""

import pytest

from infra.capacity import Capacity
from infra.iam import Grant
from infra.network import Role
from infra.serving.grants import GRANTS
from infra.serving.node_images import newest_node_image
from infra.systems import System
from tests.unit.infra.recording import Declared, Recording, configured


def capacity_of(program: Recording) -> Capacity:
    """What the stack's users ask for."""
    config = configured(program.stack)
    return Capacity(config["stateside:users"], len(config["stateside:regions"]))


def attached(program: Recording, role: Role) -> tuple[str, str]:
    """A role's subnet and security group."""
    return program.id_of("Subnet", f"-{role}"), program.id_of("NetworkSecurityGroup", f"-{role}")


def cluster(program: Recording) -> Declared:
    return program.one("Cluster", f"cluster-{program.key}")


def pool(program: Recording, name: str) -> Declared:
    return program.one("NodePool", f"-{name}")


def test_the_clusters_api_has_a_private_endpoint_in_its_own_subnet(program: Recording) -> None:
    subnet, group = attached(program, Role.SERVING_API)
    endpoint = {"isPublicIpEnabled": False, "subnetId": subnet, "nsgIds": [group]}
    assert cluster(program).inputs["endpointConfig"] == endpoint
    assert cluster(program).inputs["vcnId"] == program.id_of("Vcn", f"-{Role.SERVING_API.vcn}")


def test_the_cluster_is_an_enhanced_one_whose_pods_have_addresses_of_the_vcn(program: Recording) -> None:
    inputs = cluster(program).inputs
    assert inputs["type"] == "ENHANCED_CLUSTER"
    assert inputs["clusterPodNetworkOptions"] == [{"cniType": "OCI_VCN_IP_NATIVE"}]


def test_secrets_are_under_our_key_and_only_images_that_we_signed_run(program: Recording) -> None:
    inputs = cluster(program).inputs
    assert inputs["kmsKeyId"] == program.id_of("Key", "-secrets")
    signed = {"isPolicyEnabled": True, "keyDetails": [{"kmsKeyId": program.id_of("Key", "-signatures")}]}
    assert inputs["imagePolicyConfig"] == signed


def test_what_the_cluster_makes_by_itself_is_private_and_tagged(program: Recording) -> None:
    options = cluster(program).inputs["options"]
    assert options["serviceLbSubnetIds"] == [attached(program, Role.SERVING_BALANCERS)[0]]
    for made in ("serviceLbConfig", "persistentVolumeConfig"):
        assert options[made]["definedTags"][f"stateside-{program.stack}.DataClass"] == "us-user"


def test_there_are_two_pools_as_large_as_the_users_ask_for(program: Recording) -> None:
    capacity = capacity_of(program)
    cpu, gpu = pool(program, "cpu").inputs, pool(program, "gpu").inputs
    assert len(program.of("NodePool")) == 2
    assert cpu["nodeConfigDetails"]["size"] == capacity.serving_nodes
    size = {"ocpus": capacity.serving_node_ocpus, "memoryInGbs": capacity.serving_node_memory_gb}
    assert (cpu["nodeShape"], cpu["nodeShapeConfig"]) == ("VM.Standard.E5.Flex", size)
    assert (gpu["nodeShape"], gpu["nodeConfigDetails"]["size"]) == (capacity.gpu_shape.name, capacity.gpu_nodes)
    assert "nodeShapeConfig" not in gpu


@pytest.mark.parametrize("name", ["cpu", "gpu"])
def test_nodes_are_spread_over_all_domains_under_our_key(program: Recording, name: str) -> None:
    details = pool(program, name).inputs["nodeConfigDetails"]
    subnet, group = attached(program, Role.SERVING_NODES)
    placed = [(each["availabilityDomain"], each["subnetId"]) for each in details["placementConfigs"]]
    assert placed == [(f"bEGV:US-ASHBURN-AD-{number}", subnet) for number in (1, 2, 3)]
    assert details["nsgIds"] == [group]
    assert details["kmsKeyId"] == program.id_of("Key", "-volumes")
    pods_subnet, pods_group = attached(program, Role.SERVING_PODS)
    pods = details["nodePoolPodNetworkOptionDetails"]
    assert (pods["podSubnetIds"], pods["podNsgIds"]) == ([pods_subnet], [pods_group])


def test_volumes_are_encrypted_in_transit_where_the_shape_leaves_the_choice(program: Recording) -> None:
    for each in program.of("NodePool"):
        virtual = each.inputs["nodeShape"].startswith("VM.")
        assert each.inputs["nodeConfigDetails"].get("isPvEncryptionInTransitEnabled") is (virtual or None)


def test_only_gpu_nodes_boot_an_image_with_gpu_drivers(program: Recording) -> None:
    images = {name: pool(program, name).inputs["nodeSourceDetails"]["imageId"] for name in ("cpu", "gpu")}
    key = program.key
    assert images == {"cpu": f"ocid1.image.oc1.{key}.node", "gpu": f"ocid1.image.oc1.{key}.nodeGen2-GPU-"}


def test_the_autoscaler_keeps_each_pool_between_its_share_and_everybody(program: Recording) -> None:
    capacity = capacity_of(program)
    addon = program.one("Addon").inputs
    arguments = {each["key"]: each["value"] for each in addon["configurations"]}
    cpu = f"{capacity.serving_nodes}:{capacity.serving_nodes_most}:{program.id_of('NodePool', '-cpu')}"
    gpu = f"{capacity.gpu_nodes}:{capacity.gpu_nodes_most}:{program.id_of('NodePool', '-gpu')}"
    assert addon["addonName"] == "ClusterAutoscaler"
    assert arguments["nodes"] == f"{cpu}, {gpu}"
    assert pool(program, "cpu").ignored_changes == ("nodeConfigDetails.size", "nodeSourceDetails.imageId")


def test_there_are_as_many_gateways_as_the_load_needs_and_one_of_them_is_a_machine_of_its_own(
    program: Recording,
) -> None:
    wanted = capacity_of(program).gateway_nodes
    pools = [each.inputs for each in program.resources if each.kind == "InstancePool" and "gateways" in each.name]
    assert 1 + sum(each["size"] for each in pools) == wanted
    assert len(pools) == (1 if wanted > 1 else 0)


def test_gateways_of_the_pool_are_as_the_first_one(production: Recording) -> None:
    launch = production.one("InstanceConfiguration", "gateways-iad").inputs["instanceDetails"]["launchDetails"]
    first = production.one("Instance", "serving-iad").inputs
    same = (
        "shape",
        "shapeConfig",
        "instanceOptions",
        "platformConfig",
        "isPvEncryptionInTransitEnabled",
        "definedTags",
    )
    for name in same:
        assert launch[name] == first[name], name
    assert launch["sourceDetails"]["kmsKeyId"] == production.id_of("Key", "-volumes")
    assert launch["createVnicDetails"]["assignPublicIp"] is False
    assert launch["createVnicDetails"]["subnetId"] == first["createVnicDetails"]["subnetId"]


def test_gateways_stand_behind_one_private_address(program: Recording) -> None:
    balancer = program.one("NetworkLoadBalancer", f"gateways-{program.key}")
    assert balancer.inputs["isPrivate"] is True
    assert balancer.inputs["subnetId"] == attached(program, Role.SERVING)[0]
    assert program.one("Listener", f"gateways-{program.key}-8443").inputs["port"] == 8443
    first = program.one("Backend", "-first").inputs
    assert first["targetId"] == program.id_of("Instance", f"serving-{program.key}")


def test_the_pool_puts_its_machines_behind_the_same_address(production: Recording) -> None:
    (attachment,) = production.one("InstancePool", "gateways-iad").inputs["loadBalancers"]
    assert attachment["loadBalancerId"] == production.id_of("NetworkLoadBalancer", "gateways-iad")
    assert attachment["backendSetName"] == production.one("BackendSet", "gateways-iad-8443").inputs["name"]


def test_the_cache_has_the_shards_that_it_needs_and_no_copy_elsewhere(program: Recording) -> None:
    capacity, cache = capacity_of(program), program.one("RedisCluster").inputs
    assert cache["clusterMode"] == ("SHARDED" if capacity.cache_shards else "NONSHARDED")
    assert cache.get("shardCount", 0) == capacity.cache_shards
    assert (cache["nodeCount"], cache["nodeMemoryInGbs"]) == (capacity.cache_nodes, capacity.cache_node_memory_gb)
    assert (cache["subnetId"], cache["nsgIds"]) == (
        attached(program, Role.SERVING_CACHE)[0],
        [attached(program, Role.SERVING_CACHE)[1]],
    )
    assert "primaryClusterId" not in cache


def test_serving_reads_objects_of_the_model_registry_and_nothing_else() -> None:
    def reaches_objects(grant: Grant) -> bool:
        named = () if isinstance(grant.does, str) else grant.does
        return grant.what in ("objects", "object-family") or any(each.startswith("OBJECT_") for each in named)

    objects = [grant for grant in GRANTS if reaches_objects(grant)]
    assert [(each.does, each.system, each.data_class) for each in objects] == [("read", System.DATA, "model")]
    assert objects[0].bucket and objects[0].bucket.name == "models"


class Source:
    """One image that Oracle offers for nodes."""

    def __init__(self, name: str) -> None:
        self.source_name = self.image_id = name


def test_the_newest_image_of_the_version_is_taken() -> None:
    names = [
        "Oracle-Linux-8.10-2026.08.31-0-OKE-1.33.1-900",
        "Oracle-Linux-8.10-2026.09.30-0-OKE-1.33.1-800",
        "Oracle-Linux-8.10-2026.10.31-0-OKE-1.32.1-999",
        "Oracle-Linux-8.10-aarch64-2026.10.31-0-OKE-1.33.1-999",
        "Oracle-Linux-8.10-Gen2-GPU-2026.10.31-0-OKE-1.33.1-999",
    ]
    sources = [Source(name) for name in names]
    assert newest_node_image(sources, "v1.33.1", gpu=False) == names[1]
    assert newest_node_image(sources, "v1.33.1", gpu=True) == names[4]


def test_a_version_without_images_stops_with_what_to_set() -> None:
    with pytest.raises(Exception, match=r"set stateside:kubernetes\.version to one that OKE supports"):
        newest_node_image([Source("Oracle-Linux-8.10-2026.10.31-0-OKE-1.32.1-999")], "v1.33.1", gpu=False)
