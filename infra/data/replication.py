"""Replication of one region's buckets to our other region, and to nowhere else.

Each region's stores are copied into buckets of their own in the other: a target becomes read-only, so that two regions
can't each be the other's target under one name. When a region is lost, the other reads the copies; to write them,
their policies are taken away. Objects that were there before a policy are not copied.
Source: Oracle, "Object Storage Replication", https://docs.oracle.com/iaas/Content/Object/Tasks/usingreplication.htm
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import Region
from infra.data.stores import STORES
from infra.site import Site


@dataclass(frozen=True)
class ReplicationArgs:
    """The region that is copied, the names of its buckets, and the region and buckets that it is copied to."""

    site: Site
    sources: Mapping[str, pulumi.Output[str]]
    target: Region
    targets: Mapping[str, pulumi.Output[str]]


class Replication(pulumi.ComponentResource):
    """A replication policy for each store that has a copy."""

    def __init__(self, name: str, args: ReplicationArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:data:Replication", name, None, opts)
        for store in STORES:
            if store.replicated:
                place = args.site.place(store.system)
                oci.objectstorage.ReplicationPolicy(
                    f"{name}-{store.name}",
                    namespace=args.site.stack.boundary.tenancy.namespace,
                    name=place.name(store.replica),
                    bucket=args.sources[store.name],
                    destination_region_name=args.target.name,
                    destination_bucket_name=args.targets[store.replica],
                    opts=place.holding(self),
                )
        self.register_outputs({})
