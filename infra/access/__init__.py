"""How people get to machines: bastions, and who may open a session on them."""

from infra.access.bastion import Bastion, BastionArgs

__all__ = ["Bastion", "BastionArgs"]
