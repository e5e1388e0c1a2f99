"""Lets the global stack's administrators read our buckets."""

import pulumi_oci as oci

from tests.breaches.program.base import Base


def declare(base: Base) -> None:
    foreign = base.boundary.outside.tenancies[0].ocid
    statements = (
        f"Define tenancy Global as {foreign}",
        "Admit any-user of tenancy Global to read buckets in tenancy",
    )
    oci.identity.Policy(
        "admit-global",
        compartment_id=base.boundary.tenancy.ocid,
        name="admit-global",
        description="admit-global",
        statements=[base.decisive(statement) for statement in statements],
        opts=base.options,
    )
