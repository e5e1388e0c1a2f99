"""Machines with GPUs: which shape for how many. What Oracle has of each shape is in boundary/shapes.yaml."""

from boundary import Protection, Shape, shape

A10, L40S, H100 = shape("VM.GPU.A10.1"), shape("BM.GPU.L40S-NC.4"), shape("BM.GPU.H100.8")

GOES_WITHOUT = {
    A10.name: frozenset({Protection.SHIELDING}),
    L40S.name: frozenset({Protection.SHIELDING, Protection.IN_TRANSIT}),
    H100.name: frozenset({Protection.SHIELDING, Protection.IN_TRANSIT}),
}
"""What machines with GPUs go without, because no shape with GPUs has it: said here, and held to what each lacks."""


def inference_shape(gpus: float) -> Shape:
    """The shape for ranking: whole machines as soon as three would be filled, so that one may fail."""
    return L40S if gpus >= 3 * L40S.gpus else A10


def training_shape(gpus: float) -> Shape:
    """The shape for training: machines that share a cluster network as soon as two would be filled."""
    return H100 if gpus >= 2 * H100.gpus else A10
