"""The address plan: pure functions from names to ranges.

Every name has a fixed slot in `boundary.yaml`, so adding a name renumbers none. The supernet is cut into one block per
environment (4 of them, /11 out of a /9), that into one per region (4, /13), that into one per network (8, /16: the
largest that a VCN takes), that into one per subnet (16, /20).
Source for the VCN limits: Oracle, "VCNs and Subnets", https://docs.oracle.com/iaas/Content/Network/Tasks/VCNs.htm
(a VCN's range is /16 to /30; so a subnet's can't be smaller than /30 either).
"""

from ipaddress import IPv4Network
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from boundary.errors import BoundaryError
from boundary.fields import Range, Slot

_STEPS = {"environments": 2, "regions": 2, "networks": 3, "subnets": 4}
_LARGEST_VCN = 16
_SMALLEST_SUBNET = 30

Slots = dict[str, Slot]


class AddressPlan(BaseModel):
    """Slots by name; what ranges they mean is computed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    supernet: Annotated[Range, Field(description="all addresses of all environments")]
    environments: Annotated[Slots, Field(description="by environment, its slot in the supernet")]
    regions: Annotated[Slots, Field(description="by region, its slot in an environment")]
    networks: Annotated[Slots, Field(description="by VCN, its slot in a region")]
    subnets: Annotated[Slots, Field(description="by subnet, its slot in a VCN")]

    @model_validator(mode="after")
    def _slots_fit(self) -> Self:
        depth = sum(_STEPS.values())
        largest, smallest = _LARGEST_VCN - depth + _STEPS["subnets"], _SMALLEST_SUBNET - depth
        if not largest <= self.supernet.prefixlen <= smallest:
            raise ValueError(
                f"supernet {self.supernet} gives VCNs larger than /{_LARGEST_VCN} or subnets smaller than "
                f"/{_SMALLEST_SUBNET}, which Oracle doesn't have; take a range from /{largest} to /{smallest}"
            )
        for step, bits in _STEPS.items():
            slots = self._slots[step]
            for name, slot in slots.items():
                if slot >= 2**bits:
                    raise ValueError(f"{step}.{name}: slot {slot} does not exist; take one from 0 to {2**bits - 1}")
            taken: dict[int, str] = {}
            for name, slot in slots.items():
                if slot in taken:
                    raise ValueError(f"{step}.{name}: slot {slot} is {taken[slot]}'s; take a free one")
                taken[slot] = name
        return self

    @property
    def _slots(self) -> dict[str, Slots]:
        """The slots of each step, from the largest block to the smallest."""
        return {
            "environments": self.environments,
            "regions": self.regions,
            "networks": self.networks,
            "subnets": self.subnets,
        }

    def environment_range(self, environment: str) -> IPv4Network:
        """The block of one environment."""
        return self._cut(self.supernet, "environments", environment)

    def region_range(self, environment: str, region: str) -> IPv4Network:
        """The block of one environment in one region."""
        return self._cut(self.environment_range(environment), "regions", region)

    def network_range(self, environment: str, region: str, network: str) -> IPv4Network:
        """The range of one VCN."""
        return self._cut(self.region_range(environment, region), "networks", network)

    def subnet_range(self, environment: str, region: str, network: str, subnet: str) -> IPv4Network:
        """The range of one subnet of a VCN."""
        return self._cut(self.network_range(environment, region, network), "subnets", subnet)

    def _cut(self, block: IPv4Network, step: str, name: str) -> IPv4Network:
        slots = self._slots[step]
        if name not in slots:
            known = ", ".join(sorted(slots))
            raise BoundaryError(
                f"the address plan has no slot for {name!r} under {step} ({known}); add one to boundary.yaml"
            )
        prefix = block.prefixlen + _STEPS[step]
        first = int(block.network_address) + (slots[name] << (32 - prefix))
        return IPv4Network((first, prefix))
