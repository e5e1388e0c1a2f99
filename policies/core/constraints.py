"""A constraint of the catalogue: one argument path, the rule it belongs to, the check that its value must pass."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Constraint(BaseModel):
    """One argument path under a rule.

    A value that is decisive must be known before `up`; unknown, it is a violation. What isn't decisive (a reference to
    what the same program creates) is judged once it is known, before anything is created. What is required must be
    there, and so must everything that holds it; what is required `within` only where that is there. What isn't `swept`
    is read by its check word by word, which may pass what a sweep would not: a quota that takes away a foreign region.
    What is `filled` the service sets too, for what else was declared: of the outputs it says nothing.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: Annotated[str, Field(pattern=r"^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$")]
    rule: str
    check: str
    values: tuple[bool | str, ...] = ()
    decisive: bool = True
    required: bool | Literal["within"] = False
    swept: bool = True
    filled: bool = False
    lets_through: str = ""
    instead: str = ""
