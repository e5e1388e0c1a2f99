"""The network of one region: a hub and spokes whose only door to the internet is the edge, and who may talk to whom."""

from infra.network.network import Attachment, Network, NetworkArgs
from infra.network.packet_policies import PacketPolicies, PacketPoliciesArgs, environment_statements
from infra.network.peering import RemotePeering, RemotePeeringArgs
from infra.network.ranges import Ranges, planned_ranges
from infra.network.roles import Role, VcnName

__all__ = [
    "Attachment",
    "Network",
    "NetworkArgs",
    "PacketPolicies",
    "PacketPoliciesArgs",
    "Ranges",
    "RemotePeering",
    "RemotePeeringArgs",
    "Role",
    "VcnName",
    "environment_statements",
    "planned_ranges",
]
