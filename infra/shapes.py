"""What the program must know of a compute shape, read from its name and from two of Oracle's tables.

- A `.Flex` shape takes a number of OCPUs and an amount of memory; any other has fixed ones.
  https://docs.oracle.com/iaas/Content/Compute/References/computeshapes.htm
- In-transit encryption of volumes is a choice on virtual machines. On bare metal it is always on for three CPU shapes
  and absent on the others, GPU shapes included: there is nothing to set.
  https://docs.oracle.com/iaas/Content/Block/Concepts/blockvolumeencryption.htm
- Secure Boot, Measured Boot and the TPM exist on the virtual machine shapes below, with platform images.
  https://docs.oracle.com/iaas/Content/Compute/References/shielded-instances.htm

Assumption: VM.Standard.E6.Flex and Ubuntu 24.04 are among them, and so is an image that a stack names for such a shape;
the page of 2025 names neither, and says that custom images aren't.
"""

from dataclasses import dataclass

_SHIELDED = {
    "VM.Standard.E3.Flex": "AMD_VM",
    "VM.Standard.E4.Flex": "AMD_VM",
    "VM.Standard.E5.Flex": "AMD_VM",
    "VM.Standard.E6.Flex": "AMD_VM",
    "VM.Standard3.Flex": "INTEL_VM",
    "VM.Optimized3.Flex": "INTEL_VM",
}


@dataclass(frozen=True)
class Shape:
    """A compute shape by its name."""

    name: str

    @property
    def is_flexible(self) -> bool:
        """Whether OCPUs and memory are to be given."""
        return self.name.endswith(".Flex")

    @property
    def encrypts_in_transit(self) -> bool:
        """Whether in-transit encryption of its volumes is to be asked for."""
        return self.name.startswith("VM.")

    @property
    def shielded_platform(self) -> str | None:
        """The platform type to ask for with Secure Boot, Measured Boot and TPM; None where the shape lacks them."""
        return _SHIELDED.get(self.name)
