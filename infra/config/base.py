"""What every piece of configuration has in common: keys in camelCase, no key that isn't known, values that stay."""

from typing import cast

from pydantic import BaseModel, ConfigDict, ValidationInfo
from pydantic.alias_generators import to_camel

from boundary import Boundary


class Config(BaseModel):
    """A strict piece of a stack's configuration."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel)


def boundary_of(info: ValidationInfo) -> Boundary:
    """The boundary that the configuration is validated inside of."""
    return cast(Boundary, info.context)
