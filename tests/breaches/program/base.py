"""What every breach starts from: our provider, a compartment, a VCN and a DRG."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pulumi
import pulumi_oci as oci

from boundary import Boundary, load_boundary

T = TypeVar("T")


@dataclass(frozen=True)
class Base:
    """The blameless part; `decisive` gives a value as it is, or known only once something has been created."""

    boundary: Boundary
    compartment: pulumi.Output[str]
    vcn: pulumi.Output[str]
    drg: pulumi.Output[str]
    options: pulumi.ResourceOptions
    decisive: Callable[[T], pulumi.Input[T]]


def declare_base(late: bool) -> Base:
    """Declares it; `late` makes every decisive value unknown at preview."""
    boundary = load_boundary()
    ours = oci.Provider("ours", region=boundary.regions.home, tenancy_ocid=boundary.tenancy.ocid)
    options = pulumi.ResourceOptions(provider=ours)
    compartment = oci.identity.Compartment(
        "base",
        compartment_id=boundary.tenancy.ocid,
        name="breaches",
        description="breaches",
        enable_delete=True,
        opts=options,
    )
    vcn = oci.core.Vcn(
        "base", compartment_id=compartment.id, cidr_blocks=["10.128.0.0/16"], display_name="breaches", opts=options
    )
    drg = oci.core.Drg("base", compartment_id=compartment.id, display_name="breaches", opts=options)
    return Base(
        boundary,
        compartment.id,
        vcn.id,
        drg.id,
        options,
        (lambda value: compartment.time_created.apply(lambda _: value)) if late else (lambda value: value),
    )
