"""Where what was built is kept: an immutable repository for each image, and one for files.

Both regions have them, so that either starts machines when the other is lost. Sources: Oracle, "Overview of Container
Registry", https://docs.oracle.com/iaas/Content/Registry/Concepts/registryoverview.htm; "Artifact Registry",
https://docs.oracle.com/iaas/Content/artifacts/home.htm. Neither takes a key of ours.
"""

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.codebase.products import PRODUCTS
from infra.site import Site
from infra.systems import System


class Registries(pulumi.ComponentResource):
    """The registries of one region."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:codebase:Registries", name, None, opts)
        place = site.place(System.CODEBASE)
        self.images: dict[str, oci.artifacts.ContainerRepository] = {
            product.name: oci.artifacts.ContainerRepository(
                f"{name}-{product.name}",
                compartment_id=place.compartment_id,
                display_name=place.name(product.name),
                is_public=False,
                is_immutable=True,
                defined_tags=place.tags(DataClass.CODE),
                opts=place.holding(self),
            )
            for product in PRODUCTS
            if product.is_image
        }
        artifacts = oci.artifacts.Repository(
            f"{name}-artifacts",
            compartment_id=place.compartment_id,
            display_name=place.name("artifacts"),
            description="Files that our builds made",
            repository_type="GENERIC",
            is_immutable=True,
            defined_tags=place.tags(DataClass.CODE),
            opts=place.holding(self),
        )
        self.artifacts_id: pulumi.Output[str] = artifacts.id
        self.register_outputs({"artifacts_id": self.artifacts_id})
