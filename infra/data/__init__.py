"""The data system: the buckets."""

from infra.data.buckets import STORES, Buckets, BucketsArgs

__all__ = ["STORES", "Buckets", "BucketsArgs"]
