"""What an object is, and the errors that Object Storage answers with.

Source: Oracle, "API Errors", https://docs.oracle.com/iaas/Content/API/References/apierrors.htm
"""

import base64
from dataclasses import dataclass, field

from rehearsal.world.model import ServiceError

NULL_VERSION = "null"
"""What the version is called that an object got while its bucket kept none."""


@dataclass(frozen=True)
class Details:
    """What an object carries beside its bytes; names are in lower case."""

    headers: dict[str, str] = field(default_factory=dict, hash=False)
    """Content-Type and its like, which a read gives back."""
    metadata: dict[str, str] = field(default_factory=dict, hash=False)
    """The user's own."""
    checksums: dict[str, str] = field(default_factory=dict, hash=False)
    """By algorithm, in base64: those that the writer gave, and that were right."""


@dataclass(frozen=True)
class Stored:
    """One version of an object, or a delete marker."""

    number: int
    bucket: str
    name: str
    version: str
    content: int | None
    size: int
    md5: str
    parts: int
    etag: str
    details: Details
    created: str
    is_latest: bool

    @property
    def is_delete_marker(self) -> bool:
        """Whether it stands for the object's absence."""
        return self.content is None

    @property
    def version_id(self) -> str:
        """The version as clients know it."""
        return self.version or NULL_VERSION

    @property
    def md5_base64(self) -> str:
        """The MD5 as Oracle shows it; of a multipart upload, that of its parts' and their number."""
        return base64.b64encode(bytes.fromhex(self.md5)).decode() + (f"-{self.parts}" if self.parts else "")

    @property
    def md5_tag(self) -> str:
        """The MD5 as the S3 side's ETag."""
        return self.md5 + (f"-{self.parts}" if self.parts else "")


@dataclass(frozen=True)
class Upload:
    """A multipart upload that is neither committed nor aborted."""

    id: str
    bucket: str
    name: str
    details: Details
    created: str


@dataclass(frozen=True)
class Part:
    """One part of an upload; its MD5 is its etag."""

    number: int
    content: int
    size: int
    md5: str
    created: str


@dataclass(frozen=True)
class Conditions:
    """What must be true of the object that is there; etags, or `*` for any."""

    match: str = ""
    none_match: str = ""


def bucket_not_found(namespace: str, name: str) -> ServiceError:
    """404: it doesn't exist, or isn't the caller's to see."""
    return ServiceError(
        404,
        "BucketNotFound",
        f"Either the bucket named '{name}' does not exist in the namespace '{namespace}' "
        "or you are not authorized to access it",
    )


def object_not_found(name: str, bucket: str) -> ServiceError:
    """404: no such object, or a delete marker."""
    return ServiceError(
        404, "ObjectNotFound", f"The object '{name}' was not found in the bucket '{bucket.rpartition('/')[2]}'"
    )


def upload_not_found(identifier: str) -> ServiceError:
    """404: never made, committed or aborted."""
    return ServiceError(404, "UploadNotFound", f"No multipart upload has the ID '{identifier}'")
