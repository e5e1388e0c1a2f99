"""The keys that everything stored is encrypted under, one for each purpose, in a vault of each region."""

from infra.keys.purposes import Purpose
from infra.keys.vault import Vault, VaultArgs

__all__ = ["Purpose", "Vault", "VaultArgs"]
