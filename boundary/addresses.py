"""The address plan: pure functions from names to ranges.

Every name has a fixed slot in `boundary.yaml`, so adding a name renumbers none. The supernet is cut into one block per
environment (4 of them, /11 out of a /9), that into one per region (4, /13), that into one per network (8, /16: the
largest that a VCN takes), that into one per subnet (16, /20).

The plan grows without renumbering, too. An environment or a region may have further slots, and so further blocks: what
it is cut into goes on in the next block, networks 8 to 15 in the second. A subnet may be one network's own, written
`<network>.<subnet>`: it takes a slot there that a name of all networks has, which then has none there. How to grow it
is said in docs/addresses.md.

Source for the VCN limits: Oracle, "VCNs and Subnets", https://docs.oracle.com/iaas/Content/Network/Tasks/VCNs.htm
(a VCN's range is /16 to /30; so a subnet's can't be smaller than /30 either).
"""

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from boundary.errors import BoundaryError
from boundary.fields import Range, Slot

# RFC 1918, and RFC 6598 for addresses that carriers share: https://www.rfc-editor.org/rfc/rfc6598
_PRIVATE = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")))
_STEPS = {"environments": 2, "regions": 2, "networks": 3, "subnets": 4}
_LARGEST_VCN = 16
_SMALLEST_SUBNET = 30
_OF = "."
_GROW = {
    "environments": "take one out that is gone",
    "regions": "give the environment a further slot, as in [0, 3]",
    "networks": "give each region a further slot, as in [0, 2]",
    "subnets": "write it as <network>.<subnet>, which takes a slot that this network doesn't use",
}
_HOW = "docs/addresses.md says how"

Slots = dict[str, Slot]
Blocks = dict[
    str,
    Annotated[
        tuple[Slot, ...], Field(min_length=1), BeforeValidator(lambda value: value if _is_list(value) else (value,))
    ],
]


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


