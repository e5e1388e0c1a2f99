"""Field types that refuse what pydantic would quietly convert: a slot of `yes`, a range of `5`, a cutover of `2027`."""

from ipaddress import IPv4Network
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, Field


def _refuse_number(value: object) -> object:
    if isinstance(value, int | float):
        raise ValueError(f"{value!r} is a number; write it out, as stacks/boundary.yaml does")
    return value


Slot = Annotated[int, Field(ge=0, strict=True)]
Range = Annotated[IPv4Network, BeforeValidator(_refuse_number)]
Moment = Annotated[AwareDatetime, BeforeValidator(_refuse_number)]
