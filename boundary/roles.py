"""Roles that the boundary itself knows: groups of people and dynamic groups of machines that statements are judged by.

A group is called `<environment>-<role>` in Oracle; names here are without the environment.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

RoleName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]


class Role(StrEnum):
    """What a group is to the boundary."""

    CROSSINGS = "crossings"
    VENDOR = "vendor"
    TRAINER = "trainer"


class Roles(BaseModel):
    """Who may be granted what makes a crossing, who never comes near data, and who sees features alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    crossings: Annotated[
        RoleName, Field(description="the one group that may be granted what makes a crossing, without its environment")
    ]
    vendors: Annotated[
        frozenset[RoleName], Field(min_length=1, description="groups of vendors, which get nowhere near data")
    ]
    trainers: Annotated[
        frozenset[RoleName], Field(min_length=1, description="groups that train, which read only what is `us-user`")
    ]

    @model_validator(mode="after")
    def _one_role_each(self) -> Self:
        for name in sorted({self.crossings} & (self.vendors | self.trainers) | self.vendors & self.trainers):
            raise ValueError(f"{name} has two roles; leave it one")
        return self

    def role_of(self, group: str, environments: Collection[str]) -> Role | None:
        """The role of a group as a statement names it, with its identity domain or without; None for any other group.

        Oracle's names don't differ by case.
        """
        name = group.rpartition("/")[2].lower()
        for environment in environments:
            prefix = f"{environment}-".lower()
            if name.startswith(prefix) and (role := self._named(name.removeprefix(prefix))):
                return role
        return None

    def _named(self, name: str) -> Role | None:
        if name == self.crossings:
            return Role.CROSSINGS
        if name in self.vendors:
            return Role.VENDOR
        return Role.TRAINER if name in self.trainers else None
