"""`stacks/backend.yaml`: where the state of each stack lies, and under which key."""

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from backend.errors import BackendError
from boundary import Boundary, BoundaryError, find_region, parse_ocid
from boundary.load import read_model

_STRICT = ConfigDict(extra="forbid", frozen=True)
_OVERRIDE = "STATESIDE_BACKEND"


class StateBucket(BaseModel):
    """The bucket of one stack's state."""

    model_config = _STRICT

    bucket: str = Field(pattern=r"^[A-Za-z0-9._-]{1,256}$", description="its name")
    region: str = Field(description="where it lies: a region of ours")
    compartment: str = Field(description="the compartment that it lies in, which no stack makes")
    key: str = Field(description="the vault's key that encrypts it, in the same region, which no stack makes")
    keep_versions_days: int = Field(default=90, ge=7, description="how long earlier states can be brought back")


class Backends(BaseModel):
    """The whole file."""

    model_config = _STRICT

    stacks: dict[str, StateBucket] = Field(description="by the stack's name")


def state_bucket(stack: str, boundary: Boundary) -> StateBucket:
    """What is wanted for a stack.

    Raises:
        BackendError: nothing is, or what can't be inside the boundary.
    """
    path = Path(os.environ.get(_OVERRIDE) or Path(__file__).parents[1] / "stacks" / "backend.yaml")
    try:
        known = read_model(path, Backends).stacks
    except BoundaryError as error:
        raise BackendError(str(error)) from None
    if stack not in known:
        raise BackendError(f"{path.name} has no stack {stack}; it has {', '.join(sorted(known)) or 'none'}")
    wanted = known[stack]
    if wanted.region not in boundary.regions.allowed:
        raise BackendError(f"{path.name}: {stack}.region: {wanted.region} is no region of ours")
    for name, kind in (("key", "key"), ("compartment", None)):
        _check_identifier(f"{path.name}: {stack}.{name}", getattr(wanted, name), kind, wanted.region, boundary)
    return wanted


def _check_identifier(where: str, text: str, kind: str | None, region: str, boundary: Boundary) -> None:
    try:
        found = parse_ocid(text)
    except BoundaryError as error:
        raise BackendError(f"{where}: {error}") from None
    if kind is None and found.type not in ("compartment", "tenancy"):
        raise BackendError(f"{where}: {text} is no compartment")
    if kind and found.type != kind:
        raise BackendError(f"{where}: {text} is no {kind}")
    if found.realm != boundary.realm:
        raise BackendError(f"{where}: {text} is of the realm {found.realm}, not {boundary.realm}")
    lies_in = find_region(found.region)
    if kind and (lies_in is None or lies_in.name != region):
        raise BackendError(f"{where}: {text} is not of {region}; a bucket is encrypted by a key of its own region")
