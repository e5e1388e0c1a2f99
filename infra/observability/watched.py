"""Which changes are told of at once: every one that can touch the boundary.

Events tells of what its services announce; what none of them announces (a pre-authenticated request, a copy, a call
that connects a peering, a subscription to a region) is found in the audit log, which knows every call by its name.
Sources: the recommendations 4.3 to 4.12, 4.15 and 4.18 of the CIS benchmark 3.0, as Oracle's own report has them,
https://github.com/oci-landing-zones/oci-cis-landingzone-quickstart, scripts/cis_reports.py; group membership:
`events/preconfigured_events.tf` of https://github.com/oci-landing-zones/terraform-oci-modules-observability;
bastions: https://docs.oracle.com/iaas/Content/Bastion/Reference/events.htm;
keys and vaults: https://docs.oracle.com/iaas/Content/KeyManagement/Tasks/event_notification.htm.
That an audited call is named after its API operation: https://docs.oracle.com/iaas/Content/Audit/Reference/logeventreference.htm
"""

from pathlib import Path

_IDENTITY = "com.oraclecloud.identitycontrolplane"
_NETWORK = "com.oraclecloud.virtualnetwork"
_NAT = "com.oraclecloud.natgateway"
_SERVICES = "com.oraclecloud.servicegateway"
_KEYS = "com.oraclecloud.keymanagementservice"
_BASTION = "com.oraclecloud.bastion"
_GUARD = "com.oraclecloud.cloudguard"
_STORAGE = "com.oraclecloud.objectstorage"


def _of(service: str, *events: str) -> tuple[str, ...]:
    return tuple(f"{service}.{event}" for event in events)


def _changes(service: str, *kinds: str) -> tuple[str, ...]:
    return _of(service, *(f"{verb}{kind}" for kind in kinds for verb in ("create", "delete", "update")))


ROUTINE = frozenset({"sign-ins"})
"""What happens all day: who runs things is told of it, and who answers for the boundary isn't."""

AT_HOME = {
    "identity-providers": _changes(_IDENTITY, "identityprovider")
    + _of(_IDENTITY, "addidpgroupmapping", "removeidpgroupmapping", "updateidpgroupmapping"),
    # Nobody is in break-glass until an emergency: whoever is put there is told of here.
    "groups": _changes(_IDENTITY, "group") + _of(_IDENTITY, "addusertogroup", "removeuserfromgroup"),
    "policies": _changes(_IDENTITY, "policy"),
    "users": _changes(_IDENTITY, "user") + _of(_IDENTITY, "updateusercapabilities", "updateuserstate"),
    "sign-ins": _of("com.oraclecloud.identitysignon", "interactivelogin"),
    "cloud-guard": _of(_GUARD, "problemdetected", "problemdismissed", "problemremediated"),
}
"""What happens in the home region alone."""

EVERYWHERE = {
    "networks": _changes(_NETWORK, "vcn"),
    "routes": _changes(_NETWORK, "routetable") + _of(_NETWORK, "changeroutetablecompartment"),
    "security-lists": _changes(_NETWORK, "securitylist") + _of(_NETWORK, "changesecuritylistcompartment"),
    "security-groups": _changes(_NETWORK, "networksecuritygroup")
    + _of(_NETWORK, "changenetworksecuritygroupcompartment", "updatenetworksecuritygroupsecurityrules"),
    "gateways": _changes(_NETWORK, "drg", "drgattachment", "internetgateway")
    + _of(
        _NETWORK,
        "changeinternetgatewaycompartment",
        "changelocalpeeringgatewaycompartment",
        "createlocalpeeringgateway",
        "deletelocalpeeringgateway.end",
        "updatelocalpeeringgateway",
    )
    + _changes(_NAT, "natgateway")
    + _of(_NAT, "changenatgatewaycompartment")
    + _of(
        _SERVICES,
        "attachserviceid",
        "changeservicegatewaycompartment",
        "createservicegateway",
        "deleteservicegateway.end",
        "detachserviceid",
        "updateservicegateway",
    ),
    "keys": _of(
        _KEYS,
        "schedulevaultdeletion.end",
        "cancelvaultdeletion.end",
        "changevaultcompartment.end",
        "backupvault.end",
        "restorevault.end",
    )
    + _of("com.oraclecloud.KeyManagementService", "CreateVaultReplica.end", "DeleteVaultReplica.end"),
    "buckets": _changes(_STORAGE, "bucket"),
    "bastions": _of(
        _BASTION,
        "createbastion.end",
        "updatebastion.end",
        "deletebastion.end",
        "changebastioncompartment",
        "createsession.end",
        "deletesession.end",
    ),
}
"""What happens in each region."""

UNTOLD = {
    "CreateJob": "a training run begins with it, so that nobody would read the notices",
    "CreateJobRun": "a training run begins with it, so that nobody would read the notices",
    "SmtpSend": "it is no call of the API, and the audit log doesn't have it",
}
"""Calls that nobody is told of; each with the reason."""

CROSSING_CALLS_FILE = Path(__file__).with_name("crossing_calls.txt")


def crossing_calls() -> list[str]:
    """Calls that make a crossing, which only the audit log tells of."""
    lines = CROSSING_CALLS_FILE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
