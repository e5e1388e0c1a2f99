"""The serving system: gateways that take the edge's requests, a cluster that answers them, a feature cache."""

from infra.serving.instance import ServingInstance, ServingInstanceArgs
from infra.serving.system import Serving

__all__ = ["Serving", "ServingInstance", "ServingInstanceArgs"]
