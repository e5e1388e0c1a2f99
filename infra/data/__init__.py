"""The data system: the keys that everything stored is encrypted under, and the buckets."""

from infra.data.buckets import STORES, Buckets, BucketsArgs
from infra.data.vault import Vault, VaultArgs

__all__ = ["STORES", "Buckets", "BucketsArgs", "Vault", "VaultArgs"]
