"""The edge: under which name viewers find the service, who may come, and how often one address may ask."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from boundary import parse_ocid
from infra.config.base import Config, boundary_of
from infra.config.host import Port
from infra.territories import GEO_KEYS


class EdgeConfig(Config):
    """What a stack may set for its edge.

    Assumption: 6,000 requests a minute from one address are viewers': an app asks a few times a second, and carriers
    hide many phones behind one address.
    """

    domain: Annotated[
        str, Field(description="the name that viewers ask for: one of boundary.yaml's `domains`, or a name in one")
    ]
    territories: Annotated[
        tuple[str, ...], Field(min_length=1, description="from where viewers may come, as ISO 3166 codes")
    ] = tuple(GEO_KEYS)
    certificates: Annotated[
        dict[str, str],
        Field(
            description="by region, the OCID of an imported certificate of a public authority; without it, the edge "
            "has a certificate of our own authority",
            examples=[{"us-ashburn-1": "ocid1.certificate.oc1.iad.amaaaaaaexample"}],
        ),
    ] = {}
    requests_per_minute: Annotated[
        int, Field(ge=1, description="how many requests one address may send in a minute")
    ] = 6_000
    port: Annotated[Port, Field(description="the port on which the gateways take requests over TLS")] = 8443

    @field_validator("domain")
    @classmethod
    def _is_ours(cls, value: str, info: ValidationInfo) -> str:
        ours = boundary_of(info).domains
        if not any(f".{value}".endswith(f".{domain}") for domain in ours):
            raise ValueError(f"{value} is in no domain of ours ({', '.join(ours) or 'none'}); choose one that is")
        return value

    @field_validator("territories")
    @classmethod
    def _are_united_states(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for code in value:
            if code not in GEO_KEYS:
                raise ValueError(f"{code} is no part of the United States; choose of {', '.join(GEO_KEYS)}")
        return value

    @field_validator("certificates")
    @classmethod
    def _are_in_their_regions(cls, value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        for name, ocid in value.items():
            certificate = parse_ocid(ocid)
            boundary = boundary_of(info)
            if certificate.type != "certificate" or not boundary.is_allowed_region(certificate.region):
                raise ValueError(f"{name}: {ocid} is not the OCID of a certificate in an allowed region; correct it")
        return value
