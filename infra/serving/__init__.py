"""The serving system: the machines that answer the edge."""

from infra.serving.instance import ServingInstance, ServingInstanceArgs

__all__ = ["ServingInstance", "ServingInstanceArgs"]
