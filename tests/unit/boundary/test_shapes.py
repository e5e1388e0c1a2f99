"""Oracle's shapes: the sizes and protections that it has of each, and what is said of what it doesn't have."""

import pytest

from boundary import BoundaryError, Protection, shape
from boundary.shapes import shapes


@pytest.mark.parametrize(
    ("name", "ocpus", "memory_gb", "objection"),
    [
        ("VM.Standard.E5.Flex", 1, 1, None),
        ("VM.Standard.E5.Flex", 16, 128, None),
        ("VM.Standard.E5.Flex", 94, 1049, None),
        ("VM.Standard.E5.Flex", 1, None, None),
        ("VM.Standard.E5.Flex", 95, 128, "has 1 to 94 OCPUs, not 95; give a number between"),
        ("VM.Standard.E5.Flex", 0.5, 1, "has 1 to 94 OCPUs, not 0.5; give a number between"),
        ("VM.Standard.E5.Flex", 2, 1, "has 2 to 128 GB of memory with 2 OCPUs, not 1; give a number between"),
        ("VM.Standard.E5.Flex", 2, 129, "has 2 to 128 GB of memory with 2 OCPUs, not 129; give a number between"),
        ("VM.Standard.E5.Flex", 94, 1050, "has 94 to 1049 GB of memory with 94 OCPUs, not 1050; give a number between"),
        ("VM.Standard.E5.Flex", None, None, "is a flexible shape; give OCPUs and memory"),
        ("VM.Standard.E4.Flex", 65, 128, "has 1 to 64 OCPUs, not 65; give a number between"),
        ("VM.Optimized3.Flex", 18, 257, "has 18 to 256 GB of memory with 18 OCPUs, not 257; give a number between"),
        ("VM.DenseIO.E4.Flex", 16, 256, None),
        ("VM.DenseIO.E4.Flex", 16, None, None),
        (
            "VM.DenseIO.E4.Flex",
            16,
            128,
            "has certain sizes alone; take OCPUs with memory of these: 8 with 128 GB, 16 with 256 GB, 32 with 512 GB",
        ),
        ("BM.GPU.H100.8", None, None, None),
        ("BM.GPU.H100.8", 112, None, "has a fixed size of 112 OCPUs and 2048 GB; give no OCPUs and no memory"),
    ],
)
def test_a_shape_has_the_sizes_of_oracles_table(
    name: str, ocpus: float | None, memory_gb: float | None, objection: str | None
) -> None:
    assert shape(name).objection(ocpus, memory_gb) == objection


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("VM.Standard.E5.Flx", "VM.Standard.E5.Flex"),
        ("VM.Standard.E5Flex", "VM.Standard.E5.Flex"),
        ("vm.standard.e5.flex", "VM.Standard.E5.Flex"),
        ("BM.GPU.H100", "BM.GPU.H100.8"),
    ],
)
def test_a_misspelt_shape_is_unknown_and_the_one_that_was_meant_is_named_first(misspelt: str, meant: str) -> None:
    with pytest.raises(BoundaryError) as refused:
        shape(misspelt)
    message = str(refused.value)
    start = f"{misspelt} is no shape of Oracle's that is known; write it as Oracle does, like "
    assert message.startswith(f"{start}{meant}, ")
    assert message.endswith(", or add it to boundary/shapes.yaml")


SHIELDED = {
    "VM.Standard3.Flex": "INTEL_VM",
    "VM.Optimized3.Flex": "INTEL_VM",
    **dict.fromkeys((f"VM.Standard.E{generation}.Flex" for generation in (3, 4, 5, 6)), "AMD_VM"),
}


def test_the_protections_of_each_shape_are_those_of_oracles_pages() -> None:
    assert {name: each.platform for name, each in shapes().items() if each.platform} == SHIELDED
    assert {name for name, each in shapes().items() if each.in_transit == "choice"} == {
        name for name in shapes() if name.startswith("VM.")
    }
    always = {name for name, each in shapes().items() if each.in_transit == "always"}
    assert always == {"BM.Standard.E3.128", "BM.Standard.E4.128", "BM.DenseIO.E4.128"}
    assert shape("BM.Standard.E4.128").lacks == {Protection.SHIELDING}
    assert shape("BM.GPU.H100.8").lacks == {Protection.SHIELDING, Protection.IN_TRANSIT}
    assert not shape("VM.Standard.E5.Flex").lacks


def test_the_shapes_with_gpus_and_rdma_have_them() -> None:
    assert {name: shape(name).gpus for name in ("VM.GPU.A10.1", "BM.GPU.L40S-NC.4", "BM.GPU.H100.8")} == {
        "VM.GPU.A10.1": 1,
        "BM.GPU.L40S-NC.4": 4,
        "BM.GPU.H100.8": 8,
    }
    rdma = {name for name, each in shapes().items() if each.has_rdma}
    assert rdma == {"BM.GPU.A100-v2.8", "BM.GPU.H100.8", "BM.GPU4.8", "BM.HPC2.36", "BM.Optimized3.36"}
