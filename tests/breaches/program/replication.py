"""Replicates a bucket of ours into a foreign region."""

import pulumi_oci as oci

from tests.breaches.program.base import Base


def declare(base: Base) -> None:
    namespace = base.boundary.tenancy.namespace
    bucket = oci.objectstorage.Bucket(
        "lake", compartment_id=base.compartment, namespace=namespace, name="lake", opts=base.options
    )
    oci.objectstorage.ReplicationPolicy(
        "abroad",
        namespace=namespace,
        bucket=bucket.name,
        name="abroad",
        destination_region_name=base.decisive("ap-singapore-1"),
        destination_bucket_name="left-in-ap-singapore-1",
        opts=base.options,
    )
