"""The feature cache: what is known of users who are there right now, in memory, beside the services that rank for them.

OCI Cache takes no key of ours and keeps nothing on disk: "OCI Cache",
https://docs.oracle.com/en-us/iaas/Content/ocicache/overview.htm. It has shards where one node would be too large,
https://docs.oracle.com/iaas/Content/ocicache/shardedclusters.htm
"""

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.network import Role
from infra.observability import LogSource
from infra.site import Site
from infra.systems import System

_VERSION = "VALKEY_7_2"


class FeatureCache(pulumi.ComponentResource):
    """The cache of one region. Nothing copies it: the other region has its own, filled by its own requests."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:serving:FeatureCache", name, None, opts)
        place, capacity = site.place(System.SERVING), site.stack.capacity
        attachment = site.network.attachment(Role.SERVING_CACHE)
        cluster = oci.redis.RedisCluster(
            name,
            compartment_id=place.compartment_id,
            display_name=place.name("features"),
            subnet_id=attachment.subnet_id,
            nsg_ids=[attachment.security_group_id],
            software_version=_VERSION,
            cluster_mode="SHARDED" if capacity.cache_shards else "NONSHARDED",
            shard_count=capacity.cache_shards or None,
            node_count=capacity.cache_nodes,
            node_memory_in_gbs=capacity.cache_node_memory_gb,
            defined_tags=place.tags(DataClass.US_USER),
            opts=place.holding(self),
        )
        site.logs.of(System.SERVING, name, LogSource.CACHE, cluster.id, self)
        self.cluster_id: pulumi.Output[str] = cluster.id
        self.register_outputs({"cluster_id": self.cluster_id})
