"""What a VCN's routes and rules may name: its gateways, and the ranges of roles that stand in other VCNs."""

from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi

from infra.network.flows import Elsewhere
from infra.network.gateways import OracleNetwork
from infra.network.ranges import Ranges
from infra.network.roles import Role


@dataclass(frozen=True)
class Ways:
    """The ways out of one VCN; a gateway that none of its flows needs is not there."""

    oracle: OracleNetwork
    drg_id: pulumi.Input[str]
    service_gateway_id: pulumi.Input[str] | None
    internet_gateway_id: pulumi.Input[str] | None
    here: Ranges
    elsewhere: Ranges | None

    def range_of(self, peer: Role | Elsewhere) -> IPv4Network:
        """The range of a role's subnet, in this region or in the other one.

        Raises:
            pulumi.RunError: the environment stands in one region, and the flow leads to another.
        """
        if isinstance(peer, Role):
            return self.here.subnets[peer]
        if self.elsewhere is None:
            raise pulumi.RunError(f"a flow leads to {peer.role} in another region, but the environment stands in one")
        return self.elsewhere.subnets[peer.role]
