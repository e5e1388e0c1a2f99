"""Kubernetes and what stands before and beside it: clusters, node pools, add-ons, network load balancers, caches.

Sources: Oracle, "Creating a Kubernetes Cluster", https://docs.oracle.com/iaas/Content/ContEng/Tasks/create-cluster.htm;
add-ons only on enhanced clusters, https://docs.oracle.com/iaas/Content/ContEng/Tasks/contengconfiguringclusteraddons.htm;
signed images need an asymmetric key, https://docs.oracle.com/iaas/Content/Registry/Tasks/registrysigningimages_topic.htm;
sharded caches, https://docs.oracle.com/iaas/Content/ocicache/shardedclusters.htm. That secrets need an AES key follows
from "Encrypting Kubernetes Secrets at Rest in Etcd".
"""

from ipaddress import IPv4Network

from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.behaviour.compute import check_domain
from rehearsal.world.behaviour.shapes import check_shape
from rehearsal.world.identifiers import unique_part
from rehearsal.world.model import Body, invalid, not_found

_BALANCER = "oci:NetworkLoadBalancer/networkLoadBalancer:NetworkLoadBalancer"
_BACKEND_SET = "oci:NetworkLoadBalancer/backendSet:BackendSet"
# Addresses of network load balancers come from the end of their subnet, those of machines from its start.
_LAST_OF_BALANCERS = -3
_MOST_CACHE_NODES = 100


def _check_cluster(change: Change) -> None:
    _check_key(change, change.body.get("kmsKeyId"), "AES", "kmsKeyId")
    for detail in (change.body.get("imagePolicyConfig") or {}).get("keyDetails") or []:
        _check_key(change, detail.get("kmsKeyId"), "RSA", "imagePolicyConfig.keyDetails.kmsKeyId")
    endpoint = change.body.get("endpointConfig") or {}
    if endpoint.get("subnetId") and change.target(endpoint["subnetId"]).body["vcnId"] != change.body["vcnId"]:
        raise invalid("endpointConfig.subnetId: the subnet is not in the cluster's VCN")


def _check_key(change: Change, identifier: str | None, algorithm: str, where: str) -> None:
    if identifier and change.target(identifier).body["keyShape"]["algorithm"] != algorithm:
        raise invalid(f"{where}: the key must be an {algorithm} key")


def _compute_cluster(change: Change) -> Body:
    name = unique_part("endpoint", change.body["compartmentId"], change.body.get("name"))[8:19]
    return {"endpoints": [{"privateEndpoint": f"{name}.clusters.{change.region}.oci.oraclecloud.com:6443"}]}


def _check_node_pool(change: Change) -> None:
    cluster = change.target(change.body["clusterId"])
    details = change.body.get("nodeConfigDetails") or {}
    for placement in details.get("placementConfigs") or []:
        check_domain(change, placement["availabilityDomain"], "nodeConfigDetails.placementConfigs.availabilityDomain")
        if change.target(placement["subnetId"]).body["vcnId"] != cluster.body["vcnId"]:
            raise invalid("nodeConfigDetails.placementConfigs.subnetId: the subnet is not in the cluster's VCN")
    check_shape("nodeShape", change.body["nodeShape"], "nodeShapeConfig", change.body.get("nodeShapeConfig"))
    source = (change.body.get("nodeSourceDetails") or {}).get("imageId")
    version = change.body.get("kubernetesVersion") or cluster.body["kubernetesVersion"]
    if source and f"-OKE-{version.removeprefix('v')}-" not in change.target(source).body["displayName"]:
        raise invalid(f"nodeSourceDetails.imageId: {source} is no image for nodes of Kubernetes {version}")


def _check_addon(change: Change) -> None:
    if change.target(change.body["clusterId"]).body.get("type") != "ENHANCED_CLUSTER":
        raise invalid("clusterId: only an enhanced cluster has add-ons")


def _identify_addon(change: Change) -> str:
    return f"clusters/{change.body['clusterId']}/addons/{change.body['addonName']}"


def _compute_balancer(change: Change) -> Body:
    if change.before:
        return {}
    subnet = change.target(change.body["subnetId"])
    address = IPv4Network(subnet.body["cidrBlock"])[_LAST_OF_BALANCERS - len(change.siblings())]
    return {"ipAddresses": [{"ipAddress": str(address), "isPublic": not change.body.get("isPrivate")}]}


def _check_backends(field: str) -> Behaviour:
    """What names a backend set of its load balancer, which must be there."""

    def check(change: Change) -> None:
        fields = {"networkLoadBalancerId": change.body["networkLoadBalancerId"], "name": change.body[field]}
        if not change.world.find(_BACKEND_SET, tenancy=change.tenancy.ocid, region=change.region, fields=fields):
            raise not_found(f"{field}: the network load balancer has no backend set {change.body[field]}")

    return Behaviour("networkloadbalancerpart", state="ACTIVE", check=check)


def _check_cache(change: Change) -> None:
    shards = change.body.get("shardCount") or 0
    if change.body.get("clusterMode") == "SHARDED":
        if shards < 3 or shards % 2 == 0:
            raise invalid(f"shardCount: {shards} is not an odd number from 3 on")
    elif shards:
        raise invalid("shardCount: only a sharded cluster has shards")
    if max(1, shards) * change.body["nodeCount"] > _MOST_CACHE_NODES:
        raise invalid(f"nodeCount: a cluster has at most {_MOST_CACHE_NODES} nodes")


def _compute_cache(change: Change) -> Body:
    name = unique_part("cache", change.body["compartmentId"], change.body["displayName"])[8:40]
    return {"discoveryFqdn": f"{name}-d.redis.{change.region}.oci.oraclecloud.com"}


BEHAVIOURS: dict[str, Behaviour] = {
    "oci:ContainerEngine/cluster:Cluster": Behaviour(
        "cluster", state="ACTIVE", check=_check_cluster, compute=_compute_cluster
    ),
    "oci:ContainerEngine/nodePool:NodePool": Behaviour("nodepool", state="ACTIVE", check=_check_node_pool),
    "oci:ContainerEngine/addon:Addon": Behaviour(
        "addon",
        state="ACTIVE",
        check=_check_addon,
        identify=_identify_addon,
    ),
    _BALANCER: Behaviour("networkloadbalancer", state="ACTIVE", compute=_compute_balancer),
    _BACKEND_SET: Behaviour("networkloadbalancerpart", state="ACTIVE"),
    "oci:NetworkLoadBalancer/backend:Backend": _check_backends("backendSetName"),
    "oci:NetworkLoadBalancer/listener:Listener": _check_backends("defaultBackendSetName"),
    "oci:Redis/redisCluster:RedisCluster": Behaviour(
        "rediscluster", state="ACTIVE", check=_check_cache, compute=_compute_cache
    ),
}
