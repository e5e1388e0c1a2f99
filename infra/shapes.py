"""Sizes of machines as arguments, held to what Oracle has of their shape (boundary/shapes.yaml).

Assumption: VM.Standard.E6.Flex has at most the size of VM.Standard.E5.Flex, and BM.GPU.L40S-NC.4 that of BM.GPU.L40S.4;
Oracle's page of 2025 names neither.

Assumption: VM.Standard.E6.Flex and Ubuntu 24.04 are among the shapes and images with Secure Boot, Measured Boot and a
TPM, and so is an image that a stack names for such a shape; the page of 2025 names neither, and says that custom images
aren't: https://docs.oracle.com/iaas/Content/Compute/References/shielded-instances.htm
"""

import pulumi

from boundary import Shape


def fitting(whose: str, shape: Shape, ocpus: float, memory_gb: float) -> dict[str, float]:
    """OCPUs and memory of a flexible shape, as resources take them.

    Raises:
        pulumi.RunError: Oracle has no such size of the shape.
    """
    if objection := shape.objection(ocpus, memory_gb):
        raise pulumi.RunError(f"{whose}: {shape} {objection}, by what is under stateside:capacity")
    return {"ocpus": ocpus, "memory_in_gbs": memory_gb}
