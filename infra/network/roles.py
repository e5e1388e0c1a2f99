"""The roles that a machine can have in the network. Each has a subnet and a security group of its own."""

from enum import StrEnum


class Role(StrEnum):
    """A role, as it is called in the address plan."""

    EDGE = "edge"
    SERVING = "serving"
    TRAINING = "training"
    DATA = "data"
