"""A constraint of the catalogue: one argument path, the rule it belongs to, the check that its value must pass."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_PATH = r"^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$"


class Constraint(BaseModel):
    """One argument path under a rule.

    A value that is decisive must be known before `up`; unknown, it is a violation. What isn't decisive (a reference to
    what the same program creates) is judged once it is known, before anything is created. What is required must be
    there, and so must everything that holds it; what is required by the path of something that holds it, only where
    that is there. What isn't `swept` is read by its check word by word, which may pass what a sweep would not: a quota
    that takes away a foreign region. What is `filled` the service sets too, for what else was declared: of the outputs
    it says nothing.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: Annotated[str, Field(pattern=_PATH)]
    rule: str
    check: str
    values: tuple[bool | str, ...] = ()
    decisive: bool = True
    required: bool | Annotated[str, Field(pattern=_PATH)] = False
    swept: bool = True
    filled: bool = False
    lets_through: str = ""
    instead: str = ""

    @model_validator(mode="after")
    def _is_required_where_something_that_holds_it_is(self) -> Self:
        if isinstance(self.required, str) and not self.path.startswith(f"{self.required}."):
            raise ValueError(f"{self.path} is required where {self.required} is there, which doesn't hold it")
        return self

    @property
    def optional_above(self) -> int:
        """How many names of its path hold it and may be left out with it."""
        return self.required.count(".") + 1 if isinstance(self.required, str) else 0
