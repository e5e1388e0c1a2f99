"""What Oracle offers in every tenancy, in no region: Cloud Guard's recipes and security zones' policies. Pure data.

Sources: `owner`, `detector` of https://docs.oracle.com/iaas/api/#/en/cloud-guard/latest/DetectorRecipe; names of
policies, https://docs.oracle.com/iaas/security-zone/using/security-zone-policies.htm
"""

from rehearsal.world.model import Body

ORACLE = ""
"""The tenancy of what Oracle itself offers: images, network services, recipes."""

DETECTORS = "oci:CloudGuard/detectorRecipe:DetectorRecipe"
RESPONDERS = "oci:CloudGuard/responderRecipe:ResponderRecipe"
ZONE_POLICY = "oracle:CloudGuard/securityPolicy:SecurityZonesSecurityPolicy"

_NAMES = {
    "IAAS_ACTIVITY_DETECTOR": "OCI Activity Detector Recipe",
    "IAAS_CONFIGURATION_DETECTOR": "OCI Configuration Detector Recipe",
    "IAAS_THREAT_DETECTOR": "OCI Threat Detector Recipe",
}
_DENIED = (
    "public_buckets",
    "public_subnets",
    "db_instance_public_access",
    "buckets_without_vault_key",
    "block_volume_without_vault_key",
    "boot_volume_without_vault_key",
    "file_system_without_vault_key",
)

_OWNED: Body = {"owner": "ORACLE"}

GUARDS: tuple[tuple[str, Body], ...] = (
    *((DETECTORS, {**_OWNED, "displayName": name, "detector": detector}) for detector, name in _NAMES.items()),
    (RESPONDERS, {**_OWNED, "displayName": "OCI Responder Recipe"}),
    *((ZONE_POLICY, {**_OWNED, "displayName": each, "friendlyName": f"deny {each}"}) for each in _DENIED),
)
