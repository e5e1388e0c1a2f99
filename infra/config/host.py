"""Machines: their shape and size, and where and from which image they start."""

from typing import Annotated, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from boundary import BoundaryError, Protection, parse_ocid
from boundary import shape as known_shape
from infra.config.base import Config, boundary_of

Port = Annotated[int, Field(ge=1, le=65535)]


def image_of_ours(value: str, info: ValidationInfo) -> str:
    """The OCID of an image in a region of ours.

    Raises:
        ValueError: it is none.
    """
    image = parse_ocid(value)
    if image.type != "image" or not boundary_of(info).is_allowed_region(image.region):
        raise ValueError(f"{value} is not the OCID of an image in an allowed region; correct it")
    return value


class HostConfig(Config):
    """One machine: its shape, how large a flexible shape is, and where and from which image it starts."""

    shape: Annotated[str, Field(pattern=r"^(VM|BM)\.[A-Za-z0-9.-]+$", description="Oracle's name of the shape")]
    ocpus: Annotated[
        Annotated[int, Field(ge=1)] | None, Field(description="OCPUs; for a flexible shape, and no other")
    ] = None
    memory_gb: Annotated[
        Annotated[int, Field(ge=1)] | None, Field(description="GB of memory; for a flexible shape, and no other")
    ] = None
    availability_domain: Annotated[int, Field(ge=1, le=3, description="number of the availability domain")] = 1
    without: Annotated[
        frozenset[Protection],
        Field(description="protections that the shape doesn't have, and that the machine is to go without"),
    ] = frozenset()
    image: Annotated[
        str,
        Field(
            description="OCID of an image; without it, the newest Ubuntu 24.04 for the shape",
            examples=["ocid1.image.oc1.iad.aaaaaaaaexample"],
        ),
    ] = ""

    @field_validator("image")
    @classmethod
    def _is_an_image_of_ours(cls, value: str, info: ValidationInfo) -> str:
        return image_of_ours(value, info)

    @model_validator(mode="after")
    def _size_fits_the_shape(self) -> Self:
        try:
            shape = known_shape(self.shape)
        except BoundaryError as error:
            raise ValueError(str(error)) from None
        given = [self.ocpus, self.memory_gb]
        if shape.is_flexible and None in given:
            raise ValueError(f"{self.shape} is a flexible shape; give ocpus and memoryGb")
        if not shape.is_flexible and given != [None, None]:
            raise ValueError(f"{self.shape} has a fixed size; remove ocpus and memoryGb")
        if objection := shape.objection(self.ocpus, self.memory_gb):
            raise ValueError(f"{self.shape} {objection}")
        return self

    @model_validator(mode="after")
    def _says_what_it_goes_without(self) -> Self:
        lacks = known_shape(self.shape).lacks
        if unsaid := sorted(lacks - self.without):
            raise ValueError(
                f"{self.shape} has no {' and no '.join(unsaid)}; write without: [{', '.join(sorted(lacks))}], or take "
                "a shape that has it"
            )
        if there := sorted(self.without - lacks):
            raise ValueError(f"{self.shape} has {' and '.join(there)}; remove it from without")
        return self


class TrainingConfig(HostConfig):
    """Training's head node, and the image that its machines with GPUs start from.

    Oracle's platform images have neither drivers for GPUs nor RDMA, and a network without a way out lets nobody install
    them afterwards: "Cluster Networks with Instance Pools" says which image to take,
    https://docs.oracle.com/iaas/Content/Compute/Tasks/managingclusternetworks.htm
    """

    worker_image: Annotated[
        str, Field(description="OCID of an image with drivers for GPUs and RDMA; has to be given")
    ] = ""

    @field_validator("worker_image")
    @classmethod
    def _is_an_image_too(cls, value: str, info: ValidationInfo) -> str:
        return image_of_ours(value, info)

    @model_validator(mode="after")
    def _names_an_image_with_drivers(self) -> Self:
        if not self.worker_image:
            raise ValueError(
                "workerImage is missing; import an Ubuntu image for GPUs and cluster networks, with NVIDIA's drivers "
                "and OFED, of those that https://github.com/oracle-quickstart/oci-hpc-oke lists, and give the OCID it "
                "gets"
            )
        return self


class ServingConfig(HostConfig):
    """A machine that answers the edge, and on which ports."""

    accepts_tcp: Annotated[tuple[Port, ...], Field(min_length=1, description="the ports that it answers on")]
