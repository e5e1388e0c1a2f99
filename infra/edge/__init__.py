"""The edge: names, load balancers and firewalls. The only public addresses of the environment are here."""

from infra.edge.edge import Edge, EdgeArgs
from infra.edge.steering import Steering, SteeringArgs

__all__ = ["Edge", "EdgeArgs", "Steering", "SteeringArgs"]
