"""All results together."""

from infra.capacity.data import DataSizes
from infra.capacity.edge import EdgeSizes
from infra.capacity.serving import ServingSizes
from infra.capacity.training import TrainingSizes


class Capacity(EdgeSizes, ServingSizes, TrainingSizes, DataSizes):
    """Everything that is computed from the number of users."""
