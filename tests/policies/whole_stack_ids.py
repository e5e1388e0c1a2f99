"""What of the declared stack the violations are put beside, by the identifiers that the recording engine gives."""

import pulumi
import pulumi_oci as oci

from boundary import load_boundary
from tests.unit.infra.recording import fake_id

ENVIRONMENT, REGION = "rehearsal", "us-ashburn-1"
_HOLDS = f"stateside-{ENVIRONMENT}"


def here() -> pulumi.ResourceOptions:
    """Made by our own provider."""
    known = oci.Provider(f"oracle-{REGION}", region=REGION, tenancy_ocid=load_boundary().tenancy.ocid)
    return pulumi.ResourceOptions(provider=known)


def known(kind: str, name: str) -> str:
    """The identifier of something that the program declares."""
    return fake_id(kind, name)


def tags(data_class: str, system: str) -> dict[str, str]:
    """What everything that stores or computes is tagged with."""
    return {f"{_HOLDS}.DataClass": data_class, f"{_HOLDS}.System": system, f"{_HOLDS}.Lane": "none"}
