"""Oracle's compute shapes as data: what sizes a machine may have, and which protections its shape has.

The table is `shapes.yaml`. It lies here, beside Oracle's regions, because the program and the world both go by it, and
because this is the one room that the program may read (docs/decisions/0015-shapes-in-boundary.md).
"""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from boundary.errors import BoundaryError
from boundary.load import read_model

_STRICT = ConfigDict(extra="forbid", frozen=True)
_MOST_GB_AN_OCPU = 64
_Whole = Annotated[int, Field(ge=1)]
Size = tuple[_Whole, _Whole]
"""OCPUs, and memory in GB."""


class Protection(StrEnum):
    """What protects a machine, where its shape has it; called as a stack's configuration calls it."""

    SHIELDING = "shielding"
    """Secure Boot, Measured Boot and a TPM."""
    IN_TRANSIT = "inTransitEncryption"
    """Encryption between a machine and its volumes."""


class _Flexible(BaseModel):
    model_config = _STRICT

    ocpus: _Whole
    memory_gb: _Whole
    platform: Literal["AMD_VM", "INTEL_VM"] | None = None


class _Fixed(BaseModel):
    model_config = _STRICT

    ocpus: _Whole
    memory_gb: _Whole
    gpus: int = 0
    rdma: bool = False
    in_transit: Literal["always"] | None = None


class _Table(BaseModel):
    model_config = _STRICT

    flexible: dict[str, _Flexible]
    sizes: dict[str, tuple[Size, ...]]
    fixed: dict[str, _Fixed]


class Shape(BaseModel):
    """One shape: a flexible one has its largest size here, a fixed one its own; `sizes` are the only ones, if any."""

    model_config = _STRICT

    name: str
    is_flexible: bool
    ocpus: int
    memory_gb: int
    sizes: tuple[Size, ...] = ()
    gpus: int = 0
    has_rdma: bool = False
    platform: str | None = None
    """The platform type to ask for with Secure Boot, Measured Boot and a TPM; None where there are none."""
    in_transit: Literal["choice", "always", "absent"] = "absent"
    """Whether encryption between a machine and its volumes is to be asked for, is always on, or isn't there."""

    def __str__(self) -> str:
        """Its name."""
        return self.name

    @property
    def lacks(self) -> frozenset[Protection]:
        """The protections that no machine of the shape has."""
        found = {Protection.SHIELDING: self.platform is None, Protection.IN_TRANSIT: self.in_transit == "absent"}
        return frozenset(each for each, lacking in found.items() if lacking)

    def objection(self, ocpus: float | None, memory_gb: float | None) -> str | None:
        """What is wrong with a size, as the end of a sentence; None where Oracle takes it.

        Oracle chooses memory by the OCPUs where none is given.
        """
        if not self.is_flexible:
            if ocpus is None and memory_gb is None:
                return None
            return f"has a fixed size of {self.ocpus} OCPUs and {self.memory_gb} GB; give no OCPUs and no memory"
        if ocpus is None:
            return "is a flexible shape; give OCPUs and memory"
        if self.sizes:
            if any(ocpus == size[0] and memory_gb in (None, size[1]) for size in self.sizes):
                return None
            known = ", ".join(f"{size[0]} with {size[1]} GB" for size in self.sizes)
            return f"has certain sizes alone; take OCPUs with memory of these: {known}"
        if not 1 <= ocpus <= self.ocpus:
            return f"has 1 to {self.ocpus} OCPUs, not {ocpus:g}; give a number between"
        least, most = max(1, ocpus), min(_MOST_GB_AN_OCPU * ocpus, self.memory_gb)
        if memory_gb is not None and not least <= memory_gb <= most:
            return (
                f"has {least:g} to {most:g} GB of memory with {ocpus:g} OCPUs, not {memory_gb:g}; give a number between"
            )
        return None


@cache
def shapes() -> dict[str, Shape]:
    """Every known shape by name.

    Raises:
        BoundaryError: the table can't be used.
    """
    table = read_model(Path(__file__).parent / "shapes.yaml", _Table)
    flexible = {
        name: Shape(name=name, is_flexible=True, in_transit="choice", **each.model_dump())
        for name, each in table.flexible.items()
    }
    sized = {
        name: Shape(
            name=name, is_flexible=True, ocpus=sizes[-1][0], memory_gb=sizes[-1][1], sizes=sizes, in_transit="choice"
        )
        for name, sizes in table.sizes.items()
    }
    fixed = {
        name: Shape(
            name=name,
            is_flexible=False,
            ocpus=each.ocpus,
            memory_gb=each.memory_gb,
            gpus=each.gpus,
            has_rdma=each.rdma,
            in_transit="choice" if name.startswith("VM.") else each.in_transit or "absent",
        )
        for name, each in table.fixed.items()
    }
    return {**flexible, **sized, **fixed}


def shape(name: str) -> Shape:
    """The shape of this name.

    Raises:
        BoundaryError: no such shape is known.
    """
    found = shapes().get(name)
    if found is None:
        alike = sorted(shapes(), key=lambda known: (-_alike(known, name), known))[:3]
        raise BoundaryError(
            f"{name} is no shape of Oracle's that is known; write it as Oracle does, like {', '.join(alike)}, or "
            "add it to boundary/shapes.yaml"
        )
    return found


def _alike(one: str, other: str) -> int:
    """How much of two names is alike from the beginning and from the end, in any case."""
    a, b = one.lower(), other.lower()
    ends = ((a, b), (a[::-1], b[::-1]))
    return sum(
        next((at for at, (x, y) in enumerate(zip(*pair, strict=False)) if x != y), min(len(a), len(b))) for pair in ends
    )
