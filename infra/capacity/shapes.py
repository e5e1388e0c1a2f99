"""Machines with GPUs: which shape for how many.

Oracle, "Compute Shapes", https://docs.oracle.com/iaas/Content/Compute/References/computeshapes.htm; which of them have
a cluster network (RDMA): "Cluster Networks with Instance Pools",
https://docs.oracle.com/iaas/Content/Compute/Tasks/managingclusternetworks.htm
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class GpuShape:
    """A shape, its GPUs, and whether machines of it join a cluster network."""

    name: str
    gpus: int
    has_rdma: bool = False

    def __str__(self) -> str:
        return self.name


A10 = GpuShape("VM.GPU.A10.1", 1)
L40S = GpuShape("BM.GPU.L40S-NC.4", 4)
H100 = GpuShape("BM.GPU.H100.8", 8, has_rdma=True)


def inference_shape(gpus: float) -> GpuShape:
    """The shape for ranking: whole machines as soon as three would be filled, so that one may fail."""
    return L40S if gpus >= 3 * L40S.gpus else A10


def training_shape(gpus: float) -> GpuShape:
    """The shape for training: machines that share a cluster network as soon as two would be filled."""
    return H100 if gpus >= 2 * H100.gpus else A10
