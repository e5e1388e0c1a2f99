"""Serving: gateways, Kubernetes nodes, feature cache.

Nodes of a pool, and of a cluster with pods in the VCN, are limited unless Oracle raises it; how many is in limits.py,
for the page doesn't say: https://docs.oracle.com/iaas/Content/ContEng/Tasks/contenglargenodelimitconsiderations.htm.
A cache has 2 to 500 GB a node, an odd number of shards from 3, 100 nodes in all,
https://docs.oracle.com/iaas/Content/ocicache/shardedclusters.htm
"""

import math

from boundary import Shape
from infra.capacity.load import GB, Load
from infra.capacity.shapes import inference_shape

_CACHE_LEAST_GB, _CACHE_SHARDS_LEAST = 2, 3


class ServingSizes(Load):
    """Of one region: what always runs there, and what it grows to when it serves everybody."""

    @property
    def gateway_nodes(self) -> int:
        """Machines: that take the edge's requests, in a region that serves everybody."""
        needed = self.with_headroom(self.requests_per_second / self.assumptions.requests_a_gateway)
        return max(self.copies, math.ceil(needed))

    @property
    def _serving_ocpus(self) -> float:
        return self.with_headroom(self.requests_per_second / self.assumptions.requests_an_ocpu)

    @property
    def serving_node_ocpus(self) -> int:
        """OCPUs: of one Kubernetes node without a GPU."""
        return min(int(self.assumptions.node_ocpus_most), math.ceil(self._serving_ocpus / self.copies))

    @property
    def serving_node_memory_gb(self) -> int:
        """GB: of memory of one Kubernetes node without a GPU."""
        return math.ceil(self.serving_node_ocpus * self.assumptions.ocpu_memory_gb)

    @property
    def serving_nodes_most(self) -> int:
        """Nodes: without a GPU, in a region that serves everybody."""
        return math.ceil(self._serving_ocpus / self.serving_node_ocpus)

    @property
    def serving_nodes(self) -> int:
        """Nodes: without a GPU, while every region serves its share."""
        return math.ceil(self.serving_nodes_most / self.regions)

    @property
    def gpu_shape(self) -> Shape:
        """Shape: of a Kubernetes node with GPUs."""
        return inference_shape(self._inference_gpus)

    @property
    def _inference_gpus(self) -> float:
        return self.with_headroom(self.requests_per_second / self.assumptions.requests_a_gpu)

    @property
    def gpu_nodes_most(self) -> int:
        """Nodes: with GPUs, in a region that serves everybody."""
        return math.ceil(self._inference_gpus / self.gpu_shape.gpus)

    @property
    def gpu_nodes(self) -> int:
        """Nodes: with GPUs, while every region serves its share."""
        return math.ceil(self.gpu_nodes_most / self.regions)

    @property
    def serving_pods(self) -> int:
        """Addresses: that the pods of a region take at most."""
        return math.ceil((self.serving_nodes_most + self.gpu_nodes_most) * self.assumptions.pods_a_node)

    @property
    def cache_memory_gb(self) -> float:
        """GB: of features in the cache of a region, headroom included, replicas not."""
        return self.daily_users * self.assumptions.hot_bytes_a_user * self.assumptions.cache_headroom / GB

    @property
    def cache_shards(self) -> int:
        """Shards: of the cache, an odd number; 0 where one node holds it all."""
        if self.cache_memory_gb <= self.assumptions.cache_shard_gb:
            return 0
        return max(_CACHE_SHARDS_LEAST, math.ceil(self.cache_memory_gb / self.assumptions.cache_shard_gb) | 1)

    @property
    def cache_nodes(self) -> int:
        """Nodes: of the cache, or of each of its shards."""
        return self.copies

    @property
    def cache_node_memory_gb(self) -> int:
        """GB: of memory of one node of the cache."""
        return max(_CACHE_LEAST_GB, math.ceil(self.cache_memory_gb / max(1, self.cache_shards)))
