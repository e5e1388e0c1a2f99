"""Stores in a foreign region, by a provider of its own."""

import pulumi
import pulumi_oci as oci

from tests.breaches.program.base import Base


def declare(base: Base) -> None:
    tenancy = base.boundary.tenancy
    abroad = oci.Provider("abroad", region=base.decisive("eu-frankfurt-1"), tenancy_ocid=tenancy.ocid)
    oci.objectstorage.Bucket(
        "abroad",
        compartment_id=tenancy.ocid,
        namespace=tenancy.namespace,
        name="abroad",
        opts=pulumi.ResourceOptions(provider=abroad),
    )
