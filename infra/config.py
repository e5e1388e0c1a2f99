"""The stack's configuration, read once and validated before anything is declared.

A stack is an environment of the address plan: its name is not configured. What is configured are its region and sizes,
under `stateside:`; whatever is wrong there ends the run with one sentence that names the key and the fix.
"""

import json
from dataclasses import dataclass
from typing import Annotated, Any, Self, cast

import pulumi
from pulumi.runtime.config import CONFIG
from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic.alias_generators import to_camel

from boundary import Boundary, BoundaryError, Region, load_boundary, parse_ocid, region
from boundary.load import first_problem
from infra.shapes import Shape

_STRICT = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel)

Port = Annotated[int, Field(ge=1, le=65535)]


class HostConfig(BaseModel):
    """One machine: its shape, how large a flexible shape is, and where and from which image it starts."""

    model_config = _STRICT

    shape: Annotated[str, Field(pattern=r"^(VM|BM)\.[A-Za-z0-9.-]+$")]
    ocpus: Annotated[int, Field(ge=1)] | None = None
    memory_gb: Annotated[int, Field(ge=1)] | None = None
    availability_domain: Annotated[int, Field(ge=1, le=3)] = 1
    image: Annotated[str, Field(description="OCID of an image; the newest Ubuntu 24.04 for the shape if absent")] = ""

    @field_validator("image")
    @classmethod
    def _is_an_image_of_ours(cls, value: str, info: ValidationInfo) -> str:
        image = parse_ocid(value)
        if image.type != "image" or not _boundary(info).is_allowed_region(image.region):
            raise ValueError(f"{value} is not the OCID of an image in an allowed region; correct it")
        return value

    @model_validator(mode="after")
    def _size_fits_the_shape(self) -> Self:
        given = [self.ocpus, self.memory_gb]
        if Shape(self.shape).is_flexible and None in given:
            raise ValueError(f"{self.shape} is a flexible shape; give ocpus and memoryGb")
        if not Shape(self.shape).is_flexible and given != [None, None]:
            raise ValueError(f"{self.shape} has a fixed size; remove ocpus and memoryGb")
        return self


class ServingConfig(HostConfig):
    """A machine that answers the edge, and on which ports."""

    accepts_tcp: Annotated[tuple[Port, ...], Field(min_length=1)]


class StackConfig(BaseModel):
    """Every key that a stack may set under `stateside:`."""

    model_config = _STRICT

    region: str
    serving: ServingConfig
    training: HostConfig
    protect: Annotated[bool, Field(description="refuse to destroy what holds data")] = False
    private_vault: Annotated[bool, Field(description="a vault of our own HSM partition, which can rotate keys")] = False
    config_file_profile: Annotated[str | None, Field(description="profile of the operator's OCI configuration")] = None

    @field_validator("region")
    @classmethod
    def _is_allowed(cls, value: str, info: ValidationInfo) -> str:
        allowed = _boundary(info).regions.allowed
        if value not in allowed:
            raise ValueError(f"{value} is not an allowed region; choose {' or '.join(allowed)}")
        return value


@dataclass(frozen=True)
class Stack:
    """What one run of the program builds: an environment, inside the boundary, at its configured size."""

    environment: str
    boundary: Boundary
    config: StackConfig

    @property
    def region(self) -> Region:
        """The region that the environment stands in."""
        return region(self.config.region)


def read_stack() -> Stack:
    """The stack that is being run.

    Raises:
        pulumi.RunError: the boundary, the stack's name or its configuration can't be used.
    """
    environment = pulumi.get_stack()
    try:
        boundary = load_boundary()
    except BoundaryError as error:
        raise pulumi.RunError(str(error)) from None
    known = boundary.addresses.environments
    if environment not in known:
        raise pulumi.RunError(
            f"the address plan has no environment for a stack called {environment} ({', '.join(sorted(known))}); "
            "select one of these, or add it under addresses.environments in stacks/boundary.yaml"
        )
    try:
        config = StackConfig.model_validate(_configured(), context=boundary)
    except ValidationError as error:
        raise pulumi.RunError(f"Pulumi.{environment}.yaml: stateside:{first_problem(error)}") from None
    return Stack(environment, boundary, config)


def _configured() -> dict[str, Any]:
    """Everything under `stateside:`, unknown keys too: Pulumi's own Config only answers for keys that it is asked."""
    prefix = f"{pulumi.get_project()}:"
    return {key.removeprefix(prefix): _decoded(text) for key, text in CONFIG.get().items() if key.startswith(prefix)}


def _decoded(text: str) -> Any:
    # The engine hands over structures, numbers and booleans as JSON, and strings as they are.
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _boundary(info: ValidationInfo) -> Boundary:
    return cast(Boundary, info.context)
