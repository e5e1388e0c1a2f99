"""Disks that are copied to the other region all the time, under that region's key.

Oracle, "Replicating a Volume Group", https://docs.oracle.com/iaas/Content/Block/Concepts/volumegroupreplication.htm:
the volumes of a group are in one availability domain, and a replica may have a key of its destination.
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.keys import Purpose
from infra.place import Place
from infra.site import Site


@dataclass(frozen=True)
class ReplicatedVolumesArgs:
    """Whose disks, where they are, and where their replica is."""

    place: Place
    availability_domain: pulumi.Input[str]
    volume_ids: list[pulumi.Output[str]]
    to: Site
    to_availability_domain: pulumi.Input[str]


class ReplicatedVolumes(pulumi.ComponentResource):
    """A volume group and its replica."""

    def __init__(self, name: str, args: ReplicatedVolumesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:recovery:ReplicatedVolumes", name, None, opts)
        key_id = args.to.key_id(Purpose.VOLUMES)
        group = oci.core.VolumeGroup(
            name,
            compartment_id=args.place.compartment_id,
            display_name=args.place.name("recovery"),
            availability_domain=args.availability_domain,
            source_details={"type": "volumeIds", "volume_ids": args.volume_ids},
            volume_group_replicas=[
                {
                    "availability_domain": args.to_availability_domain,
                    "display_name": args.place.name("recovery"),
                    "xrr_kms_key_id": key_id,
                }
            ],
            defined_tags=args.place.tags(DataClass.US_USER),
            opts=args.place.holding(self),
        )
        self.member = {
            "member_id": group.id,
            "member_type": "VOLUME_GROUP",
            "common_destination_key": {"encryption_key_id": key_id, "vault_id": args.to.vault.vault_id},
        }
        self.register_outputs({"volume_group_id": group.id})
