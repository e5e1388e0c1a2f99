"""The network's ranges, as the address plan has them."""

from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi

from boundary import BoundaryError, Region
from boundary.addresses import AddressPlan
from infra.network.roles import Role, VcnName


@dataclass(frozen=True)
class Ranges:
    """The ranges of a region's VCNs and of the roles' subnets in them."""

    vcns: dict[VcnName, IPv4Network]
    subnets: dict[Role, IPv4Network]


def planned_ranges(addresses: AddressPlan, environment: str, region: Region) -> Ranges:
    """The ranges of an environment's network in a region.

    Raises:
        pulumi.RunError: the address plan has no slot for it.
    """
    where = (environment, region.name)
    try:
        return Ranges(
            vcns={vcn: addresses.network_range(*where, vcn.value) for vcn in VcnName},
            subnets={role: addresses.subnet_range(*where, role.vcn.value, role.subnet) for role in Role},
        )
    except BoundaryError as error:
        raise pulumi.RunError(str(error)) from None
