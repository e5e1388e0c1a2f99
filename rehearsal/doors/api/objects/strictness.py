"""How strict the S3 side is: as Oracle's was before July 2026, and as it is since.

Since then it takes bodies in chunks with a trailing checksum, and of a list of objects to delete other checksums than
MD5.
Sources: Oracle, "Amazon S3 Compatibility API Support",
https://docs.oracle.com/iaas/Content/Object/Tasks/s3compatibleapi_topic-Amazon_S3_Compatibility_API_Support.htm, and the
service's release notes of 17 July 2026; https://github.com/pulumi/pulumi/issues/23764.
"""

from dataclasses import dataclass

from rehearsal.world.model import ServiceError


@dataclass(frozen=True)
class Strictness:
    """What one time of the service takes."""

    takes_chunks: bool
    vouches_for_deletes: tuple[str, ...]
    """Headers of which a list of objects to delete needs one."""


BEFORE = Strictness(takes_chunks=False, vouches_for_deletes=("content-md5",))
AFTER = Strictness(
    takes_chunks=True,
    vouches_for_deletes=("content-md5", "x-amz-checksum-sha256", "x-amz-checksum-crc32c"),
)


def not_implemented(what: str) -> ServiceError:
    """501: the S3 side has no such thing."""
    return ServiceError(501, "NotImplemented", f"{what} is not supported by the Amazon S3 Compatibility API.")
