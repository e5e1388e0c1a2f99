"""Who else may make calls that cross by hand, or come near data, each with the reason: a list that an auditor can read.

Which calls cross is data of the pack (`policies/rules/statements/crossings.yaml`), which refuses a name that it doesn't
know.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from boundary.roles import RoleName

# A group or dynamic group without its environment, or one of Oracle's services.
Grantee = Annotated[
    str,
    Field(pattern=r"^(group|dynamic-group) [a-z][a-z0-9-]*$|^service [a-z][a-z0-9_-]*$"),
]


class Granted(BaseModel):
    """What somebody may be granted that is otherwise for the role `crossings`, or closed to vendors and trainers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    to: Annotated[tuple[Grantee, ...], Field(min_length=1, description="to whom")]
    within: Annotated[
        frozenset[RoleName], Field(description="in which compartments, without their environment; none: in all of it")
    ] = frozenset()
    calls: Annotated[frozenset[str], Field(description="calls that cross, as Oracle's SDK names them")] = frozenset()
    data: Annotated[frozenset[str], Field(description="resource types with data")] = frozenset()
    why: Annotated[str, Field(min_length=1, description="why that is fine")]
