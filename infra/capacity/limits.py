"""What one cluster, table or pool of Oracle's can be at most. What needs more must be split, or assume less.

- Kafka brokers of a cluster and their storage: https://docs.oracle.com/en-us/iaas/Content/kafka/concepts.htm
- Units of a NoSQL table: https://docs.oracle.com/en-us/iaas/nosql-database/doc/cloud-limits.html
- Nodes of a cache and their memory: https://docs.oracle.com/iaas/Content/ocicache/shardedclusters.htm
- Nodes of an enhanced cluster: https://blogs.oracle.com/developers/oci-kubernetes-engine-now-scales-to-5000-worker-nodes
  (with pods in the VCN after asking Oracle)
- Addresses of the pods' subnet: a /20 of the address plan (boundary/addresses.py), of which Oracle keeps three

Assumption: a pool of Kubernetes has at most 1,000 nodes.

Assumption: a PostgreSQL system has at most 6 nodes.
"""

from collections.abc import Callable

from infra.capacity.capacity import Capacity

_MOST: tuple[tuple[str, int, Callable[[Capacity], int]], ...] = (
    ("Kafka brokers in a cluster", 30, lambda it: it.kafka_brokers),
    ("NoSQL read units of a table", 40_000, lambda it: it.nosql_read_units),
    ("NoSQL write units of a table", 20_000, lambda it: it.nosql_write_units),
    ("cache nodes in a cluster", 100, lambda it: max(1, it.cache_shards) * it.cache_nodes),
    ("GB of memory in a cache node", 500, lambda it: it.cache_node_memory_gb),
    ("Kubernetes nodes in a pool", 1_000, lambda it: max(it.serving_nodes_most, it.gpu_nodes_most)),
    ("Kubernetes nodes in a cluster", 2_000, lambda it: it.serving_nodes_most + it.gpu_nodes_most),
    ("addresses of pods in their subnet", 4_093, lambda it: it.serving_pods),
    ("nodes of the profile database", 6, lambda it: it.postgres_nodes),
)


def exceeded_limit(capacity: Capacity) -> str | None:
    """The first limit that would not hold, as the end of a sentence; None if all do."""
    for what, most, needed in _MOST:
        if needed(capacity) > most:
            return f"{needed(capacity)} {what}, and the most is {most}"
    return None
