"""The archive: what was logged, and the evidence of what crossed, for as long as nobody may change or delete it.

In production the retention rule locks itself, after which not even Oracle takes it back: at the earliest 14 days after
it is made, https://docs.oracle.com/iaas/Content/Object/Tasks/usingretentionrules.htm
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pulumi

from boundary import DataClass
from infra.config import Stack
from infra.data.bucket import BucketArgs, Retention, declare_bucket
from infra.data.lifecycle import ABANDON_UPLOADS, cool_after
from infra.site import Site
from infra.systems import System


@dataclass(frozen=True)
class Kept:
    """A bucket of the archive."""

    name: str


STORES = (LOGS := Kept("logs"), EVIDENCE := Kept("evidence"))

# Days in which people still look into a log before it is only kept.
_LOOKED_INTO = 90


def described_archive(stack: Stack) -> Iterator[BucketArgs]:
    """What the archive of each region keeps."""
    config = stack.config.observability
    for store in STORES:
        yield BucketArgs(
            store.name,
            System.OBSERVABILITY,
            DataClass.OPERATIONAL,
            (ABANDON_UPLOADS, cool_after(_LOOKED_INTO)),
            Retention("unchanged", config.archive_years, config.lock_archive_from),
        )


@dataclass(frozen=True)
class ArchiveArgs:
    """The region that it stands in."""

    site: Site


class Archive(pulumi.ComponentResource):
    """The buckets `logs` and `evidence` of one region."""

    def __init__(self, name: str, args: ArchiveArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:observability:Archive", name, None, opts)
        self.names: dict[str, pulumi.Output[str]] = {
            described.name: declare_bucket(f"{name}-{described.name}", args.site, described, self).name
            for described in described_archive(args.site.stack)
        }
        self.register_outputs({"names": self.names})
