"""Joins our DRG to the global stack's in a foreign region."""

import pulumi
import pulumi_oci as oci

from tests.breaches.program.base import Base


def declare(base: Base) -> None:
    oci.core.RemotePeeringConnection(
        "to-global",
        compartment_id=base.compartment,
        drg_id=base.drg,
        peer_id=pulumi.Config().require("peer"),
        peer_region_name=base.decisive("ap-singapore-1"),
        display_name="to-global",
        opts=base.options,
    )
