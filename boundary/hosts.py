"""Hosts of Oracle's services that are ours, though no resource of a stack has them: each with the reason.

In Oracle's domains anybody's look alike (`x.apigateway.us-ashburn-1.oci.customer-oci.com`), so each is named whole.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from boundary.domains import is_below, oracles_domains


class OwnHost(BaseModel):
    """One host."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[
        str,
        Field(
            pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$",
            description="its whole name, in lower case",
            examples=["lakqx7sjd.apigateway.us-ashburn-1.oci.customer-oci.com"],
        ),
    ]
    why: Annotated[
        str, Field(min_length=1, description="whose it is, and what it is for", examples=["The tax service calls it"])
    ]

    @field_validator("name")
    @classmethod
    def _is_one_of_oracles(cls, name: str) -> str:
        if not any(is_below(name, domain) and name != domain for domain in oracles_domains()):
            raise ValueError(f"{name} isn't a host in a domain of Oracle's; name a domain of our own under `domains`")
        return name
