"""Which changes are told of at once: every one that can touch the boundary.

Events tells of what its services announce; what none of them announces (a pre-authenticated request, a copy, a call
that connects a peering, a subscription to a region) is found in the audit log, which knows every call by its name.
Sources: the recommendations 4.3 to 4.12, 4.15 and 4.18 of the CIS benchmark 3.0, as Oracle's own report has them,
https://github.com/oci-landing-zones/oci-cis-landingzone-quickstart, scripts/cis_reports.py; group membership:
`events/preconfigured_events.tf` of https://github.com/oci-landing-zones/terraform-oci-modules-observability;
bastions: https://docs.oracle.com/iaas/Content/Bastion/Reference/events.htm;
budgets that are used up: https://docs.oracle.com/iaas/Content/Events/Reference/eventsproducers.htm;
keys and vaults: https://docs.oracle.com/iaas/Content/KeyManagement/Tasks/event_notification.htm;
what the log of a vault has: https://docs.oracle.com/iaas/Content/Logging/Reference/details_for_kms.htm.
That an audited call is named after its API operation: https://docs.oracle.com/iaas/Content/Audit/Reference/logeventreference.htm
"""

from pathlib import Path

_IDENTITY = "com.oraclecloud.identitycontrolplane"
_NETWORK = "com.oraclecloud.virtualnetwork"
_NAT = "com.oraclecloud.natgateway"
_SERVICES = "com.oraclecloud.servicegateway"
_KEYS = "com.oraclecloud.keymanagementservice"
_NEWER_KEYS = "com.oraclecloud.KeyManagementService"
_BASTION = "com.oraclecloud.bastion"
_GUARD = "com.oraclecloud.cloudguard"
_STORAGE = "com.oraclecloud.objectstorage"


def _of(service: str, *events: str) -> tuple[str, ...]:
    return tuple(f"{service}.{event}" for event in events)


def _changes(service: str, *kinds: str) -> tuple[str, ...]:
    return _of(service, *(f"{verb}{kind}" for kind in kinds for verb in ("Create", "Delete", "Update")))


def event_type(announced: str) -> str:
    """The type as Events writes it: in small letters, but for the service of keys' newer events."""
    return announced if announced.startswith(_NEWER_KEYS) else announced.lower()


def call_of(announced: str) -> str:
    """The operation that is announced, as the audit log calls it."""
    return announced.removesuffix(".end").rpartition(".")[2]


ROUTINE = frozenset({"sign-ins", "budgets"})
"""What happens all day, or crosses nothing: who runs things is told of it, and who answers for the boundary isn't."""

ALSO_OURS = frozenset(
    {"buckets", "gateways", "groups", "networks", "policies", "routes", "security-groups", "security-lists"}
)
"""What our own deployments change too.

Events can ask for a value and not for its absence, so that a rule can't leave out one principal
(https://docs.oracle.com/iaas/Content/Events/Concepts/filterevents.htm). Once it is known who deploys, these rules tell
who runs things, and a connector tells the boundary of the same calls by anybody else out of the audit log.
"""

AT_HOME = {
    "identity-providers": _changes(_IDENTITY, "IdentityProvider")
    + _of(_IDENTITY, "AddIdpGroupMapping", "RemoveIdpGroupMapping", "UpdateIdpGroupMapping"),
    # Nobody is in break-glass until an emergency: whoever is put there is told of here.
    "groups": _changes(_IDENTITY, "Group") + _of(_IDENTITY, "AddUserToGroup", "RemoveUserFromGroup"),
    "policies": _changes(_IDENTITY, "Policy"),
    "users": _changes(_IDENTITY, "User") + _of(_IDENTITY, "UpdateUserCapabilities", "UpdateUserState"),
    "budgets": _of("com.oraclecloud.budgets", "CreateTriggeredAlert"),
    "sign-ins": _of("com.oraclecloud.identitysignon", "InteractiveLogin"),
    "cloud-guard": _of(_GUARD, "ProblemDetected", "ProblemDismissed", "ProblemRemediated"),
}
"""What happens in the home region alone."""

EVERYWHERE = {
    "networks": _changes(_NETWORK, "Vcn"),
    "routes": _changes(_NETWORK, "RouteTable") + _of(_NETWORK, "ChangeRouteTableCompartment"),
    "security-lists": _changes(_NETWORK, "SecurityList") + _of(_NETWORK, "ChangeSecurityListCompartment"),
    "security-groups": _changes(_NETWORK, "NetworkSecurityGroup")
    + _of(_NETWORK, "ChangeNetworkSecurityGroupCompartment", "UpdateNetworkSecurityGroupSecurityRules"),
    "gateways": _changes(_NETWORK, "Drg", "DrgAttachment", "InternetGateway")
    + _of(
        _NETWORK,
        "ChangeInternetGatewayCompartment",
        "ChangeLocalPeeringGatewayCompartment",
        "CreateLocalPeeringGateway",
        "DeleteLocalPeeringGateway.end",
        "UpdateLocalPeeringGateway",
    )
    + _changes(_NAT, "NatGateway")
    + _of(_NAT, "ChangeNatGatewayCompartment")
    + _of(
        _SERVICES,
        "AttachServiceId",
        "ChangeServiceGatewayCompartment",
        "CreateServiceGateway",
        "DeleteServiceGateway.end",
        "DetachServiceId",
        "UpdateServiceGateway",
    ),
    "keys": _of(
        _KEYS,
        "ScheduleVaultDeletion.end",
        "CancelVaultDeletion.end",
        "ChangeVaultCompartment.end",
        "BackupVault.end",
        "RestoreVault.end",
    )
    + _of(_NEWER_KEYS, "CreateVaultReplica.end", "DeleteVaultReplica.end"),
    "buckets": _changes(_STORAGE, "Bucket"),
    "bastions": _of(
        _BASTION,
        "CreateBastion.end",
        "UpdateBastion.end",
        "DeleteBastion.end",
        "ChangeBastionCompartment",
        "CreateSession.end",
        "DeleteSession.end",
    ),
}
"""What happens in each region."""

UNTOLD = {
    "CreateJob": "a training run begins with it, so that nobody would read the notices",
    "CreateJobRun": "a training run begins with it, so that nobody would read the notices",
    "ExportKey": "it is in the vault's own log, which the archive keeps; our keys are in hardware, which exports none",
    "SmtpSend": "it is no call of the API, and the audit log doesn't have it",
}
"""Calls that nobody is told of; each with the reason."""

CROSSING_CALLS_FILE = Path(__file__).with_name("crossing_calls.txt")


def crossing_calls() -> list[str]:
    """Calls that make a crossing, which only the audit log tells of."""
    lines = CROSSING_CALLS_FILE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def changes_of_ours() -> list[str]:
    """The calls of `ALSO_OURS`."""
    rules = {**AT_HOME, **EVERYWHERE}
    return sorted({call_of(each) for rule in ALSO_OURS for each in rules[rule]})
