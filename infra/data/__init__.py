"""The data system: buckets, streams, databases, search and batch work."""

from infra.data.bucket import BucketArgs, Retention, declare_bucket
from infra.data.buckets import described_buckets
from infra.data.stores import STORES, Store
from infra.data.system import DataSystem, declare_across_regions

__all__ = [
    "STORES",
    "BucketArgs",
    "DataSystem",
    "Retention",
    "Store",
    "declare_across_regions",
    "declare_bucket",
    "described_buckets",
]
