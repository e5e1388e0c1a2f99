"""Cloud Guard, security zones, bastions, quotas, audit: of which there is one, and what they take.

Sources: Oracle, "Cloud Guard", https://docs.oracle.com/iaas/cloud-guard/using/index.htm (one configuration a tenancy,
one target a compartment); "Security Zones", https://docs.oracle.com/iaas/security-zone/using/security-zones.htm (one
zone a compartment); "Quota Policy Syntax", https://docs.oracle.com/iaas/Content/Quotas/Concepts/quota_policy_syntax.htm;
"Setting Audit Log Retention Period", https://docs.oracle.com/iaas/Content/Audit/Tasks/settingretentionperiod.htm

Assumption: security attributes and their namespaces lie in no region, as IAM's tags do: an identifier with a region in
it would be longer than the 100 characters that Oracle's API takes.
"""

import re

from boundary import find_region
from rehearsal.world.behaviour import forms
from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.model import Body, invalid

_CONFIGURATION = "oci:CloudGuard/cloudGuardConfiguration:CloudGuardConfiguration"
_QUOTA = re.compile(
    r"(?:zero|unset) [a-z-]+ quotas?(?: [a-z0-9-]+| /[a-z0-9*-]+/)? in (?:tenancy|compartment [\w:-]+)"
    r"(?: where request\.region = '(?P<region>[a-z0-9-]+)')?"
)


def _check_configuration(change: Change) -> None:
    if change.body["compartmentId"] != change.tenancy.ocid:
        raise invalid("compartmentId: Cloud Guard is configured for a tenancy, in its root compartment")
    if change.body["reportingRegion"] not in change.tenancy.regions:
        raise invalid(f"reportingRegion: the tenancy is not subscribed to {change.body['reportingRegion']}")


def _reports_here(change: Change) -> None:
    """What Cloud Guard keeps is made in its reporting region, wherever it watches."""
    for configuration in change.world.find(_CONFIGURATION, tenancy=change.tenancy.ocid):
        if configuration.body["reportingRegion"] != change.region:
            raise invalid(f"Cloud Guard reports to {configuration.body['reportingRegion']}; make this there")


def _check_bastion(change: Change) -> None:
    change.target(change.body["targetSubnetId"])


def _check_quota(change: Change) -> None:
    for index, statement in enumerate(change.body["statements"]):
        match = _QUOTA.fullmatch(statement)
        if match is None:
            raise invalid(f"statements[{index}]: is no statement of a quota")
        label = match["region"]
        found = find_region(label) if label else None
        if label and (found is None or found.name != label):
            raise invalid(f"statements[{index}]: {label} is not the full name of a region")


def _check_retention(change: Change) -> None:
    if change.body["compartmentId"] != change.tenancy.ocid:
        raise invalid("compartmentId: the audit log is the tenancy's, and is kept in its root compartment")


def _quota_of_tenancy(change: Change) -> Body:
    if change.body["compartmentId"] != change.tenancy.ocid:
        raise invalid("compartmentId: quotas are made in the root compartment")
    return {}


BEHAVIOURS: dict[str, Behaviour] = {
    _CONFIGURATION: Behaviour(
        "cloudguardconfiguration",
        outlives=("compartmentId",),
        check=_check_configuration,
        identify=forms.cloud_guard,
    ),
    "oci:CloudGuard/detectorRecipe:DetectorRecipe": Behaviour(
        "cloudguarddetectorrecipe", state="ACTIVE", check=_reports_here
    ),
    "oci:CloudGuard/responderRecipe:ResponderRecipe": Behaviour(
        "cloudguardresponderrecipe", state="ACTIVE", check=_reports_here
    ),
    "oci:CloudGuard/target:Target": Behaviour("cloudguardtarget", state="ACTIVE", check=_reports_here),
    "oci:CloudGuard/securityRecipe:SecurityRecipe": Behaviour(
        "securityzonessecurityrecipe", state="ACTIVE", check=_reports_here
    ),
    "oci:CloudGuard/securityZone:SecurityZone": Behaviour(
        "securityzonessecurityzone", state="ACTIVE", check=_reports_here
    ),
    "oci:Bastion/bastion:Bastion": Behaviour("bastion", state="ACTIVE", check=_check_bastion),
    "oci:Limits/quota:Quota": Behaviour(
        "quota", state="ACTIVE", is_global=True, check=_check_quota, compute=_quota_of_tenancy
    ),
    "oci:SecurityAttribute/securityAttributeNamespace:SecurityAttributeNamespace": Behaviour(
        "securityattributenamespace", is_global=True
    ),
    "oci:SecurityAttribute/securityAttribute:SecurityAttribute": Behaviour(
        "securityattribute", is_global=True, identify=forms.security_attribute
    ),
    "oci:Audit/configuration:Configuration": Behaviour(
        "auditconfiguration", is_global=True, outlives=("compartmentId",), check=_check_retention
    ),
    "oci:Zpr/configuration:Configuration": Behaviour("zprconfiguration", state="ACTIVE", outlives=("compartmentId",)),
}
