"""Reads `stacks/boundary.yaml`, or any YAML into a pydantic model, with errors a person can act on."""

import os
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from boundary.errors import BoundaryError
from boundary.model import Boundary
from boundary.strict_yaml import parse_yaml

Model = TypeVar("Model", bound=BaseModel)

_OVERRIDE = "STATESIDE_BOUNDARY"


def boundary_path() -> Path:
    """Where the boundary is read from: `stacks/boundary.yaml`, or what STATESIDE_BOUNDARY names."""
    return Path(os.environ.get(_OVERRIDE) or Path(__file__).parents[1] / "stacks" / "boundary.yaml")


def load_boundary(path: Path | None = None) -> Boundary:
    """The validated boundary; a file is read once.

    Raises:
        BoundaryError: the file is missing, is not YAML, or says something that can't be.
    """
    return _load(path or boundary_path())


@cache
def _load(path: Path) -> Boundary:
    return read_model(path, Boundary)


def read_model(path: Path, model: type[Model]) -> Model:
    """Reads a YAML file into a pydantic model; errors name the file, the key and the fix.

    Raises:
        BoundaryError: as for `load_boundary`.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BoundaryError(f"{path.name} is missing at {path}; restore it from the repository") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BoundaryError(f"{path} can't be read ({error}); check its permissions and encoding") from None
    try:
        data = parse_yaml(text)
    except BoundaryError as error:
        raise BoundaryError(f"{path.name} {error}") from None
    if not isinstance(data, dict):
        raise BoundaryError(f"{path.name} holds no mapping; write keys and values")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise BoundaryError(f"{path.name}: {first_problem(error)}") from None


def first_problem(error: ValidationError) -> str:
    """The first problem of a validation as one sentence: the key, what is wrong, what to do."""
    # A misspelt key is unknown and missing at once; that it is unknown says more.
    problem = min(error.errors(), key=lambda entry: entry["type"] != "extra_forbidden")
    key = ".".join(str(part) for part in problem["loc"])
    message = problem["msg"].removeprefix("Value error, ")
    match problem["type"]:
        case "extra_forbidden":
            return f"{key} is not a known key; remove it or correct its spelling"
        case "missing":
            return f"{key} is missing; add it"
        case "value_error":
            return f"{key}: {message}" if key else message
        case "timezone_aware":
            return f"{key} has no time zone; write it like 2027-01-22T00:00:00Z"
        case _:
            return f"{key}: {message} (it is {problem['input']!r}); correct the value"
