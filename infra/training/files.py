"""The parallel file system that feeds the GPUs, under our key. What is on it is a copy of features, never the only one.

Nobody is root on it: "Root Squash", https://docs.oracle.com/iaas/Content/lustre/root-squash.htm; its sizes are in
infra/capacity/training.py.
"""

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.availability_domains import availability_domains
from infra.keys import Purpose
from infra.network import Role
from infra.site import Site
from infra.systems import System


class Files(pulumi.ComponentResource):
    """The Lustre file system."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:training:Files", name, None, opts)
        place, capacity = site.place(System.TRAINING), site.stack.capacity
        attachment = site.network.attachment(Role.TRAINING_FILES)
        domains = availability_domains(site.stack.boundary.tenancy.ocid, self)
        files = oci.lustre.FileStorageLustreFileSystem(
            name,
            compartment_id=place.compartment_id,
            display_name=place.name("training-files"),
            file_system_name="training",  # at most 8 characters
            file_system_description="Features that are being trained on",
            availability_domain=domains.apply(lambda names: names[0]),
            capacity_in_gbs=capacity.lustre_capacity_gb,
            performance_tier=f"MBPS_PER_TB_{capacity.lustre_mbps_per_tb}",
            subnet_id=attachment.subnet_id,
            nsg_ids=[attachment.security_group_id],
            root_squash_configuration={"identity_squash": "ROOT", "squash_uid": "65534", "squash_gid": "65534"},
            kms_key_id=site.key_id(Purpose.FILES),
            defined_tags=place.tags(DataClass.US_USER),
            opts=place.holding(self),
        )
        self.file_system_id: pulumi.Output[str] = files.id
        self.register_outputs({"file_system_id": self.file_system_id})
