"""The data system: the buckets."""

from infra.data.bucket import BucketArgs, Retention, declare_bucket
from infra.data.buckets import Buckets
from infra.data.replication import Replication, ReplicationArgs
from infra.data.stores import STORES, Store

__all__ = ["STORES", "BucketArgs", "Buckets", "Replication", "ReplicationArgs", "Retention", "Store", "declare_bucket"]
