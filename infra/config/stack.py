"""The stack's configuration, read once and validated before anything is declared.

A stack is an environment of the address plan: its name is not configured. What is configured are its regions and sizes,
under `stateside:`; whatever is wrong there ends the run with one sentence that names the key and the fix.
"""

import json
from dataclasses import dataclass
from typing import Annotated, Any, Self

import pulumi
from pulumi.runtime.config import CONFIG
from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator

from boundary import Boundary, BoundaryError, Region, find_region, load_boundary, parse_ocid, region
from boundary.load import first_problem
from infra.capacity import Assumptions, Capacity, exceeded_limit
from infra.config.access import AccessConfig
from infra.config.base import Config, boundary_of
from infra.config.edge import EdgeConfig
from infra.config.host import ServingConfig, TrainingConfig
from infra.config.kubernetes import KubernetesConfig
from infra.config.landing_zone import LandingZoneConfig
from infra.config.observability import ObservabilityConfig
from infra.config.transfer import TransferConfig


class StackConfig(Config):
    """Every key that a stack may set under `stateside:`."""

    regions: Annotated[
        tuple[str, ...],
        Field(min_length=1, max_length=2, description="where the environment stands; the first region is the primary"),
    ]
    users: Annotated[int, Field(ge=1, description="people who use the app in a month; all sizes follow from it")]
    capacity: Annotated[Assumptions, Field(description="the numbers by which sizes follow from users")] = Assumptions()
    serving: ServingConfig
    training: TrainingConfig
    edge: EdgeConfig
    kubernetes: KubernetesConfig = KubernetesConfig()
    transfer: TransferConfig = TransferConfig()
    landing_zone: LandingZoneConfig = LandingZoneConfig()
    # Validated even where it is left out, for the sentence that says what belongs there.
    access: Annotated[AccessConfig, Field(default_factory=dict, validate_default=True)]
    observability: ObservabilityConfig = ObservabilityConfig()
    lost: Annotated[
        str | None,
        Field(description="a region that is lost: what stands there is left alone", examples=["us-ashburn-1"]),
    ] = None
    protect: Annotated[bool, Field(description="what holds data can't be destroyed (Pulumi's `protect`)")] = False
    private_vault: Annotated[
        bool, Field(description="the vault has an HSM partition of its own, where keys rotate by themselves")
    ] = False
    config_file_profile: Annotated[
        str | None, Field(description="profile of the operator's OCI configuration file", examples=["US_PROD"])
    ] = None

    @field_validator("regions")
    @classmethod
    def _are_allowed(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        allowed = boundary_of(info).regions.allowed
        for name in value:
            if name not in allowed:
                raise ValueError(f"{name} is not an allowed region; choose {' or '.join(allowed)}")
        if len(set(value)) < len(value):
            raise ValueError(f"{value[0]} is there twice; name each region once")
        return value

    @model_validator(mode="after")
    def _workers_start_where_training_runs(self) -> Self:
        primary, image = region(self.regions[0]), parse_ocid(self.training.worker_image)
        if find_region(image.region) != primary:
            raise ValueError(
                f"training.workerImage: {image.text} is not in {primary.name}, where training runs; import it there"
            )
        return self

    @model_validator(mode="after")
    def _something_still_stands(self) -> Self:
        if self.lost is not None and (self.lost not in self.regions or len(self.regions) == 1):
            raise ValueError(f"lost: {self.lost} is not one of two regions ({', '.join(self.regions)}); remove it")
        return self

    @model_validator(mode="after")
    def _fit_oracles_limits(self) -> Self:
        if problem := exceeded_limit(Capacity(self.users, len(self.regions), self.capacity)):
            raise ValueError(f"users: {self.users} people would need {problem}; change an assumption under capacity")
        return self


@dataclass(frozen=True)
class Stack:
    """What one run of the program builds: an environment, inside the boundary, at its configured size."""

    environment: str
    boundary: Boundary
    config: StackConfig

    @property
    def regions(self) -> tuple[Region, ...]:
        """The regions that the environment stands in: one, or the primary and the one that takes over from it."""
        return tuple(map(region, self.config.regions))

    @property
    def standing(self) -> tuple[Region, ...]:
        """The regions that are declared in this run: all, but for one that is lost."""
        return tuple(each for each in self.regions if each.name != self.config.lost)

    @property
    def capacity(self) -> Capacity:
        """How large everything is."""
        return Capacity(self.config.users, len(self.config.regions), self.config.capacity)

    @property
    def home(self) -> Region:
        """The region that IAM's objects live in."""
        return region(self.boundary.regions.home)


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
