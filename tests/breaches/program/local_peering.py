"""Joins our VCN to the global stack's by a local peering."""

import pulumi
import pulumi_oci as oci

from tests.breaches.program.base import Base


def declare(base: Base) -> None:
    oci.core.LocalPeeringGateway(
        "to-global",
        compartment_id=base.compartment,
        vcn_id=base.vcn,
        peer_id=base.decisive(pulumi.Config().require("peer")),
        display_name="to-global",
        opts=base.options,
    )