class AddressPlan(BaseModel):
    """Slots by name; what ranges they mean is computed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    supernet: Annotated[Range, Field(description="all addresses of all environments")]
    environments: Annotated[Blocks, Field(description="by environment, its slot in the supernet, or its slots")]
    regions: Annotated[Blocks, Field(description="by region, its slot in an environment, or its slots")]
    networks: Annotated[Slots, Field(description="by VCN, its slot in a region")]
    subnets: Annotated[Slots, Field(description="by subnet, its slot in a VCN; `<network>.<subnet>` in that VCN alone")]

    @model_validator(mode="after")
    def _supernet_fits(self) -> Self:
        if not any(self.supernet.subnet_of(private) for private in _PRIVATE):
            raise ValueError(
                f"supernet {self.supernet} is somebody's on the internet; take private addresses, a part of "
                f"{' or '.join(map(str, _PRIVATE))}"
            )
        depth = sum(_STEPS.values())
        largest, smallest = _LARGEST_VCN - depth + _STEPS["subnets"], _SMALLEST_SUBNET - depth
        if not largest <= self.supernet.prefixlen <= smallest:
            raise ValueError(
                f"supernet {self.supernet} gives VCNs larger than /{_LARGEST_VCN} or subnets smaller than "
                f"/{_SMALLEST_SUBNET}, which Oracle doesn't have; take a range from /{largest} to /{smallest}"
            )
        return self

    @model_validator(mode="after")
    def _slots_fit(self) -> Self:
        blocks = 1
        for step, bits in _STEPS.items():
            there = blocks * 2**bits
            taken: dict[tuple[str, int], str] = {}
            for name, slots in self._slots[step].items():
                for slot in slots:
                    if slot >= there:
                        raise ValueError(
                            f"{step}.{name}: slot {slot} does not exist; take one from 0 to {there - 1}, "
                            f"or {_GROW[step]} ({_HOW})"
                        )
                    place = (name.rpartition(_OF)[0] if step == "subnets" else "", slot)
                    if place in taken:
                        free = sorted(set(range(there)) - {of for where, of in taken if where == place[0]})
                        raise ValueError(f"{step}.{name}: slot {slot} is {taken[place]}'s; {_another(step, free)}")
                    taken[place] = name
            blocks = max((len(slots) for slots in self._slots[step].values()), default=1)
        return self

    @model_validator(mode="after")
    def _networks_have_their_own_subnets(self) -> Self:
        for name in self.subnets:
            network, of, _ = name.rpartition(_OF)
            if of and network not in self.networks:
                raise ValueError(f"subnets.{name}: there is no network {network}; correct it ({_known(self.networks)})")
        return self

    def environment_range(self, environment: str) -> IPv4Network:
        """The first block of one environment."""
        return self._blocks([self.supernet], "environments", environment)[0]

    def region_range(self, environment: str, region: str) -> IPv4Network:
        """The first block of one environment in one region."""
        return self._region_blocks(environment, region)[0]

    def network_range(self, environment: str, region: str, network: str) -> IPv4Network:
        """The range of one VCN.

        Raises:
            BoundaryError: a name has no slot, or the region has no block for the network's.
        """
        return self._blocks(self._region_blocks(environment, region), "networks", network)[0]

    def subnet_range(self, environment: str, region: str, network: str, subnet: str) -> IPv4Network:
        """The range of one subnet of a VCN.

        Raises:
            BoundaryError: as for its network, or its slot is another's there.
        """
        block = [self.network_range(environment, region, network)]
        own = f"{network}{_OF}{subnet}"
        if own in self.subnets:
            return self._blocks(block, "subnets", own)[0]
        found = self._blocks(block, "subnets", subnet)[0]
        for name, slot in self.subnets.items():
            if name.startswith(f"{network}{_OF}") and slot == self.subnets[subnet]:
                raise BoundaryError(
                    f"the address plan gives slot {slot} of {network} to {name}, so that {subnet} has none there; give "
                    f"{own} a free one in boundary.yaml"
                )
        return found

    @property
    def _slots(self) -> dict[str, Mapping[str, tuple[int, ...]]]:
        """The slots of each step, from the largest block to the smallest."""
        return {
            "environments": self.environments,
            "regions": self.regions,
            "networks": {name: (slot,) for name, slot in self.networks.items()},
            "subnets": {name: (slot,) for name, slot in self.subnets.items()},
        }

    def _region_blocks(self, environment: str, region: str) -> list[IPv4Network]:
        return self._blocks(self._blocks([self.supernet], "environments", environment), "regions", region)

    def _blocks(self, blocks: list[IPv4Network], step: str, name: str) -> list[IPv4Network]:
        """What a name's slots mean in the blocks of what it is a part of."""
        slots, bits = self._slots[step], _STEPS[step]
        if name not in slots:
            free = sorted(set(range(len(blocks) << bits)) - {slot for found in slots.values() for slot in found})
            raise BoundaryError(
                f"the address plan has no slot for {name!r} under {step} ({_known(slots)}); "
                f"add one to boundary.yaml: {_another(step, free)}"
            )
        found = []
        for slot in slots[name]:
            number, rest = divmod(slot, 2**bits)
            if number >= len(blocks):
                # What comes after a block that isn't here waits for it: its place is the same everywhere.
                break
            prefix = blocks[number].prefixlen + bits
            found.append(IPv4Network((int(blocks[number].network_address) + (rest << (32 - prefix)), prefix)))
        if not found:
            raise BoundaryError(
                f"the address plan has no block here for {name}, which has slot {slots[name][0]} of {step}; "
                f"{_GROW[step]} ({_HOW})"
            )
        return found


def _another(step: str, free: list[int]) -> str:
    if free:
        return f"take a free one ({', '.join(map(str, free[:4]))})"
    return f"every slot is taken: {_GROW[step]} ({_HOW})"


def _known(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
