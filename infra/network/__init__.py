"""The network of one region: a VCN whose only door to the internet is the edge, and who may talk to whom in it."""

from infra.network.network import Attachment, Network, NetworkArgs
from infra.network.ranges import Ranges, planned_ranges
from infra.network.roles import Role

__all__ = ["Attachment", "Network", "NetworkArgs", "Ranges", "Role", "planned_ranges"]
