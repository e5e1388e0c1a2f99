"""Security zones: what the policies of a zone's recipe refuse in its compartments, at creation and at every update.

A compartment lies in the zone of its parent, unless it has one of its own. A resource that was there before the zone
stays. Source: Oracle, "Security Zone Policies",
https://docs.oracle.com/iaas/security-zone/using/security-zone-policies.htm

Assumption: a Lustre file system counts as a file system to a zone, and a managed database of any kind as a database.

Assumption: a zone answers 409, SecurityZoneViolation; Oracle's pages don't say which code it is.
"""

from collections.abc import Callable, Iterator
from functools import partial

from rehearsal.world.behaviour import Change
from rehearsal.world.behaviour.storage import BUCKET
from rehearsal.world.model import Resource
from rehearsal.world.pairs.keys import values_at
from rehearsal.world.pairs.row import Pair

ZONE = "oci:CloudGuard/securityZone:SecurityZone"

_SOURCE = "https://docs.oracle.com/iaas/security-zone/using/security-zone-policies.htm"
_VIOLATION = (409, "SecurityZoneViolation")
_INSTANCE = "oci:Core/instance:Instance"
_CONFIGURATION = "oci:Core/instanceConfiguration:InstanceConfiguration"
_LAUNCHED = ("instanceDetails.launchDetails", "instanceDetails.options[].launchDetails")
_CREATED = ("instanceDetails.blockVolumes[].createDetails", "instanceDetails.options[].blockVolumes[].createDetails")
_DATABASES = {
    "oci:Database/dbSystem:DbSystem": "subnetId",
    "oci:Database/cloudVmCluster:CloudVmCluster": "subnetId",
    "oci:Database/autonomousDatabase:AutonomousDatabase": "subnetId",
    "oci:Mysql/mysqlDbSystem:MysqlDbSystem": "subnetId",
    "oci:Psql/dbSystem:DbSystem": "networkDetails.subnetId",
}

Refuses = Callable[[Change], Iterator[str]]


def zone_of(change: Change) -> Resource | None:
    """The zone that a body's compartment lies in."""
    zones = {zone.body["compartmentId"]: zone for zone in change.world.find(ZONE, tenancy=change.tenancy.ocid)}
    compartment = change.body.get("compartmentId")
    while zones and compartment and compartment not in zones:
        found = change.world.get(compartment)
        compartment = found.compartment if found else None
    return zones.get(compartment or "")


def denied_by(change: Change, zone: Resource) -> set[str]:
    """The names of the policies of a zone's recipe."""
    recipe = change.world.get(zone.body["securityZoneRecipeId"])
    policies = (change.world.get(each) for each in (recipe.body.get("securityPolicies") if recipe else None) or ())
    return {policy.body["friendlyName"] for policy in policies if policy}


def _in_zone(policy: str, refuses: Refuses, change: Change) -> Iterator[str]:
    if zone := zone_of(change):
        for sentence in refuses(change):
            if policy in denied_by(change, zone):
                yield f"{sentence}; the security zone {zone.body.get('displayName')} has the policy {policy!r}"


def _public_bucket(change: Change) -> Iterator[str]:
    if (change.body.get("accessType") or "NoPublicAccess") != "NoPublicAccess":
        yield "accessType: the bucket would be public"


def _no_key(change: Change) -> Iterator[str]:
    if not change.body.get("kmsKeyId"):
        yield "kmsKeyId: there is no key of ours"


def _public_subnet(change: Change) -> Iterator[str]:
    if not (change.body.get("prohibitPublicIpOnVnic") or change.body.get("prohibitInternetIngress")):
        yield "prohibitPublicIpOnVnic: the subnet would be public"


def _boot_volumes_without_key(*launches: str) -> Refuses:
    def refuses(change: Change) -> Iterator[str]:
        for path in launches:
            for launch in values_at(change.body, path) if path else [change.body]:
                source = launch.get("sourceDetails") or {}
                if source.get("sourceType") != "bootVolume" and not source.get("kmsKeyId"):
                    yield f"{f'{path}.' if path else ''}sourceDetails.kmsKeyId: there is no key of ours"

    return refuses


def _block_volumes_without_key(change: Change) -> Iterator[str]:
    for path in _CREATED:
        for volume in values_at(change.body, path):
            if not volume.get("kmsKeyId"):
                yield f"{path}.kmsKeyId: there is no key of ours"


def _public_database(change: Change) -> Iterator[str]:
    path = _DATABASES[change.type]
    subnets = [change.world.get(each) for each in values_at(change.body, path)]
    if not subnets:
        yield f"{path}: without a subnet the database has a public address"
    for subnet in subnets:
        if subnet and not (subnet.body.get("prohibitPublicIpOnVnic") or subnet.body.get("prohibitInternetIngress")):
            yield f"{path}: {subnet.id} is a public subnet"


_DENIALS: tuple[tuple[str, tuple[str, ...], Refuses], ...] = (
    ("deny public_buckets", (BUCKET,), _public_bucket),
    ("deny buckets_without_vault_key", (BUCKET,), _no_key),
    ("deny block_volume_without_vault_key", ("oci:Core/volume:Volume",), _no_key),
    ("deny block_volume_without_vault_key", (_CONFIGURATION,), _block_volumes_without_key),
    ("deny boot_volume_without_vault_key", ("oci:Core/bootVolume:BootVolume",), _no_key),
    ("deny boot_volume_without_vault_key", (_INSTANCE,), _boot_volumes_without_key("")),
    ("deny boot_volume_without_vault_key", (_CONFIGURATION,), _boot_volumes_without_key(*_LAUNCHED)),
    (
        "deny file_system_without_vault_key",
        ("oci:FileStorage/fileSystem:FileSystem", "oci:Lustre/fileStorageLustreFileSystem:FileStorageLustreFileSystem"),
        _no_key,
    ),
    ("deny public_subnets", ("oci:Core/subnet:Subnet",), _public_subnet),
    ("deny db_instance_public_access", tuple(_DATABASES), _public_database),
)

PAIRS: tuple[Pair, ...] = tuple(
    Pair(f"{policy} and {types[0].rpartition(':')[2]}", types, _SOURCE, partial(_in_zone, policy, refuses), _VIOLATION)
    for policy, types, refuses in _DENIALS
)
