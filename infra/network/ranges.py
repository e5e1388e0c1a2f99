"""The network's ranges, as the address plan has them."""

from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi

from boundary import BoundaryError, Region
from boundary.addresses import AddressPlan
from infra.network.roles import Role

_NETWORK = "main"


@dataclass(frozen=True)
class Ranges:
    """The range of a VCN and those of its subnets."""

    vcn: IPv4Network
    subnets: dict[Role, IPv4Network]


def planned_ranges(addresses: AddressPlan, environment: str, region: Region) -> Ranges:
    """The ranges of an environment's network in a region.

    Raises:
        pulumi.RunError: the address plan has no slot for it.
    """
    where = (environment, region.name, _NETWORK)
    try:
        return Ranges(
            vcn=addresses.network_range(*where),
            subnets={role: addresses.subnet_range(*where, role.value) for role in Role},
        )
    except BoundaryError as error:
        raise pulumi.RunError(str(error)) from None
