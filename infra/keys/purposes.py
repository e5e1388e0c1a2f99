"""What keys are for. One key for each purpose, so that taking one away takes away one kind of data.

Volumes have a key of their own because Block Volume takes only keys with a single version, while the others may rotate:
https://docs.oracle.com/iaas/Content/Block/Concepts/managingblockencryptionkeys.htm
Signatures need an asymmetric key: https://docs.oracle.com/iaas/Content/Registry/Tasks/registrysigningimages_topic.htm
"""

from enum import StrEnum


class Purpose(StrEnum):
    """A purpose, as its key is called."""

    OBJECTS = "objects"
    VOLUMES = "volumes"
    DATABASES = "databases"
    FILES = "files"
    STREAMS = "streams"
    SECRETS = "secrets"
    SIGNATURES = "signatures"
    CERTIFICATES = "certificates"

    @property
    def may_rotate(self) -> bool:
        """Whether what is encrypted under the key takes a new version of it."""
        return self is not Purpose.VOLUMES and self.algorithm == "AES"

    @property
    def algorithm(self) -> str:
        """The algorithm of the key."""
        return "RSA" if self in {Purpose.SIGNATURES, Purpose.CERTIFICATES} else "AES"

    @property
    def key_bytes(self) -> int:
        """The key's length in bytes: AES-256, or RSA-4096."""
        return 512 if self.algorithm == "RSA" else 32
