"""One side of disaster recovery: a protection group, and the bucket for its logs and for what clusters leave there.

Oracle, "Preparing Object Storage Buckets for Operation Logs" and "Disaster Recovery Protection Groups",
https://docs.oracle.com/en/cloud/iaas/disaster-recovery/cssgm/toc.htm
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.availability_domains import availability_domains
from infra.data.bucket import declare_bucket
from infra.recovery.bucket import BUCKET
from infra.site import Site
from infra.systems import System

Bucket = Mapping[str, pulumi.Input[str]]
"""A bucket by namespace and name."""


@dataclass(frozen=True)
class ProtectionGroupArgs:
    """Where it stands; what it protects, given its own bucket; the other side, for the one that is associated."""

    site: Site
    members: Callable[[Bucket], Sequence[Any]]
    standby: "ProtectionGroup | None" = None


class ProtectionGroup(pulumi.ComponentResource):
    """The protection group of one region. The primary's names the standby's, and so both are associated."""

    def __init__(self, name: str, args: ProtectionGroupArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:recovery:ProtectionGroup", name, None, opts)
        self.site = args.site
        place, tenancy = args.site.place(System.SERVING), args.site.stack.boundary.tenancy
        bucket = declare_bucket(name, args.site, BUCKET, self)
        self.bucket: Bucket = {"namespace": tenancy.namespace, "bucket": bucket.name}
        self.domains: pulumi.Output[list[str]] = availability_domains(tenancy.ocid, self)
        group = oci.disasterrecovery.DrProtectionGroup(
            name,
            compartment_id=place.compartment_id,
            display_name=place.name("recovery"),
            log_location=self.bucket,
            association=_association(args.standby) if args.standby else None,
            members=args.members(self.bucket),
            defined_tags=place.tags(DataClass.US_USER),
            # Oracle writes the association into the standby too, when the primary names it.
            opts=place.holding(self, ignore_changes=None if args.standby else ["association"]),
        )
        self.group_id: pulumi.Output[str] = group.id
        self.register_outputs({"group_id": self.group_id})


def _association(standby: ProtectionGroup) -> dict[str, pulumi.Input[str]]:
    return {"role": "PRIMARY", "peer_id": standby.group_id, "peer_region": standby.site.region.name}
